package lychgate.amp;

/** What a peer sent is not AMP, or not what Evennia sends by it. To be counted, not logged. */
public final class MalformedException extends Exception {
    /**
     * @param message what was wrong, in a few words that hold nothing the peer sent
     */
    public MalformedException(String message) {
        super(message, null, false, false); // told often and looked at rarely: no stack trace
    }
}
