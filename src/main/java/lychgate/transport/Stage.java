package lychgate.transport;

/**
 * The state of a conversation.
 *
 * <pre>
 *            open()          disconnect(), EOF from the client,    connection closed
 *                            a fault, a limit
 *  OPENING ─────────► OPEN ─────────────────────────────────► CLOSING ─────────────────────► CLOSED
 *     │                                                                                       ▲
 *     └───────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 */
enum Stage {
    /** Connected, but not yet registered with the game. */
    OPENING,
    /** Registered with the game. */
    OPEN,
    /** Over for the game; the remaining output is being sent. */
    CLOSING,
    /** The connection is closed. */
    CLOSED;

    boolean isOver() {
        return this == CLOSING || this == CLOSED;
    }
}
