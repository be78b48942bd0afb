package lychgate.transport;

/**
 * The connection that carries a {@link Conversation}: a socket, an SSH channel, a WebSocket. It
 * moves bytes and knows nothing of what they mean.
 *
 * <p>Called on the conversation's mailbox, except {@link #read}, {@link #taken}, {@link
 * #isClosing}, {@link #close} and {@link #cut}, which any thread may call. Nothing here blocks.
 */
public interface Wire {

    /**
     * Starts or stops reading from the client. What is not read stays with the client, which is
     * held back by its own protocol (the TCP window, the SSH channel's). A new wire is not read
     * until this has been called with {@code true}.
     */
    void read(boolean on);

    /**
     * Writes bytes, one call at a time: the next comes after {@link Conversation#written}. A
     * failure is reported to {@link Conversation#failed}.
     */
    void write(byte[] bytes);

    /**
     * Everything has been written: ends our side, gives the client a moment to read to the end, and
     * closes.
     */
    void endOutput();

    /** The client has ended its side; once ours has ended too, there is nobody to wait for. */
    default void inputEnded() {}

    /** A number that grows as the client takes what was written, or makes room for more. */
    long taken();

    /** Whether it is closed or being closed, so that failures are expected. */
    boolean isClosing();

    /** Closes this session's connection at once. */
    void close();

    /** Closes at once whatever carries this connection: the client does not take part any more. */
    default void cut() {
        close();
    }
}
