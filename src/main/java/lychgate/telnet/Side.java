package lychgate.telnet;

/** Which end of the connection performs an option; the two are negotiated separately. */
public enum Side {
    /** We perform it: WILL is ours, DO the client's. */
    US(Verb.WILL, Verb.WONT),
    /** The client performs it: DO is ours, WILL the client's. */
    THEM(Verb.DO, Verb.DONT);

    private final Verb on;
    private final Verb off;

    Side(Verb on, Verb off) {
        this.on = on;
        this.off = off;
    }

    /** What we send to switch the option on this side on or off. */
    public Verb verb(boolean wanted) {
        return wanted ? on : off;
    }

    /** The side that a verb from the client refers to. */
    public static Side spokenOfBy(Verb fromClient) {
        return switch (fromClient) {
            case DO, DONT -> US;
            case WILL, WONT -> THEM;
        };
    }
}
