package lychgate.demo;

/** The accounts cannot be read or written just now; the operator has been told. */
final class UnkeptException extends Exception {
    private static final long serialVersionUID = 1L;

    UnkeptException(Throwable cause) {
        super("the accounts cannot be kept", cause);
    }

    UnkeptException(String message) {
        super(message);
    }
}
