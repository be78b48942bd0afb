package lychgate.link.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.GameLink.State;
import lychgate.session.GameSide;
import lychgate.session.Login;
import lychgate.session.PortalSide;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.testing.Await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class LocalLinkTest {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger made = new AtomicInteger();
    private final LocalLink link =
            new LocalLink(() -> new WrittenGame(made.incrementAndGet()), System::nanoTime);
    private volatile @Nullable CountDownLatch mayEnd;
    private volatile boolean fails;
    private volatile Map<Long, List<CommandTuple>> left = Map.of();

    @Test
    void whatIsSaidBeforeTheStartIsToldAfterIt() throws IOException {
        link.connected(session(1));
        assertEquals(State.AWAY, link.state());
        link.start(new WrittenPortal(), List.of());
        assertEquals(State.UP, link.state());
        assertEquals(List.of("1 starts with []", "1: 1 connects"), told);
    }

    @Test
    void gameIsRestartedWithTheSessionsThatAreThereWhenItHasEnded() throws IOException {
        link.start(new WrittenPortal(), List.of());
        link.reload(
                () -> {
                    told.add("asked for sessions");
                    return List.of(session(1), session(2));
                });
        assertEquals(
                List.of(
                        "1 starts with []",
                        "1 stops",
                        "asked for sessions",
                        "2 starts with [1, 2]",
                        "the portal knows"),
                told);
        assertEquals(State.UP, link.state());
    }

    @Test
    void sessionThatIsResumedWhileTheGameIsAwayIsGivenToTheNextOnce() throws IOException {
        link.resumed(session(1));
        link.start(new WrittenPortal(), List.of());
        link.resumed(session(2));
        link.reload(
                () -> {
                    link.resumed(session(3)); // and is among the sessions, or not
                    link.resumed(session(4));
                    link.dataIn(3, List.of(CommandTuple.text("hello")));
                    return List.of(session(1), session(2), session(3));
                });
        assertEquals(
                List.of(
                        "1 starts with []",
                        "1: 1 is resumed",
                        "1: 2 is resumed",
                        "1 stops",
                        "2 starts with [1, 2, 3]",
                        "2: 4 is resumed",
                        "2: 3 says hello",
                        "the portal knows"),
                told);
    }

    @Test
    void ofASessionsFactsTheNextGameIsToldOnce() throws IOException {
        link.connected(session(1));
        for (int width = 1; width <= 1_000; width++) {
            link.factsChanged(1, ClientFacts.NONE.with(Fact.WIDTH, width, "naws"));
        }
        link.start(new WrittenPortal(), List.of());
        assertEquals(List.of("1 starts with []", "1: 1 connects", "1: 1 has facts"), told);
    }

    @Test
    void whatAGameHasNotBegunTheNextOneDoesBeforeAllThatCameSince() throws Exception {
        left = Map.of(1L, List.of(CommandTuple.text("early")));
        link.start(new WrittenPortal(), List.of());
        mayEnd = new CountDownLatch(1);
        Thread reload = Thread.ofPlatform().start(this::reload);
        Await.until("it ends", () -> told.contains("1 stops"));
        link.dataIn(1, List.of(CommandTuple.text("late")));
        release();
        reload.join();
        assertEquals(
                List.of("2: 1 says early", "2: 1 says late"),
                told.stream().filter(line -> line.contains("says")).toList());
    }

    @Test
    void whoComesAndGoesMeanwhileLeavesNothingToBeDone() throws Exception {
        link.connected(session(9));
        for (int i = 0; i < 100; i++) {
            link.dataIn(9, List.of(CommandTuple.text("line " + i)));
        }
        link.dataIn(1, List.of(CommandTuple.text("mine")));
        link.disconnected(9, "gone");
        link.start(new WrittenPortal(), List.of());
        assertEquals(
                List.of("1 starts with []", "1: 9 connects", "1: 1 says mine", "1: 9 is gone"),
                told);
    }

    @Test
    void whatIsSaidMeanwhileIsToldToTheNextGameOnceAndInOrder() throws Exception {
        link.start(new WrittenPortal(), List.of());
        mayEnd = new CountDownLatch(1);
        Thread reload = Thread.ofPlatform().start(this::reload);
        Await.until("it ends", () -> told.contains("1 stops"));
        assertEquals(State.AWAY, link.state());
        link.connected(session(1)); // is among those whom the next game is given
        link.connected(session(9)); // is gone by then
        link.disconnected(9, "gone");
        for (int i = 0; i < 100; i++) {
            link.dataIn(1, List.of(CommandTuple.text("line " + i)));
        }
        link.settled(1);
        release();
        reload.join();
        List<String> expected = new ArrayList<>();
        expected.add("2 starts with [1]");
        expected.add("2: 9 connects");
        expected.add("2: 9 is gone");
        for (int i = 0; i < 100; i++) {
            expected.add("2: 1 says line " + i);
        }
        expected.add("2: 1 has settled");
        expected.add("the portal knows");
        assertEquals(expected, told.subList(2, told.size()));
    }

    @Test
    void gameThatCannotStartLeavesTheSessionsWaitingForTheNextTry() throws IOException {
        link.start(new WrittenPortal(), List.of());
        fails = true;
        assertThrows(IOException.class, () -> link.reload(List::of));
        assertEquals(State.AWAY, link.state());
        link.dataIn(1, List.of(CommandTuple.text("hello")));
        fails = false;
        link.reload(() -> List.of(session(1)));
        assertEquals(
                List.of("3 starts with [1]", "3: 1 says hello", "the portal knows"),
                told.subList(told.size() - 3, told.size()));
    }

    private void reload() {
        try {
            link.reload(() -> List.of(session(1)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void release() {
        CountDownLatch latch = mayEnd;
        if (latch != null) {
            latch.countDown();
        }
    }

    private static SessionSync session(long id) {
        return SessionSync.opened(id, "telnet", "192.0.2.7", ClientFacts.NONE, Instant.EPOCH);
    }

    /** Writes down what it is told. */
    private final class WrittenGame implements GameSide {
        private final int number;

        WrittenGame(int number) {
            this.number = number;
        }

        @Override
        public void start(PortalSide portal, List<SessionSync> sessions) throws IOException {
            if (fails) {
                throw new IOException("It cannot.");
            }
            told.add(
                    number + " starts with " + sessions.stream().map(SessionSync::sessid).toList());
        }

        @Override
        public void stop() {
            told.add(number + " stops");
            CountDownLatch latch = mayEnd;
            if (latch != null) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public Map<Long, List<CommandTuple>> left() {
            return left;
        }

        @Override
        public void connected(SessionSync session) {
            told.add(number + ": " + session.sessid() + " connects");
        }

        @Override
        public void resumed(SessionSync session) {
            told.add(number + ": " + session.sessid() + " is resumed");
        }

        @Override
        public void factsChanged(long sessid, ClientFacts facts) {
            told.add(number + ": " + sessid + " has facts");
        }

        @Override
        public void settled(long sessid) {
            told.add(number + ": " + sessid + " has settled");
        }

        @Override
        public void dataIn(long sessid, List<CommandTuple> commands) {
            told.add(number + ": " + sessid + " says " + commands.getFirst().argument(0));
        }

        @Override
        public void disconnected(long sessid, String reason) {
            told.add(number + ": " + sessid + " is " + reason);
        }

        @Override
        public void writable(long sessid, boolean writable) {
            told.add(number + ": " + sessid + " is writable: " + writable);
        }
    }

    /** Writes down that it knows of a restart. */
    private final class WrittenPortal implements PortalSide {
        @Override
        public void reloaded(long awayNanos) {
            told.add("the portal knows");
        }

        @Override
        public void dataOut(long sessid, List<CommandTuple> commands) {}

        @Override
        public void consumed(long sessid, int commands) {}

        @Override
        public void loggedIn(long sessid, long account, String name) {}

        @Override
        public void sync(long sessid, List<SessionChange> changes) {}

        @Override
        public void disconnect(long sessid, String reason) {}

        @Override
        public void connectOutwards(
                String kind, Login account, Map<String, @Nullable Object> config) {}
    }
}
