package lychgate.demo;

import lychgate.demo.Accounts.Account;

import org.jspecify.annotations.Nullable;

/** The result of asking for an account, or for a new one. */
sealed interface Outcome {

    /** The account. */
    record Granted(Account account) implements Outcome {}

    /** No account: the password is wrong, or the name is unknown or taken. */
    record Denied() implements Outcome {}

    /** Accounts cannot be read or written at present. */
    record Unavailable() implements Outcome {}

    /** A blocking request. */
    @FunctionalInterface
    interface Question {
        @Nullable Account ask() throws AccountsUnavailableException;
    }

    /** Asks, and returns the result. */
    static Outcome of(Question question) {
        try {
            Account account = question.ask();
            return account == null ? new Denied() : new Granted(account);
        } catch (AccountsUnavailableException e) {
            return new Unavailable();
        }
    }
}
