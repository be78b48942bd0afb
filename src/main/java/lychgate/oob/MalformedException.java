package lychgate.oob;

/** A client's message violates its notation. To be counted and dropped, not logged. */
public final class MalformedException extends Exception {
    private static final String TOO_MUCH = "oob_too_much";

    private final boolean tooMuch;

    /**
     * @param message what was wrong, in a few words that contain nothing the client sent
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
     * The kind for the counter: excessive messages are counted separately, because nothing else is
     * wrong with them.
     *
     * @param notation the kind under which the others are counted
     */
    public String kind(String notation) {
        return tooMuch ? TOO_MUCH : notation;
    }
}
