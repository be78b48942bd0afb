package lychgate.load;

/** An attack on a portal, made while an honest player plays. */
interface Attack {
    /**
     * Prepares, calls {@link Field#begin} and attacks while {@link Field#goesOn}. Connections that
     * it opened through the field are closed afterwards.
     */
    void on(Field field) throws Exception;
}
