package lychgate.text;

/**
 * How a client takes links: hyperlinks of terminals (OSC 8) before MXP before plain words.
 *
 * @param mxp it reads MXP's tags where it is told to, so that nothing else may look like one
 * @param pages it takes hyperlinks to pages
 * @param commands it takes hyperlinks that send a command to the game
 */
public record LinkStyle(boolean mxp, boolean pages, boolean commands) {
    /** Links are the words that they show, and where those lead. */
    public static final LinkStyle WORDS = new LinkStyle(false, false, false);

    /** Whether words can lead to a page. */
    public boolean leads() {
        return mxp || pages;
    }
}
