package lychgate.transport.telnet;

/**
 * How the connection below a telnet chain ends, which depends on what carries it: a TCP connection
 * with or without TLS, a WebSocket.
 */
public interface Ending {

    /**
     * Everything has been written: says so to the client, waits a moment until it has read that,
     * and closes. On the session's mailbox.
     */
    void endOutput();

    /** The client will send no more. On the session's mailbox. */
    void inputEnded();
}
