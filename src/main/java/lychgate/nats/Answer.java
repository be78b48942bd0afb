package lychgate.nats;

/** How a question ended. */
public sealed interface Answer {
    /** It was answered. */
    record Reply(byte[] body) implements Answer {}

    /** It was not. */
    enum None implements Answer {
        /** The server says that nobody subscribes to the subject. */
        NOBODY,
        /** Somebody may subscribe, but no answer came in time. */
        SILENCE,
        /** It was not asked: there is no connection to a server. */
        NOT_CONNECTED
    }
}
