package lychgate.portal;

/** The portal cannot start. The message is one sentence for the operator, and says what to do. */
public final class StartException extends Exception {
    /** With the sentence for the operator. */
    public StartException(String message) {
        super(message);
    }

    /** With the sentence for the operator, and what led to it. */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
