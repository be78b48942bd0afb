package lychgate.transport.web;

import lychgate.session.Departure;

/** The codes with which WebSockets are closed (RFC 6455, 7.4; from 4000 on our own). */
final class CloseCodes {
    /** It is over. */
    static final int OVER = 1000;

    /** The portal stops. */
    static final int STOPS = 1001;

    /** The client has sent what is neither UTF-8 nor allowed to be anything else. */
    static final int NOT_UTF8 = 1007;

    /** A limit was exceeded. */
    static final int LIMIT = 1008;

    /** A message was too long. */
    static final int TOO_LONG = 1009;

    /** An operator has ended the session: the client had better not come back of its own accord. */
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
