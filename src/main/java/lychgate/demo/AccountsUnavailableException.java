package lychgate.demo;

/** Accounts cannot be read or written at present; the operator has been told. */
final class AccountsUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    AccountsUnavailableException(Throwable cause) {
        super("the accounts cannot be kept", cause);
    }

    AccountsUnavailableException(String message) {
        super(message);
    }
}
