package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.portal.TestedSessions;
import lychgate.session.BrowserLogins;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameLink.State;
import lychgate.session.Weight;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The contract of every game link; the test of each link implements it. */
public interface GameLinkContract {
    /** A link that is not started. */
    LinkedGame linkedGame(LongSupplier nanoTime);

    @Test
    default void sessionsConnectTalkAndHearInOrder() throws IOException {
        try (Gate gate = new Gate(this)) {
            gate.game.comes();
            RecordingSession anna = gate.connects();
            RecordingSession bert = gate.connects();
            List<String> expected =
                    new ArrayList<>(List.of("knows []", "1 connected", "2 connected"));
            for (int i = 0; i < 50; i++) {
                gate.types(anna, "line " + i);
                expected.add("1 says line " + i);
            }
            gate.types(bert, "hello");
            expected.add("2 says hello");
            gate.hears(expected);
            gate.did(anna, "text Welcome");
            gate.did(bert, "text Welcome");
            for (int i = 0; i < 50; i++) {
                gate.game.says(1, "answer " + i);
            }
            for (int i = 0; i < 50; i++) {
                gate.did(anna, "text answer " + i);
            }
            gate.didNothingMore(bert);
        }
    }

    @Test
    default void endIsToldToTheOtherSide() throws IOException {
        try (Gate gate = new Gate(this)) {
            gate.game.comes();
            RecordingSession anna = gate.connects();
            RecordingSession bert = gate.connects();
            gate.did(bert, "text Welcome");
            gate.sessions.disconnect(anna, "gone");
            gate.game.disconnects(2, "Bye.");
            gate.did(bert, "disconnect Bye.");
            gate.sessions.disconnect(bert, "Bye.");
            gate.hears(
                    List.of(
                            "knows []",
                            "1 connected",
                            "2 connected",
                            "1 disconnected",
                            "2 disconnected"));
            assertEquals(List.of(), gate.sessions.ids());
        }
    }

    @Test
    default void whatIsTypedDuringARestartIsDoneOnceAndInOrder() throws IOException {
        try (Gate gate = new Gate(this)) {
            gate.game.comes();
            RecordingSession anna = gate.connects();
            gate.did(anna, "text Welcome");
            gate.types(anna, "before");
            gate.hears(List.of("knows []", "1 connected", "1 says before"));
            gate.game.goes();
            assertEquals(State.AWAY, gate.game.link().state());
            List<String> expected = new ArrayList<>(gate.game.heard());
            expected.add("knows [1]");
            for (int i = 0; i < 50; i++) {
                gate.types(anna, "during " + i);
                expected.add("1 says during " + i);
            }
            gate.game.comes();
            gate.types(anna, "after");
            expected.add("1 says after");
            gate.hears(expected);
            gate.game.goes();
            gate.game.comes();
            expected.add("knows [1]");
            gate.hears(expected);
            gate.didNothingMore(anna);
        }
    }

    @Test
    default void whoComesBeforeTheGameIsWelcomedWhenItIsThere() throws IOException {
        try (Gate gate = new Gate(this)) {
            RecordingSession anna = gate.connects();
            gate.types(anna, "early");
            gate.game.comes();
            gate.hears(List.of("knows []", "1 connected", "1 says early"));
            gate.did(anna, "text Welcome");
        }
    }

    @Test
    default void whoComesDuringARestartIsKnownToTheNextGameAndWhoGoesIsNot() throws IOException {
        try (Gate gate = new Gate(this)) {
            gate.game.comes();
            RecordingSession anna = gate.connects();
            RecordingSession bert = gate.connects();
            gate.did(anna, "text Welcome");
            gate.did(bert, "text Welcome");
            gate.game.goes();
            RecordingSession cora = gate.connects();
            gate.types(cora, "new here");
            gate.sessions.disconnect(bert, "gone");
            gate.game.comes();
            Await.until("cora in " + gate.game.heard(), () -> gate.said("3 says new here"));
            assertEquals(1, gate.times("3 connected") + gate.times("knows [1, 3]"));
            assertEquals(0, gate.times("knows [1, 2]") + gate.times("knows [1, 2, 3]"));
            assertEquals(1, gate.times("1 connected"));
            gate.did(cora, "text Welcome");
            gate.game.says(3, "hello");
            gate.did(cora, "text hello");
        }
    }

    @Test
    default void accountsAreLoggedInAfterARestart() throws IOException {
        try (Gate gate = new Gate(this)) {
            gate.game.comes();
            RecordingSession anna = gate.connects();
            gate.did(anna, "text Welcome");
            gate.game.logsIn(1, 7, "anna");
            gate.did(anna, "at login");
            gate.game.goes();
            gate.game.comes();
            assertEquals("anna", gate.game.accountKnown(1));
            assertEquals(1, gate.sessions.loggedIn());
        }
    }

    @Test
    default void whoWaitsLongerThanASecondIsToldOnceEachTime() throws IOException {
        try (Gate gate = new Gate(this)) {
            gate.game.comes();
            RecordingSession anna = gate.connects();
            gate.did(anna, "text Welcome");
            gate.game.goes();
            gate.passes(900);
            gate.game.comes();
            gate.didNothingMore(anna);
            for (int i = 0; i < 2; i++) {
                gate.game.goes();
                gate.passes(1_100);
                RecordingSession late = gate.connects();
                gate.passes(900);
                gate.did(anna, Gate.AWAY);
                gate.didNothingMore(late);
                gate.passes(200);
                gate.did(late, Gate.AWAY);
                gate.passes(5_000);
                gate.didNothingMore(anna);
                gate.didNothingMore(late);
                gate.sessions.disconnect(late, "gone");
                gate.game.comes();
                gate.passes(5_000);
                gate.didNothingMore(anna);
            }
        }
    }

    @Test
    default void whoTypesMoreThanIsKeptIsToldAndReadNoFurtherUntilTheGameIsBack()
            throws IOException {
        try (Gate gate = new Gate(this)) {
            gate.game.comes();
            RecordingSession anna = gate.connects();
            gate.did(anna, "text Welcome");
            gate.game.goes();
            for (int i = 0; i < TestedSessions.MAX_COMMANDS; i++) {
                gate.didNothingMore(anna);
                gate.types(anna, "\u00e4" + i % 10);
            }
            gate.did(anna, "hold");
            gate.did(
                    anna,
                    "text |yThe game is still away: what you type now is read when it is back.|n");
            assertEquals(64, gate.portal.linkStatus().heldCommands());
            assertEquals(
                    64L * Weight.of(CommandTuple.text("\u00e40")),
                    gate.portal.linkStatus().heldBytes());
            assertEquals(1, gate.portal.linkStatus().refusedInput());
            gate.game.comes();
            gate.did(anna, "go on");
            Await.until("all", () -> gate.said("1 says \u00e43"));
            assertEquals(0, gate.portal.linkStatus().heldCommands());
        }
    }

    @Test
    default void timeWithoutTheGameIsKnownAndCounted() throws IOException {
        try (Gate gate = new Gate(this)) {
            gate.passes(3_000);
            assertTrue(gate.game.link().awayNanos() >= TimeUnit.SECONDS.toNanos(3));
            gate.game.comes();
            assertEquals(0, gate.game.link().awayNanos());
            assertTrue(gate.portal.linkStatus().up());
            gate.game.goes();
            gate.passes(75_000);
            assertTrue(gate.game.link().awayNanos() >= TimeUnit.SECONDS.toNanos(75));
            assertTrue(gate.portal.linkStatus().away().toSeconds() >= 75);
            gate.game.comes();
            Await.equal(1L, () -> gate.meters.count("back"));
        }
    }

    /** The portal's side of a link: sessions, and a clock that can be put forward. */
    final class Gate implements AutoCloseable {
        private static final String AWAY =
                "text |yThe game is away for a moment. What you type is kept, and done when it is"
                        + " back.|n";

        private final AtomicLong later = new AtomicLong();
        private final CountingMeters meters = new CountingMeters();
        private final LinkedGame game;
        private final TestedSessions portal;
        private final PortalSessionHandler sessions;

        Gate(GameLinkContract contract) throws IOException {
            LongSupplier nanoTime = () -> System.nanoTime() + later.get();
            game = contract.linkedGame(nanoTime);
            portal =
                    new TestedSessions(
                            game.link(),
                            RecordingPortal.ROOMY,
                            BrowserLogins.NONE,
                            meters,
                            nanoTime);
            sessions = portal.handler();
            game.starts(portal.side(), portal::syncs);
        }

        private RecordingSession connects() {
            RecordingSession session = new RecordingSession();
            sessions.connect(session, new Opening("test", "192.0.2.1", ClientFacts.NONE));
            return session;
        }

        private void types(RecordingSession session, String line) {
            sessions.dataIn(session, CommandTuple.text(line));
        }

        private void passes(long millis) {
            later.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
            portal.lookAtLink();
        }

        private void hears(List<String> expected) {
            Await.until(
                    expected + " in " + game.heard(), () -> game.heard().size() >= expected.size());
            assertEquals(expected, game.heard());
        }

        private boolean said(String line) {
            return times(line) > 0;
        }

        private long times(String line) {
            return game.heard().stream().filter(line::equals).count();
        }

        private void did(RecordingSession session, String expected) {
            Await.until(expected, session::hasDone);
            assertEquals(expected, session.next());
        }

        private void didNothingMore(RecordingSession session) {
            assertEquals(List.of(), session.did());
        }

        @Override
        public void close() {
            game.close();
        }
    }
}
