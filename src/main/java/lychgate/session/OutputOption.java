package lychgate.session;

import java.util.Locale;

/** An option of a single text or prompt that overrides the client's capabilities or settings. */
public enum OutputOption {
    /** Markup is not interpreted. */
    RAW,
    /** No colour and no style. */
    NOCOLOR,
    /** As for a screen reader: text without drawings. */
    SCREENREADER,
    /** The client supports 16 colours. */
    ANSI,
    /** The client supports 256 colours. */
    XTERM256,
    /** The client supports 24-bit colour. */
    TRUECOLOR,
    /** The client supports MXP. */
    MXP,
    /** Lines are wrapped between words at the width of the client's window; false: they are not. */
    WRAP,
    /** What the player types next is visible; false hides it, for a password. */
    ECHO;

    /** The name in the {@code options} table of a command. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
