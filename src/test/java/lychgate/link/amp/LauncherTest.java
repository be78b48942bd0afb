package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.PickleReader;
import lychgate.amp.Pickled.Tuple;
import lychgate.amp.Repr;
import lychgate.evennia.wire.Operation;
import lychgate.session.GameLink.State;
import lychgate.testing.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What Evennia's launcher asks for, and how the game is started, stopped and looked after. */
class LauncherTest {
    /** What {@code evennia status} sends. */
    private static final String STATUS =
            "00045f61736b00013100085f636f6d6d616e6400094d7367537461747573000673746174757300000000";

    private static final List<String> ARGV =
            List.of(
                    "twistd",
                    "--python=/evil.py",
                    "--logger=evennia.utils.logger.GetServerLogObserver",
                    "--pidfile=/game/server/server.pid");

    private final ListeningLink link = new ListeningLink();

    @AfterEach
    void stop() {
        link.close();
    }

    @Test
    void statusIsTheSixThingsThatTheLauncherPrints() throws Exception {
        link.listens(true);
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.sends(HexFormat.of().parseHex(STATUS));
            Tuple status = status(launcher);
            assertEquals(true, status.items().get(0));
            assertEquals(false, status.items().get(1));
            assertEquals(ProcessHandle.current().pid(), status.items().get(2));
            assertEquals(null, status.items().get(3));
            assertEquals(
                    "{'servername': 'Elm', 'version': 'Lychgate 1.2', 'errors': '', 'info': '',"
                            + " 'lockdown_mode': '', 'amp': 'amp: 4006',"
                            + " 'telnet': ['telnet: 4000'], 'telnet_ssl': [], 'ssh': [],"
                            + " 'webclient': [], 'webserver_proxy': [],"
                            + " 'webserver_internal': []}",
                    Repr.of(status.items().get(4)));
            assertEquals("{}", Repr.of(status.items().get(5)));
        }
    }

    @Test
    void statusOfAGameThatIsThereHasItsProcessAndWhatItSaysOfItself() throws Exception {
        link.listens(true);
        try (FakeGame game = link.game(7);
                FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.sends(HexFormat.of().parseHex(STATUS));
            Tuple status = status(launcher);
            assertEquals(true, status.items().get(1));
            assertEquals(7L, status.items().get(3));
            assertTrue(Repr.of(status.items().get(5)).contains("'version': '5.0.1'"));
            game.awaits("PSYNC shutdown []");
        }
    }

    @Test
    void whoMayBeAnybodyIsNotToldWhichProcessesThereAre() throws Exception {
        link.listens(true);
        link.connectionsAreOf(new Peers.Unknown());
        try (FakeGame game = link.game(7);
                FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.sends(HexFormat.of().parseHex(STATUS));
            Tuple status = status(launcher);
            assertEquals(null, status.items().get(2));
            assertEquals(null, status.items().get(3));
            assertEquals(true, status.items().get(1));
            launcher.orders(Operation.SRELOAD, List.of());
            game.awaits("SRELOAD reload").dies();
            awaitsPush(launcher, "(True, False, None, None, ");
        }
    }

    @Test
    void launcherOfTheGamesOwnerIsObeyedAndOfNoOtherUser() {
        link.listens(true);
        link.connectionsAreOf(new Peers.User(ListeningLink.GAMES_USER));
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.orders(Operation.SSTART, ARGV);
            link.awaits("started");
        }
        link.connectionsAreOf(new Peers.User(65_534));
        try (FakeGame other = FakeGame.stranger(link.port())) {
            other.orders(Operation.PSHUTD, ARGV).awaitsEnd();
        }
        try (FakeGame other = FakeGame.stranger(link.port())) {
            other.sends(HexFormat.of().parseHex(STATUS)).awaitsEnd();
            assertEquals(List.of(), other.messages());
        }
        assertEquals(List.of("started"), link.did());
    }

    @Test
    void startStartsTheConfiguredServerAndTellsWhenItIsThere() {
        link.listens(true);
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.orders(Operation.SSTART, ARGV);
            link.awaits("started");
            try (FakeGame game = link.game(101)) {
                game.awaits("PSYNC shutdown []");
                awaitsPush(launcher, "(True, True, ");
                launcher.orders(Operation.SSTART, ARGV);
                Await.until("both answers", () -> answers(launcher) == 2);
            }
        }
        assertEquals(List.of("started"), link.did());
    }

    @Test
    void optionsForWatchingTheServerAreTakenFromTheLauncher() {
        link.listens(true);
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.orders(
                    Operation.SSTART,
                    List.of("twistd", "--savestats", "--profiler=cprofile", "--profile=/x", "-n"));
            link.awaits("started --savestats --profiler=cprofile --profile=/x");
        }
    }

    @Test
    void startIsRefusedWhereNobodyKnowsWhereTheGameIs() {
        link.listens(false);
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.orders(Operation.SSTART, ARGV).hears("EXCEPTION");
        }
    }

    @Test
    void reloadIsToldWhenTheGameIsGoneAndThenTheLauncherHasItStarted() {
        link.listens(true);
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            try (FakeGame game = link.game(7)) {
                launcher.orders(Operation.SRELOAD, List.of());
                game.awaits("SRELOAD reload");
                link.ends(7);
            }
            awaitsPush(launcher, "(True, False, ");
            assertEquals(List.of(), link.did());
            launcher.orders(Operation.SSTART, ARGV);
            link.awaits("started");
            try (FakeGame game = link.game(101)) {
                game.hears("PSYNC reload []");
                awaitsPush(launcher, "(True, True, ");
            }
        }
    }

    @Test
    void launcherThatGoesAwayInTheMiddleOfAReloadDoesNotLeaveTheGameStopped() {
        link.listens(true);
        try (FakeGame launcher = FakeGame.stranger(link.port());
                FakeGame game = link.game(7)) {
            launcher.orders(Operation.SRELOAD, List.of());
            game.awaits("SRELOAD reload");
            link.ends(7);
        }
        Await.equal(State.AWAY, link.link()::state);
        link.after(Duration.ofSeconds(6));
        link.awaits("started");
    }

    @Test
    void stopStopsTheGameAndThenThePortal() {
        link.listens(true);
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            try (FakeGame game = link.game(7)) {
                launcher.orders(Operation.SSHUTD, List.of());
                game.awaits("SSHUTD shutdown");
                link.ends(7);
            }
            awaitsPush(launcher, "(True, False, ");
            launcher.orders(Operation.PSHUTD, List.of()).awaitsEnd();
        }
        assertEquals(List.of(), link.did());
        link.after(Duration.ofSeconds(3));
        link.awaits("portal stopped");
        assertEquals(List.of("portal stopped"), link.did());
    }

    @Test
    void launcherThatComesBackToStartWhatItStoppedHasThePortalStay() {
        link.listens(true);
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.orders(Operation.PSHUTD, List.of()).awaitsEnd();
        }
        link.after(Duration.ofSeconds(2));
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.orders(Operation.SSTART, ARGV);
            link.awaits("started");
        }
        link.after(Duration.ofSeconds(30));
        try (FakeGame game = link.game(101)) {
            game.hears("PSYNC shutdown []");
        }
        assertEquals(List.of("started"), link.did());
    }

    @Test
    void launcherThatStopsThePortalTwiceHasItStoppedAtOnce() {
        link.listens(true);
        for (int i = 0; i < 2; i++) {
            try (FakeGame launcher = FakeGame.stranger(link.port())) {
                launcher.orders(Operation.PSHUTD, List.of());
                if (i == 0) {
                    launcher.awaitsEnd();
                }
            }
        }
        link.awaits("portal stopped");
    }

    @Test
    void gameThatShutsDownTakesThePortalWithIt() {
        link.listens(true);
        try (FakeGame game = link.game(7)) {
            game.admin(Operation.PSHUTD, 0, Map.of()).awaits("SSHUTD shutdown");
            assertEquals(List.of(), link.did());
        }
        link.awaits("portal stopped");
    }

    @Test
    void gameThatAsksToBeRestartedIsStartedOnceItsProcessHasEnded() {
        link.listens(true);
        try (FakeGame game = link.game(7)) {
            game.admin(Operation.SRELOAD, 0, Map.of()).awaits("SRELOAD reload");
        }
        Await.equal(State.AWAY, link.link()::state);
        link.after(Duration.ofSeconds(1));
        assertEquals(List.of(), link.did());
        link.ends(7);
        link.awaits("started");
    }

    @Test
    void gameThatWeStartedAndThatDiesIsStartedAgainAtOnceThenMoreAndMoreSlowly() {
        link.listens(true);
        link.restarts();
        link.awaits("started");
        for (int death = 0; death < 2; death++) {
            long pid = 101L + death;
            try (FakeGame game = link.game(pid)) {
                game.awaits("PSYNC " + (death == 0 ? "shutdown" : "null") + " []");
                link.ends(pid);
            }
            Await.equal(State.AWAY, link.link()::state);
            int starts = death + 2;
            if (death > 0) {
                assertEquals(starts - 1, link.did().size());
                link.after(Duration.ofMillis(1_001));
            }
            Await.until("start " + starts, () -> link.did().size() == starts);
        }
    }

    @Test
    void portalKnowsWhenAGameHasComeBackAndNotWhenTheFirstOneComes() {
        link.listens(false);
        link.game(7).close();
        Await.equal(State.AWAY, link.link()::state);
        assertEquals(0, link.reloads());
        link.game(8).close();
        Await.equal(1, link::reloads);
    }

    @Test
    void gameThatSomebodyElseStartsIsNotRestartedFromHere() {
        link.listens(false);
        IOException why = assertThrows(IOException.class, () -> link.link().reload(List::of));
        assertEquals(
                "The game is not Lychgate's to start: set evennia.game_dir, or restart it where it"
                        + " was started (evennia reload).",
                why.getMessage());
    }

    @Test
    void gameThatHasOutlivedAPortalIsAwaitedAndNotStartedASecondTime() {
        link.outlived(7).listens(true);
        link.restarts();
        link.connects(1).after(Duration.ofSeconds(10));
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []", "1 PCONN");
        }
        assertTrue(link.did().stream().noneMatch("started"::equals));
    }

    @Test
    void gameThatCannotBeStartedIsTriedAgain() {
        link.cannotStart();
        link.listens(true);
        link.restarts();
        link.awaitsTold("The game could not be started: twistd ended with 1.");
        Await.until("three tries", this::triedAgain);
    }

    @Test
    void operatorIsToldOfARestartWhenTheGameIsBack() {
        link.listens(true);
        link.restarts();
        link.awaits("started");
        assertEquals(List.of(), link.told());
        try (FakeGame game = link.game(101)) {
            game.awaits("PSYNC shutdown []");
            link.awaitsTold("The game is back.");
        }
    }

    @Test
    void operatorIsNotToldOfALinkThatIsMadeAgainBeforeTheGameHasStopped() {
        link.listens(true);
        try (FakeGame game = link.game(7)) {
            link.restarts();
            game.awaits("SRELOAD reload");
        }
        Await.equal(State.AWAY, link.link()::state);
        try (FakeGame same = link.game(7)) {
            same.awaits("PSYNC null []");
            assertEquals(List.of(), link.told());
            link.ends(7);
        }
        try (FakeGame next = link.game(8)) {
            link.awaitsTold("The game is back.");
            next.awaits("PSYNC null []");
        }
    }

    @Test
    void operatorIsToldOfAGameThatDoesNotStop() {
        link.listens(true);
        try (FakeGame game = link.game(7)) {
            link.restarts();
            game.awaits("SRELOAD reload");
            link.after(Duration.ofSeconds(31));
            link.awaitsTold("The game was told to stop and has not: it keeps running.");
        }
    }

    @Test
    void operatorIsToldThatAnotherHasTheGameStopped() {
        link.listens(true);
        try (FakeGame game = link.game(7);
                FakeGame launcher = FakeGame.stranger(link.port())) {
            link.restarts();
            game.awaits("SRELOAD reload");
            launcher.orders(Operation.SSHUTD, List.of());
            link.awaitsTold("The game is not restarted: it has been told to stop.");
        }
    }

    @Test
    void operatorIsToldThatThePortalStopsBeforeTheGameIsBack() {
        link.listens(true);
        link.restarts();
        link.awaits("started");
        link.close();
        link.awaitsTold("The portal is stopping.");
    }

    private boolean triedAgain() {
        link.after(Duration.ofSeconds(1));
        return link.did().size() > 2;
    }

    @Test
    void gameThatStoppedByItselfIsNotStartedAgainAndGetsItsSessionsBack() {
        link.listens(true);
        link.restarts();
        link.awaits("started");
        link.connects(1);
        try (FakeGame game = link.game(101)) {
            game.awaits("1 PCONN").says(1, "Welcome");
            link.awaits("1 text Welcome");
            Map<Long, Object> sessions = Map.of(1L, Map.of("logged_in", true, "uid", 2, "puid", 3));
            game.admin(Operation.SSYNC, 0, Map.of("sessiondata", sessions));
            link.awaits("1 logged in as #2");
            link.ends(101);
        }
        Await.equal(State.AWAY, link.link()::state);
        link.after(Duration.ofMinutes(10));
        try (FakeGame game = link.game(9)) {
            game.hears("PSYNC reload [1]");
        }
        assertTrue(link.did().stream().filter("started"::equals).count() == 1);
    }

    @Test
    void gameThatSomebodyElseStartedIsNotStartedAgainWhenItDies() {
        link.listens(true);
        try (FakeGame game = link.game(7)) {
            game.awaits("PSYNC shutdown []");
            link.ends(7);
        }
        Await.equal(State.AWAY, link.link()::state);
        link.after(Duration.ofMinutes(10));
        try (FakeGame game = link.game(8)) {
            game.awaits("PSYNC null []");
        }
        assertEquals(List.of(), link.did());
    }

    private static Tuple status(FakeGame launcher) throws Exception {
        Await.until("a status", () -> answers(launcher) > 0);
        Answer answer = (Answer) launcher.messages().getFirst();
        byte[] status = Objects.requireNonNull(answer.results().get("status"));
        return (Tuple) Objects.requireNonNull(PickleReader.read(status, 1_000));
    }

    private static long answers(FakeGame launcher) {
        return launcher.messages().stream().filter(Answer.class::isInstance).count();
    }

    private static void awaitsPush(FakeGame launcher, String beginning) {
        Await.until(
                beginning + " in " + launcher.told(),
                () -> launcher.told().stream().anyMatch(line -> line.startsWith(beginning)));
    }
}
