package lychgate.admin.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.admin.AdminClient.Form;
import lychgate.admin.Answer;
import lychgate.admin.Commands;
import lychgate.admin.OfPortal;
import lychgate.admin.Operator;
import lychgate.admin.RecordingOperations;
import lychgate.admin.SessionRow;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.nats.NatsServer;
import lychgate.nats.ServerUrl;
import lychgate.session.SessionNumber;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Commands to portals with thousands of sessions, over a NATS server. */
class CommandsToAllIT {
    private static final Operator ROWAN = new Operator("user rowan");
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final byte[] HEARTBEAT = {1};

    /** Answers of many parts: each is some 4 MB. */
    private static final int MANY = 20_000;

    private final CountingMeters meters = new CountingMeters();
    private final Map<Integer, NatsConnection> connections = new TreeMap<>();
    private final Map<Integer, RecordingOperations> portals = new TreeMap<>();
    private final NatsServer server;
    private long now;

    CommandsToAllIT() throws Exception {
        server = NatsServer.started();
    }

    @AfterEach
    void close() {
        connections.values().forEach(NatsConnection::close);
        server.close();
    }

    @Test
    void allSessionsComeWholeAndInOrder() throws Exception {
        portal(1, rows(1, MANY), List.of());
        portal(2, rows(2, MANY), List.of());
        portal(
                9,
                rows(9, 1),
                Stream.concat(rows(1, MANY).stream(), rows(2, MANY).stream()).toList());
        takesOrders(2);
        takesOrders(9);
        List<Long> expected = new ArrayList<>();
        for (int portal : List.of(1, 2)) {
            rows(portal, MANY).forEach(row -> expected.add(row.id()));
        }
        expected.add(rows(9, 1).getFirst().id());
        CommandsToAll all = commandsFrom(1, 2, 9);
        Answer answer = all.run(ROWAN, "sessions", List.of(), Form.BOTH);
        assertEquals("", answer.missing());
        assertEquals(expected, ids(answer));
        assertEquals(2 * MANY + 2, answer.text().lines().count());
        assertEquals(Map.of(), meters.counts(""));
    }

    @Test
    void sessionsOfASilentPortalComeFromTheOneThatServesThemInTime() throws Exception {
        portal(1, rows(1, 3), List.of());
        portal(2, List.of(), List.of());
        portal(9, List.of(), Stream.concat(rows(1, 3).stream(), rows(2, MANY).stream()).toList());
        connection(2).reply(config(2).subjects().orders(2), (_, _, _) -> {}); // frozen
        takesOrders(9);
        CommandsToAll all = commandsFrom(1, 2, 9);
        long begun = System.nanoTime();
        Answer answer = all.run(ROWAN, "sessions", List.of(), Form.BOTH);
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        assertEquals("Portal 2 did not answer within 2 s.", answer.missing());
        List<Long> expected = new ArrayList<>();
        rows(1, 3).forEach(row -> expected.add(row.id()));
        rows(2, MANY).forEach(row -> expected.add(row.id()));
        assertEquals(expected, ids(answer));
        assertTrue(taken.compareTo(Gathering.WORK) < 0, taken::toString);
    }

    @Test
    void portalThatDiesWhileItAnswersIsNamed() throws Exception {
        portal(1, rows(1, 1), List.of());
        portal(2, List.of(), List.of());
        connection(2)
                .reply(
                        config(2).subjects().orders(2),
                        (_, _, reply) -> {
                            reply.accept(Parts.taken(2));
                            reply.accept(Parts.of(2, new byte[2 * Parts.MAX_BYTES]).getFirst());
                        });
        Answer answer = commandsFrom(1, 2).run(ROWAN, "sessions", List.of(), Form.BOTH);
        assertEquals(
                "Portal 2 took the command, and did not finish within 10 s.", answer.missing());
        assertEquals(List.of(rows(1, 1).getFirst().id()), ids(answer));
    }

    private void portal(int number, List<SessionRow> own, List<SessionRow> relayed)
            throws IOException {
        RecordingOperations portal = new RecordingOperations();
        portal.sessions(own, relayed);
        portals.put(number, portal);
        NatsConnection connection = NatsConnection.open(config(number), meters, System::nanoTime);
        connections.put(number, connection);
        Await.until("a connection", connection::isConnected);
    }

    private NatsConnection connection(int number) {
        return Objects.requireNonNull(connections.get(number));
    }

    private Commands commands(int number) {
        return Objects.requireNonNull(portals.get(number)).commands();
    }

    private void takesOrders(int number) {
        new OrdersTaken(config(number), commands(number), meters).open(connection(number));
    }

    /** From the first of the portals, which has heard the others. */
    private CommandsToAll commandsFrom(int number, int... others) throws Exception {
        KnownPortals known = new KnownPortals(config(number), meters, () -> now);
        for (int other : others) {
            known.heard(config(other).subjects().portalHeartbeat(other), HEARTBEAT);
            settle(other);
        }
        now = Duration.ofSeconds(2).toNanos(); // all have been heard
        return new CommandsToAll(
                config(number), connection(number), known, commands(number), meters);
    }

    /** Until the server knows what a portal has subscribed to. */
    private void settle(int number) {
        CompletableFuture<lychgate.nats.Answer> answer = new CompletableFuture<>();
        connection(number).request("settle", HEARTBEAT, SOON, answer::complete);
        answer.orTimeout(Await.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private NatsConfig config(int number) {
        return new NatsConfig(
                List.of(Objects.requireNonNull(ServerUrl.parse(server.url()))),
                null,
                null,
                "main",
                number,
                "main",
                number == 9);
    }

    private static List<SessionRow> rows(int portal, int number) {
        long first = SessionNumber.first(portal, START);
        return LongStream.rangeClosed(1, number)
                .mapToObj(
                        n ->
                                new SessionRow(
                                        first + n,
                                        "player" + n,
                                        "telnet",
                                        "192.0.2." + n % 256,
                                        "TinTin++",
                                        Duration.ofSeconds(n),
                                        null,
                                        0,
                                        null))
                .toList();
    }

    private static List<Long> ids(Answer answer) {
        List<Long> ids = new ArrayList<>();
        for (Object row : (List<?>) Objects.requireNonNull(answer.json())) {
            ids.add(((SessionRow.Script) ((OfPortal<?>) row).what()).id());
        }
        return ids;
    }
}
