package lychgate.nats;

/** Is told when there is a connection to a server. Called by one thread, which may not block. */
public interface ConnectionWatcher {
    /** There is one, and all subscriptions are in effect. */
    void connected();

    /** It was lost; another is tried at once. Messages may have been lost in both directions. */
    void disconnected();

    /** No server could be reached; they are tried until there is one. */
    default void unreachable() {}
}
