package lychgate.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.bus.Claimant;
import lychgate.bus.Greeting;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A claim with a real server, and a clock that the test sets. */
class LiveClaimIT {
    private static final LiveClaim.Subject SHARD =
            new LiveClaim.Subject("pl.main.claim.game.main", "pl.main.hb.game.main", () -> 0);

    private final CountingMeters meters = new CountingMeters();
    private final List<AutoCloseable> open = new ArrayList<>();
    private NatsServer server = NatsServer.notStarted();

    /** A process that claims the shard. */
    private final class Holder {
        final AtomicLong millis = new AtomicLong(100_000);
        final AtomicReference<@Nullable Claimant> lostTo = new AtomicReference<>();
        final NatsConnection connection;
        final LiveClaim claim;

        Holder(int number) throws IOException {
            connection = connection(number);
            claim =
                    new LiveClaim(
                            SHARD,
                            new Greeting(number, "here", number),
                            lostTo::set,
                            meters,
                            InstantSource.system(),
                            () -> millis.get() * 1_000_000);
            claim.open(connection);
        }

        void sleeps(long time) {
            millis.addAndGet(time);
        }
    }

    private Holder holder() throws IOException {
        Holder holder = new Holder(1);
        Await.until("the claim", holder.claim::isTaken);
        return holder;
    }

    private static ServerUrl urlOf(NatsServer server) {
        ServerUrl url = ServerUrl.parse(server.url());
        if (url == null) {
            throw new AssertionError(server.url());
        }
        return url;
    }

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.started();
        open.add(server);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void pauseOfThreeSecondsChangesNothing() throws Exception {
        Holder one = holder();
        for (int i = 0; i < 10; i++) {
            one.sleeps(3_000);
            assertTrue(one.claim.isTaken());
            one.claim.renew();
            assertTrue(one.claim.isTaken());
        }
    }

    @Test
    void whoWasFrozenHasNothingUntilItIsKnownThatNobodyHasIt() throws Exception {
        Holder one = holder();
        SmallBus bus = new SmallBus();
        List<String> received = new ArrayList<>();
        FencedBus fenced = new FencedBus(bus, one.claim::isTaken);
        fenced.subscribe("x", (subject, _) -> received.add(subject));
        one.sleeps(6_000);
        assertFalse(one.claim.isTaken(), "before it has noticed anything");
        bus.publish("early", new byte[0]);
        assertFalse(fenced.publish("x", new byte[0]));
        assertFalse(fenced.isListening());
        one.claim.renew();
        Await.until("the claim", one.claim::isTaken);
        bus.publish("late", new byte[0]);
        assertEquals(List.of("late"), received);
        assertTrue(fenced.publish("x", new byte[0]));
        assertEquals(List.of("late", "x"), received);
        assertEquals(1, meters.count("refused nats_lease"));
        assertNull(one.lostTo.get());
    }

    @Test
    void whoWasFrozenGivesWayToItsSuccessorWithoutHavingHadItAgain() throws Exception {
        Holder one = holder();
        one.sleeps(6_000);
        NatsConnection other = connection(2);
        Claimant successor =
                new Claimant(
                        new Greeting(2, "there", 2),
                        Claimant.Standing.HOLDS,
                        System.currentTimeMillis() + 4_000);
        CountDownLatch answer = new CountDownLatch(1);
        other.reply(
                SHARD.questions(),
                (_, _, reply) -> {
                    await(answer);
                    reply.accept(successor.toBytes());
                });
        settle(other);
        assertFalse(one.claim.isTaken());
        one.claim.renew();
        assertFalse(one.claim.isTaken(), "while it asks");
        answer.countDown();
        Await.equal(successor, one.lostTo::get);
        assertFalse(one.claim.isTaken());
        one.claim.renew();
        assertFalse(one.claim.isTaken());
    }

    @Test
    void whoWasFrozenDoesNotSayThatItStops() throws Exception {
        Holder one = holder();
        NatsConnection other = connection(2);
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        other.subscribe(SHARD.heartbeat(), (_, body) -> heard.add(body.length));
        settle(other);
        one.sleeps(6_000);
        one.claim.tick();
        one.claim.close();
        one.connection.publish(SHARD.heartbeat(), new byte[77]);
        Await.equal(List.of(77), () -> List.copyOf(heard));
    }

    private NatsConnection connection(int number) throws IOException {
        NatsConfig config =
                new NatsConfig(List.of(urlOf(server)), null, null, "main", number, "main", true);
        NatsConnection connection = NatsConnection.open(config, meters, System::nanoTime);
        open.add(connection);
        return connection;
    }

    /** What it has sent has come to the server, which has answered. */
    private static void settle(NatsConnection at) {
        Await.until("a connection", at::isConnected);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        at.request("settle", new byte[0], Duration.ofSeconds(10), answer::complete);
        assertEquals(
                Answer.None.NOBODY,
                answer.orTimeout(Await.PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(Await.PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands what it is told to its only receiver, at once. */
    private static final class SmallBus implements Bus {
        private Receiver receiver = (_, _) -> {};

        @Override
        public boolean publish(String subject, byte[] body) {
            receiver.received(subject, body);
            return true;
        }

        @Override
        public Listening subscribe(String subject, Receiver takes) {
            receiver = takes;
            return () -> {};
        }
    }
}
