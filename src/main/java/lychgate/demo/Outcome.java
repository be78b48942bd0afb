package lychgate.demo;

import lychgate.demo.Accounts.Account;

import org.jspecify.annotations.Nullable;

/** What came of asking for an account, or for a new one. */
sealed interface Outcome {

    /** It is there. */
    record Granted(Account account) implements Outcome {}

    /** There is none to be had: the password is wrong, the name unknown or taken. */
    record Denied() implements Outcome {}

    /** The accounts cannot be read or written just now. */
    record Unkept() implements Outcome {}

    /** Something that blocks. */
    @FunctionalInterface
    interface Question {
        @Nullable Account ask() throws UnkeptException;
    }

    /** Asks, and gives what has come of it. */
    static Outcome of(Question question) {
        try {
            Account account = question.ask();
            return account == null ? new Denied() : new Granted(account);
        } catch (UnkeptException e) {
            return new Unkept();
        }
    }
}
