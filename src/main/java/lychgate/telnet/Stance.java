package lychgate.telnet;

/**
 * Our position on an option: what is sent at the opening, and what a client may request.
 *
 * <p>Supporting an option does not mean that both ends may perform it: a client that requests our
 * window size (DO NAWS) must be told WONT.
 */
public enum Stance {
    /** WILL at the opening; the client decides. */
    WE_OFFER(true, false, true, false),
    /**
     * WILL after the opening, answered or not; the client decides. For options that would keep a
     * client from seeing what else is sent (MCCP3: Mudlet forgets the options offered after it;
     * telnetlib3 compresses only some of its answers to the same packet). An earlier request is
     * answered only then.
     */
    WE_OFFER_LAST(false, false, true, false),
    /** WILL at the opening; a client may have it on its own side instead, or as well. */
    WE_OFFER_EITHER(true, false, true, true),
    /** DO at the opening; the client decides. */
    WE_ASK(false, true, false, true),
    /** Nothing at the opening; a client may request it, on either side. */
    ON_DEMAND(false, false, true, true),
    /** Nothing at the opening; a client may request it, on our side only. */
    WE_SERVE(false, false, true, false),
    /**
     * On our side, and sent whether or not the client answered the last time: several clients never
     * acknowledge ECHO. Acknowledgements of what was sent earlier change nothing. A request by the
     * client is granted until we have sent the option for the first time; later it is refused,
     * because it may be a late answer.
     */
    OPEN_LOOP(false, false, false, false),
    /** Neither on nor off: each request is answered, and changes nothing (TIMING-MARK). */
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

    /** Whether WILL is sent at the opening. */
    public boolean offered() {
        return offered;
    }

    /** Whether DO is sent at the opening. */
    public boolean asked() {
        return asked;
    }

    /** Whether a client may switch the option on, on that side. */
    public boolean allows(Side side) {
        return side == Side.US ? us : them;
    }
}
