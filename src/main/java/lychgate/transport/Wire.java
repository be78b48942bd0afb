package lychgate.transport;

/**
 * The connection below a {@link Conversation}: a socket, an SSH channel, a WebSocket. Moves bytes
 * without interpreting them.
 *
 * <p>Called on the conversation's mailbox, except {@link #read}, {@link #taken}, {@link
 * #isClosing}, {@link #close} and {@link #cut}, which any thread may call. No method may block.
 */
public interface Wire {

    /**
     * Starts or stops reading from the client. Unread data stays with the client, which is
     * throttled by flow control (the window of TCP or of the SSH channel). A new wire is not read
     * until this has been called with {@code true}.
     */
    void read(boolean on);

    /**
     * Writes bytes. Only one write is pending at a time: the next follows after {@link
     * Conversation#written} was called. Failures go to {@link Conversation#failed}.
     */
    void write(byte[] bytes);

    /**
     * Closes the output (half-close) after everything was written, waits a moment for the client to
     * read it, then closes the connection.
     */
    void endOutput();

    /**
     * The client has closed its side; once ours is closed too, the connection can be closed without
     * lingering.
     */
    default void inputEnded() {}

    /** A counter that grows whenever the client takes output or opens its window. */
    long taken();

    /** Whether the connection is closed or closing, so that failures are expected. */
    boolean isClosing();

    /** Closes this session's connection at once. */
    void close();

    /**
     * Closes at once the transport below, e.g. the whole SSH connection: the client is
     * unresponsive.
     */
    default void cut() {
        close();
    }
}
