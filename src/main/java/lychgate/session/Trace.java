package lychgate.session;

/**
 * What a session's wire has carried, decoded, with passwords already replaced. Any thread may call.
 */
public interface Trace {
    /** What an event is, and so what its payload holds. */
    enum Kind {
        /** Something that happened, in words (UTF-8). */
        NOTE,
        /** In-band data: text as bytes of the connection's character set. */
        DATA,
        /** A telnet command: its code. */
        COMMAND,
        /** A telnet negotiation: the code of its verb, and the option. */
        NEGOTIATION,
        /** A telnet subnegotiation: the option, and what stands behind it. */
        SUBNEGOTIATION,
        /** A message of another protocol (UTF-8). */
        MESSAGE
    }

    /**
     * One event.
     *
     * @param nanoTime when, by the portal's monotonic clock
     * @param fromClient which way it went
     * @param payload see {@link Kind}; must not be changed
     * @param left how many bytes more it had, which have not been kept
     */
    record Event(long nanoTime, boolean fromClient, Kind kind, byte[] payload, int left) {}

    /** Takes events. Called on the session's mailbox: must not block. */
    interface Follower {
        /** Something happened. */
        void happened(Event event);

        /** The session is closed: nothing follows. */
        void ended();
    }

    /**
     * Hands the events that are kept to a follower.
     *
     * @param live whether those that come later follow, until {@link #leave}; else it has ended
     */
    void follow(Follower follower, boolean live);

    /** Hands no more to that follower. */
    void leave(Follower follower);
}
