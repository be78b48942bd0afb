package lychgate.demo;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/**
 * Where accounts are kept. What a method has changed is on the disk when it returns; after one has
 * thrown the store is of no more use, and another must be opened. One thread at a time.
 */
interface AccountStore extends AutoCloseable {

    /** An account as it is kept. */
    record Kept(long id, String name, String hash) {}

    /** Opens a store. */
    @FunctionalInterface
    interface Opener {
        AccountStore open() throws SQLException;
    }

    /** The account of that name, whatever its case; null where there is none. */
    @Nullable Kept find(String name) throws SQLException;

    /** Keeps another account; gives its number. */
    long add(String name, String hash) throws SQLException;

    /** Keeps another password with an account. */
    void change(long id, String hash) throws SQLException;

    /** Writes something, to find out whether that is possible. */
    void tryToWrite() throws SQLException;

    /** Ends its use, in order. */
    @Override
    void close() throws SQLException;

    /** Ends its use after something has thrown. */
    void abandon();
}
