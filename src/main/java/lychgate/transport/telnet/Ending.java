package lychgate.transport.telnet;

/** Closes the connection below a telnet chain, in the way of its kind: TCP, TLS or a WebSocket. */
public interface Ending {

    /**
     * Closes the output after everything was written, lingers until the client has read it, and
     * closes the connection. On the session's mailbox.
     */
    void endOutput();

    /** The client has closed its side. On the session's mailbox. */
    void inputEnded();
}
