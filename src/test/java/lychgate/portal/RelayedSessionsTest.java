package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Admission.Admitted;
import lychgate.plugin.Limits;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.PortalSessionHandler.Registration;
import lychgate.plugin.RelayedSessions;
import lychgate.session.Activity;
import lychgate.session.BrowserLogins;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.Fact;
import lychgate.session.GameData;
import lychgate.session.PortalSession;
import lychgate.session.Presence;
import lychgate.session.SessionChange;
import lychgate.session.SessionNumber;
import lychgate.session.SessionSync;
import lychgate.testing.CountingMeters;
import lychgate.testing.RecordingGame;
import lychgate.testing.RecordingPortal;
import lychgate.testing.RecordingSession;
import lychgate.text.Markup;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Sessions whose clients are connected to another portal. */
class RelayedSessionsTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final long ID = SessionNumber.first(3, START) + 1;

    private final RecordingGame game = new RecordingGame();
    private final CountingMeters meters = new CountingMeters();
    private final Relay relay = new Relay();
    private long nanos = TimeUnit.DAYS.toNanos(7);
    private Instant time = START;
    private Limits limits = RecordingPortal.ROOMY;
    private final PortalSessions sessions =
            new PortalSessions(
                    game,
                    new SessionIds(Path.of("unopened")),
                    () -> limits,
                    BrowserLogins.NONE,
                    meters,
                    () -> time,
                    () -> nanos);
    private final RelayedSessions relayed = sessions.relayed();

    /** What the other portal is told. */
    private static final class Relay implements PortalSession {
        private final List<String> told = new ArrayList<>();

        List<String> told() {
            List<String> now = List.copyOf(told);
            told.clear();
            return now;
        }

        @Override
        public void dataOut(List<CommandTuple> commands) {
            commands.forEach(command -> told.add(command.name() + " " + command.argument(0)));
        }

        @Override
        public void consumed(int commands) {
            told.add("consumed " + commands);
        }

        @Override
        public void begun() {
            told.add("begun");
        }

        @Override
        public void loggedIn(long account, String name) {
            told.add("logged in as " + name + ", " + account);
        }

        @Override
        public void changed(List<SessionChange> changes) {
            told.add("changed " + changes);
        }

        @Override
        public void atReload() {
            told.add("at reload");
        }

        @Override
        public void disconnect(String reason) {
            disconnect(reason, Departure.OVER);
        }

        @Override
        public void disconnect(String reason, Departure why) {
            told.add("disconnect " + reason + " " + why);
        }
    }

    @BeforeEach
    void startGame() {
        game.start(sessions, List.of());
    }

    // From the other portal.

    @Test
    void gameHearsOfASessionFromItsBeginningToItsEndInOrder() {
        Registration registration = relayed.open(relay, guest());
        relayed.facts(relay, ClientFacts.NONE.with(Fact.WIDTH, 100, "NAWS"));
        sessions.settled(relay);
        relayed.dataIn(relay, List.of(CommandTuple.text("hello"), CommandTuple.of("ping", 1)));
        sessions.writable(relay, false);
        sessions.writable(relay, true);
        sessions.disconnect(relay, "gone");
        game.hears(
                        ID + " connected",
                        ID + " facts [width: 100 (NAWS)]",
                        ID + " settled",
                        ID + " text hello",
                        ID + " ping [1] {}",
                        ID + " unwritable",
                        ID + " writable",
                        ID + " disconnected: gone")
                .hasHeardNothingMore();
        assertEquals(ID, registration.id());
        assertEquals(List.of("consumed 2"), relay.told());
        assertEquals(List.of(), sessions.ids());
    }

    @Test
    void sessionThatExistedBeforeIsResumedWithItsAccount() {
        SessionSync before = guest().withLogin(5, "anna");
        Registration registration = relayed.resume(relay, before, true);
        game.hears(ID + " resumed as anna").hasHeardNothingMore();
        assertEquals(ID, registration.id());
        assertEquals(1, sessions.loggedIn());
        assertEquals(List.of(before), sessions.syncs());
        sessions.disconnect(relay, "gone");
        assertEquals(0, sessions.loggedIn());
    }

    @Test
    void whatItHasDoneAtItsOwnPortalCounts() {
        Instant opened = START.minusSeconds(3600);
        Activity activity = new Activity(opened, START.minusSeconds(60), opened, 99);
        relayed.resume(relay, guest().with(activity), true);
        OpenSession session = Objects.requireNonNull(sessions.get(ID));
        assertEquals(Duration.ofHours(1), session.age());
        assertEquals(Duration.ofMinutes(1), session.idle());
        relayed.dataIn(relay, List.of(CommandTuple.text("hello")));
        assertEquals(Duration.ZERO, session.idle());
        assertEquals(100, sessions.syncs().getFirst().activity().cmdTotal());
    }

    @Test
    void clockOfAnotherPortalMayBeAhead() {
        time = START.minusSeconds(10);
        relayed.open(relay, guest());
        assertEquals(Duration.ZERO, Objects.requireNonNull(sessions.get(ID)).age());
    }

    @Test
    void secondSessionOfANumberIsRefusedAndTheFirstGoesOn() {
        relayed.open(relay, guest());
        Relay second = new Relay();
        assertThrows(IllegalStateException.class, () -> relayed.open(second, guest()));
        assertThrows(IllegalStateException.class, () -> relayed.resume(second, guest(), true));
        relayed.dataIn(second, List.of(CommandTuple.text("who am I")));
        relayed.dataIn(relay, List.of(CommandTuple.text("hello")));
        game.hears(ID + " connected", ID + " text hello").hasHeardNothingMore();
        assertEquals(Map.of("opened telnet", 1L), meters.counts("opened"));
    }

    @Test
    void inputIsNeitherLimitedNorCleanedNorEchoedAgainButCounted() {
        limits = limits(1, 0, 0);
        relayed.open(relay, guest().with(ClientFacts.NONE.with(Fact.LOCALECHO, true, "TTYPE")));
        for (int i = 0; i < 50; i++) {
            relayed.dataIn(relay, List.of(CommandTuple.text("x\u0007")));
        }
        assertEquals(50, game.lines().size());
        assertEquals("x\u0007", game.lines().getLast());
        assertEquals(Map.of("lines IN", 50L), meters.counts("lines"));
        assertEquals(
                List.of(), relay.told().stream().filter(t -> !t.equals("consumed 1")).toList());
    }

    @Test
    void presenceIsTold() {
        relayed.open(relay, guest());
        relayed.dataIn(relay, List.of(Presence.away()));
        OpenSession session = Objects.requireNonNull(sessions.get(ID));
        nanos += TimeUnit.SECONDS.toNanos(3);
        assertEquals(Duration.ofSeconds(3), session.absence());
        game.portal().reloaded(1); // its own portal tells the game again
        relayed.dataIn(relay, List.of(Presence.back(Duration.ofSeconds(3))));
        assertEquals(null, session.absence());
        assertEquals(1, game.told("session_away").size());
        assertEquals(1, game.told("session_back").size());
        assertEquals(List.of("consumed 1", "at reload", "consumed 1"), relay.told());
    }

    @Test
    void clientThatChangesItsConnectionIsListedWhereItIs() {
        relayed.open(relay, guest());
        relayed.moved(relay, "websocket", "2001:db8::9");
        SessionSync sync = sessions.syncs().getFirst();
        assertEquals("websocket", sync.origin().protocolKey());
        assertEquals("2001:db8::9", sync.origin().address());
        assertEquals(Map.of("moved telnet to websocket", 1L), meters.counts("moved"));
        game.hears(ID + " connected").hasHeardNothingMore();
    }

    // From the game.

    @Test
    void itsPortalIsToldAllThatTheGameDoesInOrder() {
        relayed.open(relay, guest());
        List<SessionChange> changes = List.of(new SessionChange.ServerDataChanged(Map.of("x", 1)));
        game.portal().begun(ID);
        game.text(ID, "Welcome");
        game.portal().loggedIn(ID, 5, "anna");
        game.portal().sync(ID, changes);
        game.portal().consumed(ID, 2);
        game.portal().reloaded(7);
        game.disconnect(ID, "Bye.");
        assertEquals(
                List.of(
                        "begun",
                        "text Welcome",
                        "logged in as anna, 5",
                        "changed " + changes,
                        "consumed 2",
                        "at reload",
                        "disconnect Bye. OVER"),
                relay.told());
        assertEquals(Map.of("x", 1L), sessions.syncs().getFirst().data().serverData());
    }

    @Test
    void endOfATurnIsToldToWhoeverListens() {
        List<String> heard = new ArrayList<>();
        relayed.whenReloaded(away -> heard.add("reloaded after " + away));
        relayed.whenTurnEnds(() -> heard.add("turn ends after " + relay.told().size()));
        relayed.whenTurnEnds(
                () -> {
                    throw new IllegalStateException("a test has it fail");
                });
        relayed.whenTurnEnds(() -> heard.add("and again"));
        relayed.open(relay, guest());
        game.text(ID, "one");
        game.text(ID, "two");
        game.portal().turnEnds();
        game.portal().reloaded(7);
        assertEquals(
                List.of(
                        "turn ends after 2",
                        "and again",
                        "reloaded after 7",
                        "turn ends after 1",
                        "and again"),
                heard);
    }

    // From this portal.

    @Test
    void whoComesWhileTheGameIsAwayHasBeenToldByTheirOwnPortal() {
        game.away(TimeUnit.SECONDS.toNanos(2));
        relayed.resume(relay, guest(), true);
        AbsenceNotice notice = new AbsenceNotice(sessions, game, () -> nanos);
        nanos += TimeUnit.SECONDS.toNanos(2);
        notice.run();
        assertEquals(List.of(), relay.told());
        nanos += TimeUnit.SECONDS.toNanos(60); // it has come back, and is away again
        notice.run();
        assertEquals(1, relay.told().size());
    }

    @Test
    void whoComesWhileTheGameIsAwayAndHasNotBeenToldIsToldHere() {
        game.away(TimeUnit.SECONDS.toNanos(2));
        relayed.resume(relay, guest(), false);
        AbsenceNotice notice = new AbsenceNotice(sessions, game, () -> nanos);
        nanos += TimeUnit.SECONDS.toNanos(2);
        notice.run();
        notice.run();
        assertEquals(1, relay.told().size());
    }

    @Test
    void whatThisPortalSaysIsFollowedByTheEndOfATurn() {
        List<List<String>> turns = new ArrayList<>();
        relayed.whenTurnEnds(() -> turns.add(relay.told()));
        relayed.open(relay, guest());
        nanos += TimeUnit.MINUTES.toNanos(1);
        game.away(TimeUnit.SECONDS.toNanos(2));
        AbsenceNotice notice = new AbsenceNotice(sessions, game, () -> nanos);
        notice.run();
        notice.run();
        sessions.endAll(Markup.of("The gate closes."), Departure.STOPPING);
        assertEquals(
                List.of(
                        List.of(
                                "text |yThe game is away for a moment. What you type is kept, and"
                                        + " done when it is back.|n"),
                        List.of("disconnect The gate closes. STOPPING")),
                turns);
    }

    @Test
    void stopOfThisPortalIsNotTheEndOfTheSessionUnlessItsTransportSaysSo() {
        relayed.open(relay, guest());
        sessions.endAll(Markup.of("The gate closes."), Departure.STOPPING);
        game.hears(ID + " connected").hasHeardNothingMore();
        assertEquals(List.of(ID), sessions.ids());
        sessions.disconnect(relay, "gone");
        game.hears(ID + " disconnected: gone");
    }

    @Test
    void playerIsToldWhenTooMuchWaitsForAGameThatIsAway() {
        game.neverConsumes();
        relayed.open(relay, guest());
        game.away(TimeUnit.SECONDS.toNanos(2));
        for (int i = 0; i < InputWindow.MAX_COMMANDS; i++) {
            assertEquals(List.of(), relay.told());
            relayed.dataIn(relay, List.of(CommandTuple.text("hello")));
        }
        assertEquals(
                List.of(
                        "text |yThe game is still away: what you type now is read when it is"
                                + " back.|n"),
                relay.told());
        assertEquals(InputWindow.MAX_COMMANDS, game.lines().size());
    }

    @Test
    void sweepLeavesItToItsOwnPortal() {
        limits = limits(0, 10, 20);
        RecordingSession here = new RecordingSession();
        relayed.open(relay, guest());
        sessions.connect(here, new Opening("ssh", "192.0.2.8", ClientFacts.NONE));
        nanos += TimeUnit.HOURS.toNanos(1);
        new SessionSweep(sessions, () -> limits, meters).run();
        assertEquals(List.of(), relay.told());
        assertTrue(here.hasDone());
    }

    @Test
    void drainWaitsOnlyForThoseWhoseClientsAreHere() {
        List<String> stops = new ArrayList<>();
        ConnectionLimits doors = new ConnectionLimits(() -> limits, 1000, _ -> null, () -> nanos);
        Drain drain = Drain.of(sessions, doors, () -> nanos, () -> stops.add("stop"));
        RecordingSession here = new RecordingSession();
        sessions.connect(here, new Opening("ssh", "192.0.2.8", ClientFacts.NONE));
        relayed.open(relay, guest());
        relayed.dataIn(relay, List.of(Presence.away()));
        drain.begin(Duration.ZERO);
        assertFalse(drain.admitRelayed() instanceof Admitted);
        assertTrue(drain.admitResumed() instanceof Admitted);
        drain.look();
        assertEquals(List.of(), stops);
        sessions.disconnect(here, "done");
        drain.look();
        assertEquals(List.of("stop"), stops);
    }

    @Test
    void itIsCountedUnderItsOwnProtocol() {
        relayed.open(relay, guest());
        sessions.disconnect(relay, "gone");
        assertEquals(Map.of("opened telnet", 1L), meters.counts("opened"));
        assertEquals(Map.of("closed telnet", 1L), meters.counts("closed"));
    }

    private static Limits limits(int commandsPerSecond, int loginSeconds, int idleSeconds) {
        return new Limits(
                0, 0, 0, commandsPerSecond, 6000, 65536, 1 << 20, loginSeconds, idleSeconds, 0);
    }

    private static SessionSync guest() {
        return SessionSync.opened(ID, "telnet", "192.0.2.7", ClientFacts.NONE, START)
                .with(new GameData(Map.of("room", 3L), Map.of("more", "kept")));
    }
}
