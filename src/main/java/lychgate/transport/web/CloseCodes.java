package lychgate.transport.web;

import lychgate.transport.Conversation;

/** The code with which a WebSocket is closed (RFC 6455, 7.4; from 4000 on our own). */
interface CloseCodes {
    /** It is over. */
    int OVER = 1000;

    /** The portal stops. */
    int STOPS = 1001;

    /** The code for a session that has ended. */
    int of(Conversation ended);
}
