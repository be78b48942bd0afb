package lychgate.cli;

/** A command failed; the message is what the operator must know. Exit 1. */
final class Failure extends Exception {
    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
