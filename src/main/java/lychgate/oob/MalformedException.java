package lychgate.oob;

/** What a client sent is not what its notation allows. To be counted and dropped, not logged. */
public final class MalformedException extends Exception {
    /**
     * @param message what was wrong, in a few words that hold nothing the client sent
     */
    public MalformedException(String message) {
        super(message, null, false, false); // told often and looked at rarely: no stack trace
    }
}
