package lychgate.session;

/** How many colours a client shows, from none to all. */
public enum ColourDepth {
    /** No escape sequences at all. */
    NONE("none"),
    /** The 16 colours of ANSI. */
    ANSI("16"),
    /** The 256 colours of xterm. */
    XTERM256("256"),
    /** 24-bit colour. */
    TRUECOLOR("16777216");

    private final String shown;

    ColourDepth(String shown) {
        this.shown = shown;
    }

    /** Whether it includes everything that the other shows. */
    public boolean covers(ColourDepth other) {
        return compareTo(other) >= 0;
    }

    /** The next lower depth; nothing is below {@link #NONE}. */
    public ColourDepth lower() {
        return switch (this) {
            case NONE, ANSI -> NONE;
            case XTERM256 -> ANSI;
            case TRUECOLOR -> XTERM256;
        };
    }

    /** The number of colours, as shown in a client's facts. */
    @Override
    public String toString() {
        return shown;
    }
}
