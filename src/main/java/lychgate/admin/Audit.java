package lychgate.admin;

/** Is told of each order that changes something. Any thread may call. */
public interface Audit {
    /** The result of an order that was carried out. */
    String DONE = "done";

    /**
     * An order was given.
     *
     * @param order with its arguments, as one would type it
     * @param result {@link #DONE}, or why it was refused
     */
    void record(Operator who, String order, String result);
}
