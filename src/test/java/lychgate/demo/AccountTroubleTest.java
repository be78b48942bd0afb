package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.demo.Accounts.Account;
import lychgate.server.Secret;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Accounts on a store that fails on demand. */
class AccountTroubleTest {
    private static final Secret PASSWORD = new Secret("correct horse 9");
    private static final Secret OTHER = new Secret("another horse 8");

    private final Map<String, AccountStore.Kept> disk =
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Accounts accounts;
    private boolean full;
    private boolean gone;
    private int opened;
    private int abandoned;
    private int tried;
    private long now;

    AccountTroubleTest(@TempDir Path folder) throws IOException {
        accounts = Accounts.open(folder, FailingStore::new, () -> now);
    }

    @Test
    void accountThatCannotBeWrittenIsNotMade() throws Exception {
        full = true;
        assertThrows(AccountsUnavailableException.class, () -> accounts.create("rowan", PASSWORD));
        assertEquals("accounts can't be kept (no room)", accounts.trouble());
        assertNull(accounts.named("rowan"));
    }

    @Test
    void passwordThatCannotBeWrittenIsNotChanged() throws Exception {
        Account rowan = accounts.create("rowan", PASSWORD);
        assertNotNull(rowan);
        full = true;
        assertThrows(AccountsUnavailableException.class, () -> accounts.change(rowan.id(), OTHER));
        assertEquals(rowan, accounts.check("rowan", PASSWORD));
    }

    @Test
    void storeThatHasFailedIsOpenedAnewAndReadMeanwhile() throws Exception {
        Account rowan = accounts.create("rowan", PASSWORD);
        full = true;
        assertThrows(AccountsUnavailableException.class, () -> accounts.create("ash", PASSWORD));
        assertEquals(1, abandoned);
        assertEquals(rowan, accounts.check("rowan", PASSWORD));
        assertEquals(2, opened);
    }

    @Test
    void whenThereIsRoomAgainAccountsAreMadeAgain() throws Exception {
        full = true;
        assertThrows(AccountsUnavailableException.class, () -> accounts.create("rowan", PASSWORD));
        full = false;
        now += Accounts.PAUSE.toNanos();
        assertNotNull(accounts.create("rowan", PASSWORD));
        assertNull(accounts.trouble());
    }

    @Test
    void lookFindsThatThereIsRoomAgain() {
        full = true;
        assertThrows(AccountsUnavailableException.class, () -> accounts.create("rowan", PASSWORD));
        now += Accounts.PAUSE.toNanos();
        accounts.probe();
        assertNotNull(accounts.trouble());
        full = false;
        now += Accounts.PAUSE.toNanos();
        accounts.probe();
        assertNull(accounts.trouble());
    }

    @Test
    void whileThereIsTroubleItIsTriedOnceASecondHoweverManyAsk() {
        full = true;
        for (int i = 0; i < 5; i++) {
            assertThrows(
                    AccountsUnavailableException.class, () -> accounts.create("rowan", PASSWORD));
        }
        assertEquals(0, tried);
        now += Accounts.PAUSE.toNanos();
        for (int i = 0; i < 5; i++) {
            assertThrows(
                    AccountsUnavailableException.class, () -> accounts.create("rowan", PASSWORD));
        }
        assertEquals(1, tried);
    }

    @Test
    void storeThatCannotBeOpenedAnewIsTrouble() throws Exception {
        Account rowan = accounts.create("rowan", PASSWORD);
        gone = true;
        assertThrows(AccountsUnavailableException.class, () -> accounts.check("rowan", PASSWORD));
        assertTrue(String.valueOf(accounts.trouble()).startsWith(Accounts.TROUBLE));
        gone = false;
        assertEquals(rowan, accounts.check("rowan", PASSWORD));
    }

    @Test
    void closedAccountsAreNotOpenedAgain() {
        accounts.close();
        assertThrows(AccountsUnavailableException.class, () -> accounts.check("rowan", PASSWORD));
        assertThrows(AccountsUnavailableException.class, () -> accounts.create("rowan", PASSWORD));
        accounts.probe();
        assertEquals(1, opened);
        assertNull(accounts.trouble());
    }

    private final class FailingStore implements AccountStore {
        private boolean broken;

        FailingStore() throws SQLException {
            if (gone) {
                throw new SQLException("no disk");
            }
            opened++;
        }

        @Override
        public @Nullable Kept find(String name) throws SQLException {
            if (broken || gone) {
                throw new SQLException("closed");
            }
            return disk.get(name);
        }

        @Override
        public long add(String name, String hash) throws SQLException {
            write();
            disk.put(name, new Kept(disk.size() + 1, name, hash, null));
            return disk.size();
        }

        @Override
        public void change(long id, String hash) throws SQLException {
            write();
            disk.replaceAll(
                    (_, kept) ->
                            kept.id() == id
                                    ? new Kept(id, kept.name(), hash, kept.screenReader())
                                    : kept);
        }

        @Override
        public void changeScreenReader(long id, boolean on) throws SQLException {
            write();
            disk.replaceAll(
                    (_, kept) ->
                            kept.id() == id ? new Kept(id, kept.name(), kept.hash(), on) : kept);
        }

        @Override
        public void tryToWrite() throws SQLException {
            tried++;
            write();
        }

        @Override
        public void close() {
            broken = true;
        }

        @Override
        public void abandon() {
            abandoned++;
        }

        private void write() throws SQLException {
            if (full || broken) {
                broken = true;
                throw new SQLException("cannot write", new IOException("no room"));
            }
        }
    }
}
