package lychgate.telnet;

/**
 * What we want of an option: what is said at the opening, and what a client may ask for.
 *
 * <p>To know an option does not mean that both ends may perform it: a client that asks us for our
 * window size (DO NAWS) must be told WONT.
 */
public enum Stance {
    /** WILL at the opening; the client decides. */
    WE_OFFER(true, false, true, false),
    /**
     * WILL when the opening is over, answered or not; the client decides. For what would hide from
     * a client what else is said (MCCP3: Mudlet forgets the others behind it; telnetlib3 compresses
     * only some of its answers to what comes with it). A client that asks before that waits till
     * then.
     */
    WE_OFFER_LAST(false, false, true, false),
    /** WILL at the opening; a client may have it on its own side instead, or as well. */
    WE_OFFER_EITHER(true, false, true, true),
    /** DO at the opening; the client decides. */
    WE_ASK(false, true, false, true),
    /** Nothing at the opening; whoever asks gets it, on either side. */
    ON_DEMAND(false, false, true, true),
    /** Nothing at the opening; whoever asks gets it, on our side alone. */
    WE_SERVE(false, false, true, false),
    /**
     * On our side, and said whether or not the client answered the last time: several clients never
     * acknowledge ECHO. What acknowledges something said earlier changes nothing. A client gets it
     * that asks before we have ever spoken of it; later it is refused, for what it says may be an
     * answer that was long under way.
     */
    OPEN_LOOP(false, false, false, false),
    /** Neither on nor off: each question has an answer, and changes nothing (TIMING-MARK). */
    MARK(false, false, false, false);

    private final boolean offered;
    private final boolean asked;
    private final boolean us;
    private final boolean them;

    Stance(boolean offered, boolean asked, boolean us, boolean them) {
        this.offered = offered;
        this.asked = asked;
        this.us = us;
        this.them = them;
    }

    /** Whether the opening says WILL. */
    public boolean offered() {
        return offered;
    }

    /** Whether the opening says DO. */
    public boolean asked() {
        return asked;
    }

    /** Whether a client may have the option switched on, on that side. */
    public boolean allows(Side side) {
        return side == Side.US ? us : them;
    }
}
