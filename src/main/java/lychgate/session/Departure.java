package lychgate.session;

/** Why the portal or the game ends a session, for protocols that can tell their client. */
public enum Departure {
    /** The player or the game is done. */
    OVER,
    /** The portal stops. */
    STOPPING,
    /** Nothing was entered for too long. */
    IDLE,
    /** A limit was exceeded. */
    LIMIT,
    /** An operator does not want the player here. */
    KICKED
}
