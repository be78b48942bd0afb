package lychgate.load;

/** What strangers do to a portal while an honest player plays. */
interface Attack {
    /**
     * Gets ready, calls {@link Field#begin} and does harm while {@link Field#goesOn}. What it
     * opened through the field is closed for it.
     */
    void on(Field field) throws Exception;
}
