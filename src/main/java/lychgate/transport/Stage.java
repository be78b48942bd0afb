package lychgate.transport;

/**
 * How far a session has come.
 *
 * <pre>
 *            open()          disconnect(), the client's end,          the connection is gone
 *                            a fault, a limit
 *  OPENING ─────────► OPEN ─────────────────────────────────► CLOSING ─────────────────────► CLOSED
 *     │                                                                                       ▲
 *     └───────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 */
enum Stage {
    /** The connection is there; the game does not know of it yet. */
    OPENING,
    /** The game knows of it. */
    OPEN,
    /** It is over for the game; last words are being sent. */
    CLOSING,
    /** The connection is gone. */
    CLOSED;

    boolean isOver() {
        return this == CLOSING || this == CLOSED;
    }
}
