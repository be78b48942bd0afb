package lychgate.load;

/** Where the game of an attacked portal is, and where the honest player is. */
enum Place {
    /** The demo game, in the attacked portal; the player is there, too. */
    SAME_PORTAL,

    /** An {@link EchoGame} behind AMP; the player is at the attacked portal. */
    BEHIND_AMP,

    /** The demo game, at another portal of the realm; the player is at the attacked portal. */
    SAME_EDGE,

    /** The demo game, at another portal of the realm; the player is at a third one. */
    OTHER_EDGE
}
