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
 * Names and passwords. Every method blocks, but {@link #trouble}: none is for the game thread.
 * Several threads may call at once.
 *
 * <p>Whatever cannot be written is not kept, and said so; from then on it is tried, once a second
 * at most, whether it can be again. What was kept before can be read all the time.
 */
final class Accounts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    /** Shortest password that is taken. */
    static final int MIN_PASSWORD = 6;

    /** What it says where nothing can be kept. */
    static final String TROUBLE = "accounts can't be kept";

    /** The time between two tries to write again: each opens the database anew. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * Below so many free bytes it is tried whether the database can write: it needs some 16 KiB.
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

    /** An account. */
    record Account(long id, String name) {}

    private Accounts(
            Path folder, AccountStore.Opener opener, AccountStore store, LongSupplier nanoTime) {
        this.folder = folder;
        this.opener = opener;
        this.store = store;
        this.nanoTime = nanoTime;
    }

    /**
     * Opens the database, which is made if it is not there.
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
     * @param opener opens the store, and another when that is of no more use
     * @param nanoTime a clock that only goes forward
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

    /** What is wrong with a name; null where it may be taken. */
    static @Nullable String problemWith(String name) {
        if (!NAME.matcher(name).matches()) {
            return "A name has 2 to 24 letters, digits, _ or -, and begins with a letter.";
        }
        return name.toLowerCase(Locale.ROOT).startsWith(GUEST)
                ? "Names that begin with guest are kept for guests."
                : null;
    }

    /** Makes an account, which is kept from then on; null where the name is taken. */
    @Nullable Account create(String name, Secret password) throws UnkeptException {
        String hash = passwords.hash(password);
        synchronized (this) {
            if (find(name) != null) {
                return null;
            }
            return new Account(write(kept -> kept.add(name, hash)), name);
        }
    }

    /**
     * The account, if the password is its own; null otherwise. An unknown name takes as long as a
     * wrong password.
     */
    @Nullable Account check(String name, Secret password) throws UnkeptException {
        Kept kept = find(name);
        boolean right =
                passwords.matches(password, kept == null ? Passwords.OF_NOBODY : kept.hash());
        return kept != null && right ? new Account(kept.id(), kept.name()) : null;
    }

    /** The account of that name, whatever its case; null where there is none. */
    @Nullable Account named(String name) throws UnkeptException {
        Kept kept = find(name);
        return kept == null ? null : new Account(kept.id(), kept.name());
    }

    /** Gives an account another password, which is kept from then on. */
    void change(long id, Secret password) throws UnkeptException {
        String hash = passwords.hash(password);
        write(
                kept -> {
                    kept.change(id, hash);
                    return id;
                });
    }

    /** Why nothing can be kept just now, in a few words; null while all is well. */
    @Nullable String trouble() {
        return trouble;
    }

    /** Finds out whether accounts can be kept, where there is reason to doubt it. */
    synchronized void look() {
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
            log.warn("the accounts cannot be closed in order: {}", reason(e));
        }
    }

    private synchronized @Nullable Kept find(String name) throws UnkeptException {
        try {
            return opened().find(name);
        } catch (SQLException e) {
            abandon();
        }
        try {
            return opened().find(name); // it has been opened anew: the trouble may be an old one
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Something that changes what is kept. */
    @FunctionalInterface
    private interface Change {
        long make(AccountStore store) throws SQLException;
    }

    private synchronized long write(Change change) throws UnkeptException {
        if (trouble != null && !recover()) {
            throw new UnkeptException(TROUBLE);
        }
        try {
            return change.make(opened());
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Tries to write again, unless that has been tried just now; whether all is well. */
    private boolean recover() {
        long now = nanoTime.getAsLong();
        if (trouble != null && now - triedAt < PAUSE.toNanos()) {
            return false;
        }
        triedAt = now;
        try {
            opened().tryToWrite();
        } catch (SQLException | UnkeptException e) {
            failed(e);
            return false;
        }
        if (trouble != null) {
            trouble = null;
            log.info("accounts are kept again");
        }
        return true;
    }

    private AccountStore opened() throws SQLException, UnkeptException {
        if (closed) {
            throw new UnkeptException("the game has ended");
        }
        AccountStore open = store == null ? opener.open() : store;
        store = open;
        return open;
    }

    /** Notes that something could not be kept or read: the operator is told once. */
    private UnkeptException failed(Exception cause) {
        abandon();
        if (trouble == null && !closed) {
            trouble = TROUBLE + " (" + reason(cause) + ")";
            triedAt = nanoTime.getAsLong();
            log.warn("{} in {}: it is tried again until it can be done", trouble, folder);
        }
        return new UnkeptException(cause);
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

    /** What lies at the bottom of it, in one line: databases wrap what the system has said. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
