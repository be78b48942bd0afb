package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import lychgate.SmallDisk;
import lychgate.server.Secret;
import lychgate.testing.Await;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The game on a full disk. */
class FullDiskTest {
    private static final Secret SECRET = new Secret("correct horse 9");
    private static final String PASSWORD = "correct horse 9";
    private static final String REASON = "accounts can't be kept (No space left on device)";

    private final Logger log = (Logger) LoggerFactory.getLogger("lychgate");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final SmallDisk disk;
    private final Path accounts;

    FullDiskTest(@TempDir Path temp) throws IOException {
        disk = SmallDisk.on(temp.resolve("disk"));
        accounts = disk.folder().resolve("accounts");
    }

    @BeforeEach
    void listen() {
        written.start();
        log.addAppender(written);
    }

    @AfterEach
    void unmount() throws IOException {
        log.detachAppender(written);
        disk.close();
    }

    @Test
    void accountThatCannotBeKeptIsNotMadeAndIsMadeWhenThereIsRoomAgain() throws Exception {
        try (RunningGame game = play()) {
            String first = game.visitor().looksAway().asks("create alder " + PASSWORD).getFirst();
            assertTrue(first.startsWith("Welcome, alder."), first);
            disk.fill();
            Visitor visitor = game.visitor().looksAway();
            for (int i = 0; i < 10; i++) {
                String answer = visitor.asks("create birch " + PASSWORD).getFirst();
                assertTrue(answer.startsWith("Your account could not be saved"), answer);
            }
            assertEquals(List.of(REASON), game.troubles());
            String known = visitor.asks("connect alder " + PASSWORD).getFirst();
            assertTrue(known.startsWith("Welcome, alder."), known);
            disk.empty();
            Visitor later = game.visitor().looksAway();
            Await.until(
                    "an account",
                    () -> later.asks("create birch " + PASSWORD).getFirst().startsWith("Welcome"));
            assertEquals(List.of(), game.troubles());
            assertEquals(
                    List.of(
                            "WARN " + REASON + " in " + accounts + ": retrying until it succeeds",
                            "INFO accounts can be stored again"),
                    lines());
        }
        try (Accounts again = Accounts.open(accounts)) {
            assertNotNull(again.check("alder", SECRET));
            assertNotNull(again.check("birch", SECRET));
        }
    }

    @Test
    void fullDiskIsSeenBeforeAnybodyMakesAnAccountAndRoomBeforeAnybodyTriesAgain()
            throws Exception {
        try (RunningGame game = play()) {
            disk.fill();
            Await.until(
                    "trouble",
                    () -> {
                        game.pass(Duration.ofSeconds(5));
                        return game.troubles().equals(List.of(REASON));
                    });
            disk.empty();
            Await.until(
                    "no trouble",
                    () -> {
                        game.pass(Duration.ofSeconds(5));
                        return game.troubles().isEmpty();
                    });
        }
    }

    @Test
    void roomWithinTheDatabasesFileIsNoRoom() throws Exception {
        Files.createDirectories(accounts);
        for (int i = 0; i < 20; i++) {
            AccountDatabase database = AccountDatabase.open(accounts.resolve("accounts"));
            if (i == 0) {
                database.add("alder", "hash");
                database.tryToWrite();
                disk.fill();
            }
            assertThrows(SQLException.class, database::tryToWrite);
            database.abandon();
        }
    }

    @Test
    void passwordThatCannotBeKeptLeavesTheOldOne() throws Exception {
        try (RunningGame game = play()) {
            Visitor visitor = game.visitor().looksAway();
            visitor.asks("create alder " + PASSWORD);
            disk.fill();
            visitor.types("password", PASSWORD, "another horse 8", "another horse 8");
            Await.until(
                    "an answer", () -> visitor.untilPrompt().toString().contains("the old one"));
            game.visitor().looksAway().asks("connect alder " + PASSWORD);
        }
        disk.empty();
        try (Accounts again = Accounts.open(accounts)) {
            assertNotNull(again.check("alder", SECRET));
        }
    }

    @Test
    void gameStartsOnAFullDiskAndItsAccountsAreThere() throws Exception {
        try (RunningGame game = play()) {
            game.visitor().looksAway().asks("create alder " + PASSWORD);
        }
        disk.fill();
        try (RunningGame game = play()) {
            String known = game.visitor().looksAway().asks("connect alder " + PASSWORD).getFirst();
            assertTrue(known.startsWith("Welcome, alder."), known);
        }
    }

    private RunningGame play() throws IOException {
        return RunningGame.start(new Gatehouse(accounts, disk.folder().resolve("banner.txt")));
    }

    private List<String> lines() {
        return written.list.stream()
                .map(e -> e.getLevel() + " " + e.getFormattedMessage())
                .toList();
    }
}
