package lychgate.text;

/**
 * How a client displays links: as terminal hyperlinks (OSC 8), else as MXP, else as plain words.
 *
 * @param mxp it interprets MXP tags where it is told to, so nothing else may look like one
 * @param pages it supports hyperlinks to pages
 * @param commands it supports hyperlinks that send a command to the game
 */
public record LinkStyle(boolean mxp, boolean pages, boolean commands) {
    /** Links are shown as their words, followed by their address. */
    public static final LinkStyle WORDS = new LinkStyle(false, false, false);

    /** Whether words can link to a page. */
    public boolean leads() {
        return mxp || pages;
    }
}
