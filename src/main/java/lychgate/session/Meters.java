package lychgate.session;

import java.time.Duration;

/**
 * Counts what happens. Every limit, and every kind of input that is dropped, has its counter here,
 * so that an operator can see it. Any thread may call; a call costs a few nanoseconds.
 */
public interface Meters {
    /** Counts nothing: for tests. */
    Meters NONE = new Meters() {};

    /** Which way something went. */
    enum Direction {
        /** From clients. */
        IN,
        /** To clients. */
        OUT
    }

    /** A session was opened. */
    default void opened(String transport) {}

    /** A session has ended. */
    default void closed(String transport) {}

    /** A connection was turned away, or a session ended, by a limit. */
    default void refused(String reason) {}

    /** Input was dropped because it was not what its protocol allows. */
    default void malformed(String kind) {}

    /** Somebody gave a wrong password, or another wrong proof of who they are. */
    default void loginFailed() {}

    /** A try to log in was made to wait, since many had failed. */
    default void loginDelayed() {}

    /** A line passed. */
    default void line(Direction direction) {}

    /** Bytes passed on the wire. */
    default void bytes(Direction direction, long count) {}

    /** A client has answered so long after it was asked. */
    default void roundTrip(Duration time) {}

    /**
     * Something has waited so many nanoseconds for a thread that many share, before it was done.
     */
    default void waited(String thread, long nanos) {}

    /** An out-of-band command was dropped, its client having no way to take it. */
    default void oobDropped() {}

    /** A game has come back after so many nanoseconds. */
    default void gameBack(long nanos) {}

    /** Commands that a game which died had not answered are handed to the next. */
    default void inputResent(int commands) {}
}
