package lychgate.transport.web;

import lychgate.session.Departure;

/** The codes with which WebSockets are closed (RFC 6455, 7.4; from 4000 on our own). */
final class CloseCodes {
    /** The session has ended normally. */
    static final int OVER = 1000;

    /** The portal is stopping. */
    static final int STOPS = 1001;

    /** The client sent a text message that is not UTF-8. */
    static final int NOT_UTF8 = 1007;

    /** A limit was exceeded. */
    static final int LIMIT = 1008;

    /** A message was too long. */
    static final int TOO_LONG = 1009;

    /** An operator has ended the session: clients should not reconnect automatically. */
    static final int KICKED = 4003;

    /** Nothing was entered for too long. */
    static final int IDLE = 4008;

    private CloseCodes() {}

    /** The code for a session that the portal or the game has ended. */
    static int of(Departure why) {
        return switch (why) {
            case OVER -> OVER;
            case STOPPING -> STOPS;
            case IDLE -> IDLE;
            case LIMIT -> LIMIT;
            case KICKED -> KICKED;
        };
    }
}
