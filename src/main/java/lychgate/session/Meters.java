package lychgate.session;

import java.time.Duration;

/**
 * Counters for operators. Every limit, and every kind of dropped input, has one. Any thread may
 * call; a call costs a few nanoseconds.
 */
public interface Meters {
    /** Counts nothing; for tests. */
    Meters NONE = new Meters() {};

    /** The direction of traffic. */
    enum Direction {
        /** From clients. */
        IN,
        /** To clients. */
        OUT
    }

    /** How the return of a client that was away ends. */
    enum Return {
        /** It has missed nothing that was not kept for it. */
        WHOLE,
        /** Some of what it has missed was lost. */
        WITH_GAP,
        /** It came too late, or with a token that is not good. */
        TOO_LATE,
        /** It did not come back. */
        NEVER
    }

    /** A session was opened. */
    default void opened(String transport) {}

    /** A session has ended. */
    default void closed(String transport) {}

    /** A session goes on over another transport. */
    default void moved(String from, String to) {}

    /** A client that was away has come back, or has not. */
    default void returned(Return how) {}

    /** So many bytes more are kept for clients that may come back. */
    default void resumeBytes(long more) {}

    /** A connection or input was refused, or a session ended, because of a limit. */
    default void refused(String reason) {}

    /** Input was dropped because it violates its protocol. */
    default void malformed(String kind) {}

    /** A login failed: wrong password, or another wrong proof of identity. */
    default void loginFailed() {}

    /** A login attempt was delayed because many had failed. */
    default void loginDelayed() {}

    /** A line was received or sent. */
    default void line(Direction direction) {}

    /** Bytes were received or sent on the wire. */
    default void bytes(Direction direction, long count) {}

    /** The round trip to a client was measured. */
    default void roundTrip(Duration time) {}

    /** A task waited for so many nanoseconds for a shared thread. */
    default void waited(String thread, long nanos) {}

    /** An out-of-band command was dropped because the client supports no protocol for it. */
    default void oobDropped() {}

    /** The game is back after being away for so many nanoseconds. */
    default void gameBack(long nanos) {}

    /** Commands that a crashed game had not answered were sent to the next one. */
    default void inputResent(int commands) {}
}
