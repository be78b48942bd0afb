package lychgate.telnet;

/** The four verbs of option negotiation (RFC 854). */
public enum Verb {
    /** The sender will perform the option, or offers to. */
    WILL(Telnet.WILL),
    /** The sender does not perform the option. */
    WONT(Telnet.WONT),
    /** The sender asks the other end to perform the option, or lets it. */
    DO(Telnet.DO),
    /** The sender asks the other end not to perform the option. */
    DONT(Telnet.DONT);

    private final int code;

    Verb(int code) {
        this.code = code;
    }

    /** The byte on the wire. */
    public int code() {
        return code;
    }

    /** Whether it is in favour of the option: WILL or DO. */
    public boolean positive() {
        return this == WILL || this == DO;
    }
}
