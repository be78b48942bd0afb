package lychgate.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.Connection;
import io.nats.client.Nats;

import lychgate.OpenSsl;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The connection with a real server. */
class NatsConnectionIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    private final CountingMeters meters = new CountingMeters();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int portal;

    static Stream<Path> servers() {
        return Stream.of(NatsServer.newest(), NatsServer.debian()).distinct();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void messagesComeInOrder(Path program) throws Exception {
        NatsServer server = opened(NatsServer.started(program, ""));
        NatsConnection one = connected(server.url());
        NatsConnection other = connected(server.url());
        List<String> got = received(other, "test.*");
        settle(other);
        List<String> sent = IntStream.range(0, 5_000).mapToObj(n -> "test.a " + n).toList();
        sent.forEach(line -> assertTrue(one.publish("test.a", bytes(line.substring(7)))));
        Await.equal(sent, () -> List.copyOf(got));
        assertEquals(server.port(), one.port());
        assertEquals(server.url(), one.server());
    }

    @Test
    void ownMessagesDoNotComeBack() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        NatsConnection other = connected(server.url());
        List<String> got = received(one, "test");
        settle(one);
        one.publish("test", bytes("own"));
        settle(one);
        other.publish("test", bytes("other"));
        Await.equal(List.of("test other"), () -> List.copyOf(got));
    }

    @Test
    void serverMayComeLater() throws Exception {
        NatsServer server = opened(NatsServer.notStarted());
        NatsConnection one = open(server.url());
        List<String> seen = watched(one);
        List<String> got = received(one, "test");
        assertFalse(one.isConnected());
        assertFalse(one.publish("test", HELLO));
        assertEquals(1, meters.count("refused nats_away"));
        assertEquals(server.port(), one.port());
        assertEquals(Answer.None.NOT_CONNECTED, ask(one, "test"));
        server.start();
        Await.until("a connection", one::isConnected);
        Await.equal(List.of("connected"), () -> List.copyOf(seen));
        connected(server.url()).publish("test", HELLO);
        Await.equal(List.of("test hello"), () -> List.copyOf(got));
    }

    @Test
    void subscriptionsOutliveAKilledServer() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        NatsConnection other = connected(server.url());
        List<String> seen = watched(one);
        List<String> got = received(one, "test");
        server.kill();
        Await.until("its end to be noticed", () -> !one.isConnected() && !other.isConnected());
        List<String> late = received(one, "late");
        server.start();
        Await.until("a connection", () -> one.isConnected() && other.isConnected());
        other.publish("test", HELLO);
        other.publish("late", HELLO);
        Await.equal(List.of("test hello"), () -> List.copyOf(got));
        Await.equal(List.of("late hello"), () -> List.copyOf(late));
        Await.equal(List.of("connected", "disconnected", "connected"), () -> List.copyOf(seen));
    }

    @Test
    void anotherServerOfTheClusterIsTaken() throws Exception {
        List<NatsServer> cluster = NatsServer.cluster(NatsServer.newest(), "");
        cluster.forEach(this::opened);
        String urls = cluster.get(0).url() + " " + cluster.get(1).url();
        NatsConnection one = connected(urls);
        NatsConnection other = connected(cluster.get(1).url());
        List<String> got = received(one, "test");
        cluster.getFirst().kill();
        Await.until(
                "the other server", () -> one.isConnected() && one.port() == cluster.get(1).port());
        other.publish("test", HELLO);
        Await.equal(List.of("test hello"), () -> List.copyOf(got));
    }

    @Test
    void serverThatFreezesIsLeftAndPublishingNeverWaits() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        List<String> seen = watched(one);
        server.freeze();
        byte[] kilobyte = new byte[1024];
        long longest = 0;
        for (int n = 0; n < 40_000; n++) {
            long began = System.nanoTime();
            one.publish("test", kilobyte);
            longest = Math.max(longest, System.nanoTime() - began);
        }
        assertTrue(longest < TimeUnit.SECONDS.toNanos(1), longest + " ns");
        assertTrue(meters.count("refused nats_unsent") > 0);
        Await.equal(List.of("connected", "disconnected"), () -> List.copyOf(seen));
        server.thaw();
        Await.until("a connection", one::isConnected);
        assertTrue(one.publish("test", kilobyte), "there is room again");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void wrongPasswordIsToldAndTriedAgain(Path program) throws Exception {
        String users = "authorization { users: [{ user: edge, password: \"%s\" }] }";
        NatsServer server = opened(NatsServer.started(program, users.formatted("other")));
        try (LoggedLines log = new LoggedLines("lychgate.nats")) {
            NatsConnection one = open("nats://edge:s3cret@127.0.0.1:" + server.port());
            Await.until("three refusals", () -> meters.count("refused nats_login") >= 3);
            assertFalse(one.isConnected());
            server.stop();
            server.configure(users.formatted("s3cret"));
            server.start();
            Await.until("a connection", one::isConnected);
            assertEquals(
                    1, log.lines().stream().filter(l -> l.contains("refuses the cred")).count());
            log.lines().forEach(line -> assertFalse(line.contains("s3cret"), line));
            assertFalse(one.server().contains("s3cret"));
        }
    }

    @Test
    void subjectThatIsForbiddenIsCountedAndToldOnce() throws Exception {
        NatsServer server =
                opened(
                        NatsServer.started(
                                NatsServer.newest(),
                                """
                                authorization { users: [{ user: edge, password: "s3cret",
                                    permissions: { publish: "allowed.>", subscribe: ">" } }] }
                                """));
        try (LoggedLines log = new LoggedLines("lychgate.nats")) {
            NatsConnection one = connected("nats://edge:s3cret@127.0.0.1:" + server.port());
            for (int n = 0; n < 5; n++) {
                one.publish("forbidden", HELLO);
            }
            Await.until("refusals", () -> meters.count("refused nats_permission") == 5);
            ask(one, "allowed.settle");
            assertEquals(
                    1,
                    log.lines().stream()
                            .filter(
                                    l ->
                                            l.contains("Permissions Violation")
                                                    && l.contains("forbidden"))
                            .count());
            assertTrue(one.isConnected());
        }
    }

    @Test
    void silenceAndNobodyAreTwoThings() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        NatsConnection other = connected(server.url());
        other.reply("shout", body -> bytes(new String(body, StandardCharsets.UTF_8) + "!"));
        other.reply("silent", _ -> null);
        settle(other);
        assertEquals(Answer.None.NOBODY, ask(one, "nobody"));
        assertEquals(Answer.None.SILENCE, ask(one, "silent", Duration.ofMillis(200)));
        assertTrue(
                ask(one, "shout") instanceof Answer.Reply(byte[] body)
                        && new String(body, StandardCharsets.UTF_8).equals("hello!"));
    }

    @Test
    void allAnswersAreGatheredUntilTheDeadline() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        for (String name : List.of("a", "b")) {
            NatsConnection other = connected(server.url());
            other.reply("who", _ -> bytes(name));
            settle(other);
        }
        List<String> got = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        long began = System.nanoTime();
        one.request(
                "who",
                HELLO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                body -> {
                    got.add(new String(body, StandardCharsets.UTF_8));
                    return false;
                },
                _ -> done.countDown());
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertTrue(System.nanoTime() - began >= TimeUnit.SECONDS.toNanos(1));
        assertEquals(Set.of("a", "b"), Set.copyOf(got));
        CountDownLatch nobody = new CountDownLatch(1);
        one.request(
                "nobody",
                HELLO,
                Duration.ofDays(1),
                Duration.ofDays(1),
                _ -> false,
                _ -> nobody.countDown());
        assertTrue(nobody.await(10, TimeUnit.SECONDS), "nobody is waited for");
    }

    @Test
    void questionWhoseAnswerIsToGoElsewhereIsNotAnswered() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        NatsConnection other = connected(server.url());
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        one.reply(
                "order",
                (_, question, reply) -> {
                    asked.add(new String(question, StandardCharsets.UTF_8));
                    reply.accept(question);
                });
        Ping.answer(one, "ping");
        settle(one);
        List<String> got = received(other, "pl.>");
        settle(other);
        Await.until("the answer to that", () -> !got.isEmpty());
        got.clear();
        try (Connection raw = Nats.connect(server.url())) {
            for (String subject : List.of("order", "ping")) {
                raw.publish(subject, "pl.main.to-portal.1.main", bytes("forged"));
                raw.publish(subject, "pl.main.hb.game.main", bytes(""));
                raw.publish(subject, "pl.other.inbox.1.x.y", bytes("forged"));
                raw.publish(subject, "pl.main.inbox.1.x." + subject, bytes("right"));
            }
            Await.equal(
                    Set.of("pl.main.inbox.1.x.order right", "pl.main.inbox.1.x.ping "),
                    () -> Set.copyOf(got));
        }
        assertEquals(2, got.size());
        assertEquals(List.of("right"), List.copyOf(asked));
        assertEquals(6, meters.count("malformed bus_subject"));
    }

    @Test
    void whatIsSeldomSharesAThreadWithNoneThatBlocks() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        NatsConnection other = connected(server.url());
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        CountDownLatch goOn = new CountDownLatch(1);
        one.subscribe("blocks", (_, _) -> await(goOn));
        Subscription first =
                one.subscribeSharing("a", (_, _) -> got.add(Thread.currentThread().getName()));
        one.subscribeSharing("b.*", (_, _) -> got.add(Thread.currentThread().getName()));
        settle(one);
        other.publish("blocks", HELLO);
        other.publish("a", HELLO);
        other.publish("b.c", HELLO);
        String thread = got.poll(10, TimeUnit.SECONDS);
        assertNotNull(thread);
        assertEquals(thread, got.poll(10, TimeUnit.SECONDS));
        first.close();
        settle(one);
        other.publish("a", HELLO);
        other.publish("b.d", HELLO);
        assertNotNull(got.poll(10, TimeUnit.SECONDS));
        server.kill();
        Await.until("its end to be noticed", () -> !one.isConnected() && !other.isConnected());
        server.start();
        Await.until("both are back", () -> one.isConnected() && other.isConnected());
        settle(one);
        settle(other);
        other.publish("b.e", HELLO);
        assertNotNull(got.poll(10, TimeUnit.SECONDS), "on the next connection, too");
        assertEquals(List.of(), List.copyOf(got), "the one that was closed got nothing");
        goOn.countDown();
    }

    @Test
    void whoHasBegunToAnswerHasMoreTime() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        NatsConnection other = connected(server.url());
        CountDownLatch goOn = new CountDownLatch(1);
        other.reply(
                "long",
                (_, _, reply) -> {
                    reply.accept(bytes("first"));
                    await(goOn);
                    reply.accept(bytes("last"));
                });
        other.reply("endless", (_, _, reply) -> reply.accept(bytes("first")));
        settle(other);
        Duration within = Duration.ofSeconds(2); // enough for a first part on a busy machine
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        one.request(
                "long",
                HELLO,
                within,
                Duration.ofDays(1),
                body -> {
                    got.add(new String(body, StandardCharsets.UTF_8));
                    return got.contains("last");
                },
                why -> got.add(why.toString()));
        CountDownLatch ended = new CountDownLatch(1);
        one.request(
                "endless",
                HELLO,
                within,
                within.multipliedBy(2),
                _ -> false,
                _ -> ended.countDown());
        assertTrue(ended.await(10, TimeUnit.SECONDS), "the time for all of it is over");
        goOn.countDown();
        assertEquals("first", got.poll(10, TimeUnit.SECONDS));
        assertEquals("last", got.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void receiverThatIsTooSlowIsTold() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        NatsConnection other = connected(server.url());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        List<String> got = Collections.synchronizedList(new ArrayList<>());
        one.subscribe(
                "test",
                new Subscription.PendingLimits(10, 1_000),
                new Receiver() {
                    @Override
                    public void received(String subject, byte[] body) {
                        begun.countDown();
                        await(goOn);
                        got.add(new String(body, StandardCharsets.UTF_8));
                    }

                    @Override
                    public void slow() {
                        slow.countDown();
                    }
                });
        settle(one);
        other.publish("test", bytes("0"));
        await(begun); // else it could make room while the others come, and be too slow twice
        for (int n = 1; n < 100; n++) {
            other.publish("test", bytes("" + n));
        }
        assertTrue(slow.await(10, TimeUnit.SECONDS));
        assertEquals(1, meters.count("refused nats_slow_consumer"));
        settle(other);
        settle(one);
        goOn.countDown();
        Await.until("what was not dropped", () -> got.size() >= 10);
        assertTrue(got.size() < 100);
        assertEquals("0", got.getFirst());
    }

    @Test
    void messageThatTheServerDoesNotTakeIsDropped() throws Exception {
        NatsServer server = opened(NatsServer.started(NatsServer.newest(), "max_payload: 1000\n"));
        NatsConnection one = connected(server.url());
        assertFalse(one.publish("test", new byte[1001]));
        assertEquals(1, meters.count("refused nats_payload"));
        assertTrue(one.publish("test", new byte[1000]));
        settle(one);
        assertTrue(one.isConnected());
    }

    @Test
    void receiverThatFailsGetsTheNextMessage() throws Exception {
        NatsServer server = opened(NatsServer.started());
        NatsConnection one = connected(server.url());
        List<String> got = Collections.synchronizedList(new ArrayList<>());
        one.subscribe(
                "test",
                (_, body) -> {
                    got.add(new String(body, StandardCharsets.UTF_8));
                    throw new IllegalStateException("on purpose");
                });
        settle(one);
        NatsConnection other = connected(server.url());
        other.publish("test", bytes("1"));
        other.publish("test", bytes("2"));
        Await.equal(List.of("1", "2"), () -> List.copyOf(got));
    }

    @Test
    void whatWasPublishedBeforeTheEndArrives() throws Exception {
        NatsServer server = opened(NatsServer.started(NatsServer.newest(), "debug: true\n"));
        NatsConnection one = connected(server.url());
        NatsConnection other = connected(server.url());
        List<String> got = received(other, "test");
        settle(other);
        one.publish("test", HELLO);
        one.close();
        Await.equal(List.of("test hello"), () -> List.copyOf(got));
        assertFalse(one.isConnected());
        assertFalse(one.publish("test", HELLO));
        assertEquals(Answer.None.NOT_CONNECTED, ask(one, "test"));
        assertEquals(List.of(), watched(one));
        one.close();
        Await.until("its end", () -> connections(server) == 1);
    }

    @Test
    void nothingIsLeftOfOneThatIsClosedWhileItConnects() throws Exception {
        NatsServer server = opened(NatsServer.notStarted(NatsServer.newest(), "debug: true\n"));
        NatsConnection one = open(server.url());
        one.close();
        server.start();
        NatsConnection other = connected(server.url());
        settle(other);
        assertEquals(1, connections(server));
    }

    /** Connections of clients that the server has now; its log is told of them. */
    private static long connections(NatsServer server) {
        return server.log().lines().filter(l -> l.contains("Client connection created")).count()
                - server.log().lines().filter(l -> l.contains("Client connection closed")).count();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void certificateOfTheOwnAuthorityIsForItsHostOnly(Path program, @TempDir Path folder)
            throws Exception {
        OpenSsl openssl = new OpenSsl(folder);
        openssl.pair("-algorithm ed25519", "ca.key", "ca.pem");
        openssl.pair("-algorithm ed25519", "other.key", "other.pem");
        openssl.run("genpkey -algorithm ed25519 -out server.key");
        openssl.run(
                "req -new -subj /CN=x -addext subjectAltName=DNS:localhost -key server.key -out"
                        + " server.csr");
        openssl.run(
                "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -days 2 -copy_extensions copyall"
                        + " -out server.pem");
        NatsServer server =
                opened(
                        NatsServer.started(
                                program,
                                "tls { cert_file: \"%1$s/server.pem\", key_file: \"%1$s/server.key\" }"
                                        .formatted(folder)));
        String at = ":" + server.port();
        NatsConnection right = open("tls://localhost" + at, null, folder.resolve("ca.pem"));
        Await.until("a connection", right::isConnected);
        assertEquals("tls://localhost" + at, right.server());
        assertRefused(
                "tls://127.0.0.1" + at,
                folder.resolve("ca.pem"),
                "No subject alternative names matching IP address 127.0.0.1 found");
        assertRefused("tls://localhost" + at, folder.resolve("other.pem"), "PKIX path");
        assertRefused("nats://localhost" + at, null, "SSL required by server");
    }

    private void assertRefused(String url, @Nullable Path ca, String why) throws Exception {
        try (LoggedLines log = new LoggedLines("lychgate.nats")) {
            NatsConnection one = open(url, null, ca);
            Await.until("a refusal", () -> !log.lines().isEmpty());
            assertTrue(log.lines().getFirst().contains(why), log.lines().getFirst());
            assertFalse(one.isConnected());
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void credentialsOfAFileAreTaken(Path program, @TempDir Path folder) throws Exception {
        IssuedUser user = IssuedUser.in(folder);
        NatsServer server = opened(NatsServer.started(program, user.config()));
        NatsConnection one = open(server.url(), user.credentials(), null);
        Await.until("a connection", one::isConnected);
        try (LoggedLines log = new LoggedLines("lychgate.nats")) {
            NatsConnection nobody = open(server.url());
            Await.until("a refusal", () -> meters.count("refused nats_login") >= 1);
            assertFalse(nobody.isConnected());
            log.lines().forEach(line -> assertFalse(line.contains("SU"), line));
        }
    }

    private NatsConnection open(String urls) throws IOException {
        return open(urls, null, null);
    }

    private NatsConnection open(String urls, @Nullable Path credentials, @Nullable Path ca)
            throws IOException {
        List<ServerUrl> servers = new ArrayList<>();
        for (String url : urls.split(" ", -1)) {
            servers.add(assertUrl(url));
        }
        return opened(
                NatsConnection.open(
                        new NatsConfig(servers, credentials, ca, "main", ++portal, "main", false),
                        meters,
                        System::nanoTime));
    }

    private NatsConnection connected(String urls) throws IOException {
        NatsConnection made = open(urls);
        Await.until("a connection", made::isConnected);
        return made;
    }

    private <T extends AutoCloseable> T opened(T made) {
        open.add(made);
        return made;
    }

    private static ServerUrl assertUrl(String url) {
        ServerUrl parsed = ServerUrl.parse(url);
        assertNotNull(parsed, url);
        return parsed;
    }

    private static List<String> received(NatsConnection at, String subject) {
        List<String> got = Collections.synchronizedList(new ArrayList<>());
        at.subscribe(
                subject,
                (to, body) -> got.add(to + " " + new String(body, StandardCharsets.UTF_8)));
        return got;
    }

    private static List<String> watched(NatsConnection at) {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        at.watch(
                new ConnectionWatcher() {
                    @Override
                    public void connected() {
                        seen.add("connected");
                    }

                    @Override
                    public void disconnected() {
                        seen.add("disconnected");
                    }
                });
        return seen;
    }

    /** What it has sent has come to the server, which has answered. */
    private static void settle(NatsConnection at) {
        ask(at, "settle");
    }

    private static Answer ask(NatsConnection at, String subject) {
        return ask(at, subject, SOON);
    }

    private static Answer ask(NatsConnection at, String subject, Duration within) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        at.request(subject, HELLO, within, answer::complete);
        return answer.orTimeout(Await.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(Await.PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
