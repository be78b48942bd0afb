package lychgate.nats;

/** Takes the messages of one subscription. */
@FunctionalInterface
public interface Receiver {
    /**
     * A message has come. Called by one thread at a time, in the order of arrival. What is thrown
     * is logged.
     */
    void received(String subject, byte[] body);

    /**
     * Messages are being lost, because {@link #received} does not keep up. Called once for each
     * such time, by another thread.
     */
    default void slow() {}
}
