package lychgate.amp;

/** What a peer sent is not AMP, or not what Evennia sends over it. To be counted, not logged. */
public final class MalformedException extends Exception {
    /**
     * @param message what was wrong, in a few words that hold nothing the peer sent
     */
    public MalformedException(String message) {
        super(message, null, false, false); // frequent and rarely looked at: no stack trace
    }
}
