package lychgate.demo;

import lychgate.demo.AccountStore.Kept;
import lychgate.server.Secret;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Names and passwords. Every method except {@link #trouble} blocks and must not be called on the
 * game thread. Thread safe.
 *
 * <p>If something cannot be written, the caller is told; from then on it is attempted, once a
 * second at most, until writing works again. What was stored before can be read all the time.
 */
final class Accounts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    /** Minimum length of a password. */
    static final int MIN_PASSWORD = 6;

    /** The reported problem while nothing can be stored. */
    static final String TROUBLE = "accounts can't be kept";

    /** Minimum time between two attempts to write again: each reopens the database. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * With fewer free bytes, it is tested whether the database can write: it needs about 16 KiB.
     */
    private static final long SCARCE = 256 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{1,23}");
    private static final String GUEST = "guest";

    private final Passwords passwords = new Passwords();
    private final Path folder;
    private final AccountStore.Opener opener;
    private final LongSupplier nanoTime;
    private @Nullable AccountStore store;
    private boolean closed;
    private long triedAt;
    private volatile @Nullable String trouble;

    /**
     * An account.
     *
     * @param screenReader whether its player uses a screen reader; null if they have not said
     */
    record Account(long id, String name, @Nullable Boolean screenReader) {
        private static Account of(Kept kept) {
            return new Account(kept.id(), kept.name(), kept.screenReader());
        }
    }

    private Accounts(
            Path folder, AccountStore.Opener opener, AccountStore store, LongSupplier nanoTime) {
        this.folder = folder;
        this.opener = opener;
        this.store = store;
        this.nanoTime = nanoTime;
    }

    /**
     * Opens the database; creates it if it does not exist.
     *
     * @throws IOException if it cannot be opened: the message is one sentence for the operator
     */
    static Accounts open(Path folder) throws IOException {
        if (folder.toString().contains(";")) {
            throw new IOException(
                    "The accounts cannot be kept in "
                            + folder
                            + ": the database takes no path with a semicolon; name another with"
                            + " --var.");
        }
        return open(
                folder, () -> AccountDatabase.open(folder.resolve("accounts")), System::nanoTime);
    }

    /**
     * @param opener opens the store, and opens it again when it has become unusable
     * @param nanoTime a monotonic clock
     */
    static Accounts open(Path folder, AccountStore.Opener opener, LongSupplier nanoTime)
            throws IOException {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            return new Accounts(folder, opener, opener.open(), nanoTime);
        } catch (IOException | SQLException e) {
            throw new IOException(
                    "The accounts in "
                            + folder
                            + " cannot be opened ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + "): see that nothing else uses them and that this user may write"
                            + " there.",
                    e);
        }
    }

    /** What is wrong with a name; null if it may be used. */
    static @Nullable String problemWith(String name) {
        if (!NAME.matcher(name).matches()) {
            return "A name has 2 to 24 letters, digits, _ or -, and begins with a letter.";
        }
        return name.toLowerCase(Locale.ROOT).startsWith(GUEST)
                ? "Names that begin with guest are kept for guests."
                : null;
    }

    /** Creates an account; null if the name is taken. */
    @Nullable Account create(String name, Secret password) throws AccountsUnavailableException {
        String hash = passwords.hash(password);
        synchronized (this) {
            if (find(name) != null) {
                return null;
            }
            return new Account(write(kept -> kept.add(name, hash)), name, null);
        }
    }

    /**
     * The account, if the password is correct; null otherwise. An unknown name takes as long as a
     * wrong password.
     */
    @Nullable Account check(String name, Secret password) throws AccountsUnavailableException {
        Kept kept = find(name);
        boolean right =
                passwords.matches(password, kept == null ? Passwords.OF_NOBODY : kept.hash());
        return kept != null && right ? Account.of(kept) : null;
    }

    /** The account of that name, whatever its case; null if there is none. */
    @Nullable Account named(String name) throws AccountsUnavailableException {
        Kept kept = find(name);
        return kept == null ? null : Account.of(kept);
    }

    /** Changes an account's password. */
    void change(long id, Secret password) throws AccountsUnavailableException {
        String hash = passwords.hash(password);
        write(
                kept -> {
                    kept.change(id, hash);
                    return id;
                });
    }

    /**
     * Stores whether an account's player uses a screen reader; null if there is no such account.
     */
    @Nullable Account changeScreenReader(String name, boolean on)
            throws AccountsUnavailableException {
        Account account = named(name);
        if (account != null && !Boolean.valueOf(on).equals(account.screenReader())) {
            write(
                    kept -> {
                        kept.changeScreenReader(account.id(), on);
                        return account.id();
                    });
        }
        return account;
    }

    /** Why nothing can be stored at present, in a few words; null if all is well. */
    @Nullable String trouble() {
        return trouble;
    }

    /** Tests whether accounts can be stored, if there is reason to doubt it. */
    synchronized void probe() {
        if (!closed && (trouble != null || isScarce())) {
            recover();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (store != null) {
                store.close();
                store = null;
            }
        } catch (SQLException e) {
            log.warn("could not close the account database: {}", reason(e));
        }
    }

    private synchronized @Nullable Kept find(String name) throws AccountsUnavailableException {
        try {
            return opened().find(name);
        } catch (SQLException e) {
            abandon();
        }
        try {
            return opened().find(name); // reopened: the exception may have an old cause
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** A change to the stored accounts. */
    @FunctionalInterface
    private interface Change {
        long make(AccountStore store) throws SQLException;
    }

    private synchronized long write(Change change) throws AccountsUnavailableException {
        if (trouble != null && !recover()) {
            throw new AccountsUnavailableException(TROUBLE);
        }
        try {
            return change.make(opened());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Attempts to write again, unless it was attempted just now; returns whether all is well. */
    private boolean recover() {
        long now = nanoTime.getAsLong();
        if (trouble != null && now - triedAt < PAUSE.toNanos()) {
            return false;
        }
        triedAt = now;
        try {
            opened().tryToWrite();
        } catch (SQLException | AccountsUnavailableException e) {
            failed(e);
            return false;
        }
        if (trouble != null) {
            trouble = null;
            log.info("accounts can be stored again");
        }
        return true;
    }

    private AccountStore opened() throws SQLException, AccountsUnavailableException {
        if (closed) {
            throw new AccountsUnavailableException("the game has ended");
        }
        AccountStore open = store == null ? opener.open() : store;
        store = open;
        return open;
    }

    /** Notes that storing or reading failed: the operator is told once. */
    private AccountsUnavailableException failed(Exception cause) {
        abandon();
        if (trouble == null && !closed) {
            trouble = TROUBLE + " (" + reason(cause) + ")";
            triedAt = nanoTime.getAsLong();
            log.warn("{} in {}: retrying until it succeeds", trouble, folder);
        }
        return new AccountsUnavailableException(cause);
    }

    private void abandon() {
        if (store != null) {
            store.abandon();
            store = null;
        }
    }

    private boolean isScarce() {
        try {
            return Files.getFileStore(folder).getUsableSpace() < SCARCE;
        } catch (IOException e) {
            return true;
        }
    }

    /** The root cause, in one line: databases wrap what the system reported. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
