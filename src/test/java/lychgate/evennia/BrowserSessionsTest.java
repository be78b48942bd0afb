package lychgate.evennia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import lychgate.session.Browser;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What becomes of the answers of the game's Python; with a shell in its place. */
class BrowserSessionsTest {
    private static final String KEY = "0123456789abcdefghijklmnopqrstuv";

    @TempDir private Path folder;
    private final CountingMeters meters = new CountingMeters();
    private @Nullable BrowserSessions sessions;

    @AfterEach
    void close() {
        if (sessions != null) {
            sessions.close();
        }
    }

    /** Starts with a program that begins and answers so, and notes what it was asked. */
    private BrowserSessions answers(String first, String answer) throws IOException {
        Path python = folder.resolve("python3");
        Files.writeString(
                python,
                "#!/bin/sh\n"
                        + first
                        + "\nwhile read -r line; do echo \"$line\" >> asked; "
                        + answer
                        + "; done\n");
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
        BrowserSessions started = new BrowserSessions(folder, python, meters);
        started.start();
        sessions = started;
        return started;
    }

    private static Optional<Browser> find(BrowserSessions in, String key) throws Exception {
        CompletableFuture<Optional<Browser>> found = new CompletableFuture<>();
        in.find(key, browser -> found.complete(Optional.ofNullable(browser)));
        return found.get(20, TimeUnit.SECONDS);
    }

    private static @Nullable Long uid(BrowserSessions in) throws Exception {
        return find(in, KEY).orElseThrow().uid();
    }

    private List<String> asked() {
        try {
            return Files.readAllLines(folder.resolve("asked"));
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void browserIsFoundWithItsAccount() throws Exception {
        BrowserSessions in = answers("echo '{\"ready\":true}'", "echo '{\"uid\":7,\"nonce\":3}'");
        assertEquals(Optional.of(new Browser(KEY, 7L, 3)), find(in, KEY));
        assertEquals(List.of("{\"find\":\"" + KEY + "\"}"), asked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key",
                "0123456789abcdefghijklmnopqrstuV",
                "0123456789abcdefghijklmnopqrst'v",
                "0123456789abcdefghijklmnopqrstuvw",
                "{\"find\":\"\"}"
            })
    void whatIsNoKeyIsNotLookedFor(String key) throws Exception {
        BrowserSessions in = answers("echo '{\"ready\":true}'", "echo '{\"uid\":7}'");
        assertEquals(Optional.empty(), find(in, key));
        assertEquals(List.of(), asked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"uid\":null}",
                "{\"uid\":\"7\"}",
                "{\"uid\":true}",
                "{\"busy\":\"database is locked\"}",
                "nonsense"
            })
    void anyOtherAnswerIsNoAccount(String answer) throws Exception {
        BrowserSessions in = answers("echo '{\"ready\":true}'", "echo '" + answer + "'");
        assertNull(uid(in));
    }

    @Test
    void whatDoesNotAnswerIsNotWaitedForLong() throws Exception {
        BrowserSessions in = answers("echo '{\"ready\":true}'", "sleep 20");
        assertNull(uid(in));
    }

    @Test
    void whatHasEndedIsStartedAgain() throws Exception {
        BrowserSessions in =
                answers(
                        "echo '{\"ready\":true}'",
                        "[ -e once ] && echo '{\"uid\":7}' || { > once; exit; }");
        assertNull(uid(in));
        Await.equal(7L, () -> quietly(in));
    }

    private static @Nullable Long quietly(BrowserSessions in) {
        try {
            return uid(in);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void otherStoreThanEvenniasOwnIsNotAskedAgain() throws Exception {
        BrowserSessions in =
                answers(
                        "echo start >> starts; echo '{\"unsupported\":\"no SQLite\"}'",
                        "echo '{\"uid\":7}'");
        assertNull(uid(in));
        assertNull(uid(in));
        in.loggedIn(new Browser(KEY, null, 0), 7);
        assertEquals(List.of("start"), Files.readAllLines(folder.resolve("starts")));
        assertEquals(List.of(), asked());
    }

    @Test
    void loginsAndLogoutsAreWrittenInOrder() throws Exception {
        BrowserSessions in = answers("echo '{\"ready\":true}'", "echo '{}'");
        Browser browser = new Browser(KEY, null, 3);
        in.loggedIn(browser, 7);
        in.left(browser);
        Await.equal(2, () -> asked().size());
        assertEquals(true, asked().getFirst().contains("\"login\":\"" + KEY + "\""));
        assertEquals(true, asked().getFirst().contains("\"uid\":7"));
        assertEquals(true, asked().getLast().contains("\"logout\":\"" + KEY + "\""));
        assertEquals(true, asked().getLast().contains("\"nonce\":3"));
    }

    @Test
    void whatTheBusyDatabaseDoesNotTakeIsWrittenLater() throws Exception {
        BrowserSessions in =
                answers(
                        "echo '{\"ready\":true}'",
                        "[ $(wc -l < asked) -gt 2 ] && echo '{}' || echo '{\"busy\":\"locked\"}'");
        in.loggedIn(new Browser(KEY, null, 0), 7);
        Await.equal(3, () -> asked().size());
    }

    @Test
    void moreQuestionsThanThereIsRoomForAreAnsweredAtOnce() throws Exception {
        BrowserSessions in = answers("echo '{\"ready\":true}'", "sleep 20");
        for (int i = 0; i < BrowserSessions.MAX_WAITING + 10; i++) {
            in.find(KEY, _ -> {});
        }
        Await.equal(true, () -> meters.count("refused browser_logins") >= 9);
    }

    @Test
    void keyIsShownNowhere() {
        assertEquals(false, new Browser(KEY, 7L, 3).toString().contains(KEY));
    }
}
