package lychgate.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.address.Cidr;
import lychgate.admin.AdminClient.Form;
import lychgate.session.Meters;
import lychgate.session.Trace;
import lychgate.testing.Await;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

class AdminSocketTest {
    /** Longer than a test waits. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Path var;
    private final RecordingOperations portal = new RecordingOperations();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Meters meters =
            new Meters() {
                @Override
                public void refused(String reason) {
                    refused.add(reason);
                }
            };
    @AutoClose private final AdminSocket socket;

    AdminSocketTest(@TempDir Path var) throws IOException {
        this.var = var;
        this.socket = AdminSocket.open(var, portal.commands(), AllPortals.NONE, meters);
    }

    @Test
    void statusIsSaidToPeopleAndToScripts() throws IOException {
        Answer answer = ask("status");
        assertEquals(
                "Lychgate 1.2.3, up 1h 2m, 2 sessions, link up\ntelnet: 4000\nadmin: 4010\n",
                answer.text());
        assertEquals(
                "{\"version\":\"1.2.3\",\"started\":\"2026-03-01T12:00:00Z\","
                        + "\"uptime_seconds\":3725,\"sessions\":2,\"link\":\"up\","
                        + "\"away_seconds\":0,\"held_commands\":0,\"held_bytes\":0,"
                        + "\"refused_input\":0,"
                        + "\"services\":{\"telnet\":4000,\"admin\":4010}}",
                answer.jsonText());
    }

    @Test
    void traceIsFollowedUntilTheSessionEnds() throws IOException {
        portal.traces(
                7,
                new Trace() {
                    @Override
                    public void follow(Follower follower, boolean live) {
                        byte[] text = "hello\r\n".getBytes(StandardCharsets.UTF_8);
                        follower.happened(new Event(System.nanoTime(), true, Kind.DATA, text, 0));
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            follower.happened(
                                                    new Event(
                                                            System.nanoTime(),
                                                            false,
                                                            Kind.NOTE,
                                                            text,
                                                            0));
                                            follower.ended();
                                        });
                    }

                    @Override
                    public void leave(Follower follower) {}
                });
        List<String> lines = new ArrayList<>();
        AdminClient.follow(
                var, "trace", List.of("7"), Form.TEXT, answer -> lines.add(answer.text()));
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().endsWith(" < \"hello\\r\\n\"\n"), lines.getFirst());
    }

    @Test
    void answerComesInTheFormThatIsWanted() throws IOException {
        Answer text = AdminClient.ask(var, "sessions", List.of(), Form.TEXT);
        assertEquals("[]", text.jsonText());
        assertFalse(text.text().isEmpty());
        Answer json = AdminClient.ask(var, "sessions", List.of(), Form.JSON);
        assertTrue(json.jsonText().contains("rowan"));
        assertEquals("", json.text());
        Answer refused = AdminClient.ask(var, "kick", List.of("x"), Form.JSON);
        assertTrue(refused.text().contains("is not the number of a session"), refused.text());
    }

    @Test
    void traceOfNoSessionIsRefused() throws IOException {
        List<Answer> answers = new ArrayList<>();
        AdminClient.follow(var, "trace", List.of("8"), Form.TEXT, answers::add);
        assertEquals(
                "There is no session 8: lychgate sessions lists them.", answers.getFirst().text());
        assertFalse(answers.getFirst().ok());
    }

    @Test
    void linkThatIsAwayIsSaidWithWhatWaitsForIt() throws IOException {
        portal.link(new LinkStatus(false, Duration.ofSeconds(75), 3, 45, 1));
        Answer answer = ask("status");
        assertEquals(
                "Lychgate 1.2.3, up 1h 2m, 2 sessions, link away for 1m 15s, held: 3 commands, 45"
                        + " bytes, refused: 1",
                answer.text().lines().findFirst().orElseThrow());
        assertTrue(
                answer.jsonText()
                        .contains(
                                "\"link\":\"away\",\"away_seconds\":75,\"held_commands\":3,"
                                        + "\"held_bytes\":45,\"refused_input\":1,"),
                answer.jsonText());
    }

    @Test
    void connectionToNatsIsSaidWhereItIsUsed() throws IOException {
        portal.nats(
                new NatsStatus(
                        false, "nats://127.0.0.1:4222, nats://127.0.0.1:4223", null, List.of()));
        Answer answer = ask("status");
        assertEquals(
                "NATS: not connected to nats://127.0.0.1:4222, nats://127.0.0.1:4223",
                answer.text().lines().skip(1).findFirst().orElseThrow());
        assertTrue(
                answer.jsonText()
                        .contains(
                                "\"link\":\"up\",\"nats\":\"away\",\"nats_servers\":"
                                        + "\"nats://127.0.0.1:4222, nats://127.0.0.1:4223\","),
                answer.jsonText());
        portal.nats(new NatsStatus(true, "nats://127.0.0.1:4223", null, List.of()));
        answer = ask("status");
        assertTrue(answer.text().contains("\nNATS: connected to nats://127.0.0.1:4223\n"));
        assertTrue(answer.jsonText().contains("\"nats\":\"up\","), answer.jsonText());
    }

    @Test
    void linksToOtherPortalsAreLinesOfTheStatus() throws IOException {
        portal.nats(
                new NatsStatus(
                        true,
                        "nats://127.0.0.1:4222",
                        new NatsStatus.Place(1, "main", false),
                        List.of(
                                new PeerStatus("east", "away", null, 12, 3L),
                                new PeerStatus("main", "up", 0.312, 0, 0L))));
        assertEquals(
                List.of(
                        "NATS: connected to nats://127.0.0.1:4222, portal 1, shard main",
                        "shard east: away, unacknowledged: 12, held: 3",
                        "shard main: up, round trip 0.31 ms, unacknowledged: 0, held: 0"),
                ask("status").text().lines().skip(1).limit(3).toList());
        portal.nats(
                new NatsStatus(
                        false,
                        "nats://127.0.0.1:4222",
                        new NatsStatus.Place(9, "main", true),
                        List.of(new PeerStatus("1", "gone", null, 0, null))));
        assertEquals(
                List.of(
                        "NATS: not connected to nats://127.0.0.1:4222, portal 9, serves shard main",
                        "portal 1: gone, unacknowledged: 0"),
                ask("status").text().lines().skip(1).limit(2).toList());
    }

    @Test
    void sessionsAreRowsThatBeginWithTheirNumber() throws IOException {
        Answer answer = ask("sessions");
        List<String> rows =
                answer.text().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
        assertEquals(
                List.of(
                        "id account transport address client idle unsent",
                        "7 rowan telnet 192.0.2.7 TinTin++ 0s 0",
                        "9 - ssh 2001:db8::1 - away 40s 512"),
                rows);
        assertEquals(
                "[{\"id\":7,\"account\":\"rowan\",\"transport\":\"telnet\","
                        + "\"address\":\"192.0.2.7\",\"client\":\"TinTin++\","
                        + "\"idle_seconds\":0,\"away_seconds\":null,\"unsent\":0},"
                        + "{\"id\":9,\"account\":null,\"transport\":\"ssh\","
                        + "\"address\":\"2001:db8::1\",\"client\":null,"
                        + "\"idle_seconds\":61,\"away_seconds\":40,\"unsent\":512}]",
                answer.jsonText());
    }

    @Test
    void sessionIsEndedWithItsReason() throws IOException {
        assertEquals(Answer.of("", List.of()).text(), ask("kick", "7", "be kind").text());
        assertEquals(List.of("kick 7 be kind"), portal.asked());
    }

    @Test
    void sessionThatIsNotThereIsRefusedInASentence() throws IOException {
        assertRefused("There is no session 8: lychgate sessions lists them.", "kick", "8", "");
        assertRefused(
                "rowan is not the number of a session: lychgate sessions lists them.",
                "kick",
                "rowan",
                "");
    }

    @Test
    void bansAreAddedListedAndTakenBack() throws IOException {
        ask("ban", "192.0.2.99/24");
        ask("ban", "2001:db8::1");
        assertEquals("192.0.2.0/24\n2001:db8::1\n", ask("bans").text());
        assertEquals(true, ask("unban", "192.0.2.0/24").ok());
        assertEquals(
                "[{\"network\":\"2001:db8::1\",\"until\":null,\"reason\":null}]",
                ask("bans").jsonText());
        assertRefused(
                "192.0.2.0/24 is not banned: lychgate bans lists those that are.",
                "unban",
                "192.0.2.0/24");
    }

    @Test
    void whatIsNoNetworkIsRefusedInASentence() throws IOException {
        String examples = " is neither an address nor a network: 192.0.2.7, 192.0.2.0/24,";
        assertRefused("here" + examples + " 2001:db8::/32.", "ban", "here");
        assertRefused("1.2.3.4/33" + examples + " 2001:db8::/32.", "unban", "1.2.3.4/33");
    }

    @Test
    void reloadThatIsNotPossibleIsRefusedWithItsReason() throws IOException {
        assertRefused("It cannot be restarted.", "reload");
        assertEquals(List.of("reload"), portal.asked());
    }

    @Test
    void wordsAreSaidAsTheyAre() throws IOException {
        ask("say", "Grüße |rfrom\nhere");
        assertEquals(List.of("say Grüße |rfrom\nhere"), portal.asked());
    }

    @Test
    void commandThatIsUnknownIsRefused() throws IOException {
        assertRefused("The portal does not know the command dance.", "dance");
    }

    @Test
    void socketIsOnlyItsOwners() throws IOException {
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(AdminSocket.in(var))));
        try (var files = Files.list(var)) {
            assertEquals(List.of(AdminSocket.in(var)), files.toList());
        }
    }

    @Test
    void socketThatWasLeftBehindIsReplaced() throws IOException {
        try (AdminSocket next = AdminSocket.open(var, portal.commands(), AllPortals.NONE, meters)) {
            assertEquals("", ask("bans").text());
        }
    }

    @Test
    void whenItIsClosedNobodyAnswers() {
        socket.close();
        assertFalse(Files.exists(AdminSocket.in(var)));
        assertThrows(IOException.class, () -> ask("status"));
    }

    @Test
    void pathThatIsTooLongIsRefusedInASentence() throws IOException {
        Path deep = Files.createDirectories(var.resolve("x".repeat(100)));
        IOException why =
                assertThrows(
                        IOException.class,
                        () -> AdminSocket.open(deep, portal.commands(), AllPortals.NONE, meters));
        assertEquals(
                "The socket "
                        + AdminSocket.in(deep)
                        + " cannot be made (Unix domain path too long): make its folder writable"
                        + " for this user, or name a shorter one with --var.",
                why.getMessage());
    }

    // Who takes time, or room.

    @Test
    void holdersWhoAskNothingHoldNobodyUpAndTheOldestGo() throws IOException {
        List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < 3 * AdminSocket.MAX_CONNECTIONS; i++) {
            silent.add(connect());
        }
        assertTrue(ask("status").ok());
        assertEnds(silent.getFirst());
        assertTrue(refused.contains("admin_socket"));
        for (SocketChannel each : silent) {
            each.close();
        }
    }

    @Test
    void whoDoesNotAskInTimeIsClosedHoweverManyBytesCome() throws Exception {
        AdminSocket.Times times = new AdminSocket.Times(Duration.ofMillis(200), LONG);
        try (AdminSocket hasty =
                        AdminSocket.open(var, portal.commands(), AllPortals.NONE, meters, times);
                SocketChannel slow = connect()) {
            Await.until(
                    "the end",
                    () -> {
                        try {
                            slow.write(ByteBuffer.wrap(new byte[] {' '}));
                            return false;
                        } catch (IOException e) {
                            return true;
                        }
                    });
            assertEquals(List.of("admin_socket"), refused);
            Await.until("one who asks in time", () -> answers("status"));
        }
    }

    @Test
    void lineThatIsTooLongIsRefusedAndNotKept() throws Exception {
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.wrap(new byte[AdminSocket.MAX_LINE + 1]));
            BufferedReader answers =
                    new BufferedReader(
                            new InputStreamReader(
                                    Channels.newInputStream(channel), StandardCharsets.UTF_8));
            assertEquals(
                    "The command is too long: 65536 bytes at most.",
                    Answer.parse(answers.readLine()).text());
        }
        try (SocketChannel channel = connect()) {
            assertThrows(
                    IOException.class,
                    () -> {
                        for (int i = 0; i < 30; i++) {
                            channel.write(ByteBuffer.wrap(new byte[1 << 20]));
                        }
                    });
        }
    }

    @Test
    void whoDoesNotReadTheAnswerIsClosedInTime() throws IOException {
        for (int i = 0; i < 100_000; i++) {
            portal.ban(Ban.of(Objects.requireNonNull(Cidr.parse("192.0.2.7"))));
        }
        AdminSocket.Times times = new AdminSocket.Times(LONG, Duration.ofMillis(200));
        try (AdminSocket hasty =
                        AdminSocket.open(var, portal.commands(), AllPortals.NONE, meters, times);
                SocketChannel channel = connect()) {
            String asks = "{\"command\":\"bans\",\"arguments\":[]}\n";
            channel.write(ByteBuffer.wrap(asks.getBytes(StandardCharsets.UTF_8)));
            Await.until("its end", () -> refused.equals(List.of("admin_socket")));
            assertTrue(ask("status").ok());
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(AdminSocket.in(var)));
    }

    private static void assertEnds(SocketChannel channel) throws IOException {
        assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
    }

    private Answer ask(String command, String... arguments) throws IOException {
        return AdminClient.ask(var, command, List.of(arguments), Form.BOTH);
    }

    /** Whether it was asked in time, and has answered. */
    private boolean answers(String command) {
        try {
            return ask(command).ok();
        } catch (IOException e) {
            return false;
        }
    }

    private void assertRefused(String why, String command, String... arguments) throws IOException {
        Answer answer = ask(command, arguments);
        assertFalse(answer.ok());
        assertEquals(why, answer.text());
    }
}
