package lychgate.session;

import java.util.Locale;

/** One way in which a text or prompt may be shown otherwise than the client can or wishes. */
public enum OutputOption {
    /** The markup is shown as it is written. */
    RAW,
    /** No colour and no style. */
    NOCOLOR,
    /** As for a screen reader: words, without drawings. */
    SCREENREADER,
    /** The client knows the 16 colours. */
    ANSI,
    /** The client knows the 256 colours. */
    XTERM256,
    /** The client knows 24-bit colour. */
    TRUECOLOR,
    /** The client takes MXP tags. */
    MXP,
    /** What the player types next is shown to him; false asks for a password. */
    ECHO;

    /** The name in the {@code options} table of a command. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
