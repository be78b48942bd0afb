package lychgate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class CommandsTest {
    private static final Operator ROWAN = new Operator("user rowan");

    private final RecordingOperations portal = new RecordingOperations();
    private final Commands commands = portal.commands();

    @Test
    void whoHasOrderedWhatIsRecordedWithTheResult() {
        run("kick", "7", "be kind");
        run("kick", "8", "");
        run("say", "Back soon.");
        run("ban", "192.0.2.7", "--for", "7d", "--reason", "spam");
        run("unban", "192.0.2.7");
        run("reload");
        run("reload", "--config");
        run("drain", "60");
        assertEquals(
                List.of(
                        "user rowan: kick 7 be kind: done",
                        "user rowan: kick 8: There is no session 8: lychgate sessions lists them.",
                        "user rowan: say Back soon.: done",
                        "user rowan: ban 192.0.2.7 --for 7d --reason spam: done",
                        "user rowan: unban 192.0.2.7: done",
                        "user rowan: reload: It cannot be restarted.",
                        "user rowan: reload --config: done",
                        "user rowan: drain 60: done"),
                portal.audited());
    }

    @Test
    void askingIsNotRecorded() {
        List.of("status", "sessions", "bans").forEach(this::run);
        assertEquals(List.of(), portal.audited());
    }

    @Test
    void commandThatFailsIsAnsweredAndRecorded() {
        String words = "The command has failed; the portal's log says why.";
        assertEquals(words, run("say", RecordingOperations.FAULT).text());
        assertEquals(List.of("user rowan: say fail: " + words), portal.audited());
    }

    @Test
    void banHasAnEndAndAReason() {
        run("ban", "192.0.2.99/24", "--reason", "spam\n--yes", "--for", "1d12h");
        assertEquals(
                "192.0.2.0/24 until 2026-11-30T00:00:00Z # spam\\x0a--yes\n", run("bans").text());
        assertEquals(
                "[{\"network\":\"192.0.2.0/24\",\"until\":\"2026-11-30T00:00:00Z\","
                        + "\"reason\":\"spam\\\\x0a--yes\"}]",
                run("bans").jsonText());
    }

    @ParameterizedTest
    @CsvSource({
        "7d, 2026-12-05T12:00:00Z",
        "2w, 2026-12-12T12:00:00Z",
        "1d12h, 2026-11-30T00:00:00Z",
        "90, 2026-11-28T12:01:30Z",
        "15m30s, 2026-11-28T12:15:30Z",
        "3650d, 2036-11-25T12:00:00Z"
    })
    void timeOfABanIsWrittenInSeveralWays(String text, String until) {
        assertTrue(run("ban", "192.0.2.7", "--for", text).ok());
        assertEquals("192.0.2.7 until " + until + "\n", run("bans").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "0d", "d", "-1", "7 d", "7D", "1y", "3651d", "9999999999s", "٣d"})
    void whatIsNoTimeIsRefusedInASentence(String text) {
        Answer answer = run("ban", "192.0.2.7", "--for", text);
        assertEquals(
                "--for " + text + ": must be 30s, 15m, 12h, 7d, 2w or 1d12h, at most 3650d.",
                answer.text());
        assertEquals(List.of(), portal.bans());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "192.0.0.0/7", "::/0", "2001:db8::/18"})
    void veryWideNetworkIsOnlyBannedIfItIsMeant(String network) {
        Answer answer = run("ban", network, "--reason", "--yes");
        assertFalse(answer.ok());
        assertTrue(answer.text().endsWith("add --yes if it is meant."), answer.text());
        assertEquals(List.of(), portal.bans());
        assertTrue(run("ban", network, "--yes").ok());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "2001::/19", "0.0.0.0", "::"})
    void networkOfUsualWidthIsBannedAtOnce(String network) {
        assertTrue(run("ban", network).ok());
    }

    @Test
    void reasonOfABanIsShortened() {
        run("ban", "192.0.2.7", "--reason", "🦊".repeat(300));
        assertEquals("🦊".repeat(200), portal.bans().getFirst().reason());
    }

    @Test
    void drainSaysWhatItWaitsForAndStatusShowsIt() {
        assertEquals(
                "draining for 0s, ends when the last session has, sessions: 2\n",
                run("drain", "").text());
        assertEquals(
                "draining for 0s, ends when the last session has, or in 1m 0s, sessions: 2\n",
                run("drain", "60").text());
        assertEquals(List.of("drain PT0S", "drain PT1M"), portal.asked());
        assertTrue(
                run("status").text().contains("\ndraining for 0s, ends when the last session has,"),
                run("status").text());
        assertTrue(
                run("status")
                        .jsonText()
                        .contains("\"draining\":{\"seconds\":0,\"seconds_left\":60},"),
                run("status").jsonText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "1m", "99999999999"})
    void drainRefusesATimeThatIsNone(String text) {
        assertFalse(run("drain", text).ok());
        assertEquals(List.of(), portal.asked());
    }

    @Test
    void reloadOfTheConfigurationSaysWhatTakesEffectLater() {
        assertEquals(
                """
                The configuration is reloaded; the game goes on.
                Changed, but in effect only after the next start: [telnet]
                """,
                run("reload", "--config").text());
        assertEquals(List.of("reload --config"), portal.asked());
    }

    private Answer run(String command, String... arguments) {
        return commands.run(ROWAN, command, List.of(arguments));
    }
}
