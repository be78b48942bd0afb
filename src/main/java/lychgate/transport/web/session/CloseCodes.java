package lychgate.transport.web.session;

import lychgate.session.Departure;

/** The codes with which WebSockets are closed (RFC 6455, 7.4; from 4000 on our own). */
public final class CloseCodes {
    /** The session has ended normally. */
    public static final int OVER = 1000;

    /** The portal is stopping. */
    public static final int STOPS = 1001;

    /** The client sent a text message that is not UTF-8. */
    public static final int NOT_UTF8 = 1007;

    /** A limit was exceeded. */
    public static final int LIMIT = 1008;

    /** A message was too long. */
    public static final int TOO_LONG = 1009;

    /** The session goes on over another connection, to which its client has come back. */
    public static final int CONTINUED_ELSEWHERE = 4001;

    /** The session to which the client wants to come back ended at that moment. */
    public static final int TOO_LATE = 4002;

    /** An operator has ended the session: clients should not reconnect automatically. */
    public static final int KICKED = 4003;

    /** Nothing was entered for too long. */
    public static final int IDLE = 4008;

    private CloseCodes() {}

    /** The code for a session that the portal or the game has ended. */
    public static int of(Departure why) {
        return switch (why) {
            case OVER -> OVER;
            case STOPPING -> STOPS;
            case IDLE -> IDLE;
            case LIMIT -> LIMIT;
            case KICKED -> KICKED;
        };
    }
}
