package lychgate.demo;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/**
 * Stores accounts. Changes are on the disk when a method returns; after an exception the store is
 * unusable, and another must be opened. Not thread safe.
 */
interface AccountStore extends AutoCloseable {

    /**
     * An account as it is stored.
     *
     * @param screenReader whether its player uses a screen reader; null if they have not said
     */
    record Kept(long id, String name, String hash, @Nullable Boolean screenReader) {}

    /** Opens a store. */
    @FunctionalInterface
    interface Opener {
        AccountStore open() throws SQLException;
    }

    /** The account of that name, whatever its case; null if there is none. */
    @Nullable Kept find(String name) throws SQLException;

    /** Stores a new account; returns its number. */
    long add(String name, String hash) throws SQLException;

    /** Stores a new password for an account. */
    void change(long id, String hash) throws SQLException;

    /** Stores whether the account's player uses a screen reader. */
    void changeScreenReader(long id, boolean on) throws SQLException;

    /** Writes something, to find out whether writing works. */
    void tryToWrite() throws SQLException;

    /** Closes it in an orderly way. */
    @Override
    void close() throws SQLException;

    /** Closes it after an exception. */
    void abandon();
}
