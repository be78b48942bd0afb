package lychgate.cli;

import org.jspecify.annotations.Nullable;

/** A command failed; the message is for the operator. Exit status 1. */
final class Failure extends Exception {
    Failure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
