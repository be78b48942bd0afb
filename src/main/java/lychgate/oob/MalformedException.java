package lychgate.oob;

/** What a client sent is not what its notation allows. To be counted and dropped, not logged. */
public final class MalformedException extends Exception {
    private static final String TOO_MUCH = "oob_too_much";

    private final boolean tooMuch;

    /**
     * @param message what was wrong, in a few words that hold nothing the client sent
     */
    public MalformedException(String message) {
        this(message, false);
    }

    private MalformedException(String message, boolean tooMuch) {
        super(message, null, false, false); // told often and looked at rarely: no stack trace
        this.tooMuch = tooMuch;
    }

    /** It would take too much memory. */
    static MalformedException tooMuch() {
        return new MalformedException("too much for one message", true);
    }

    /**
     * For the counter: what is too much is counted by itself, since nothing else is wrong with it.
     *
     * @param notation what it is counted as where it is only wrong
     */
    public String kind(String notation) {
        return tooMuch ? TOO_MUCH : notation;
    }
}
