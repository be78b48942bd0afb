package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Lychgate in place of Evennia's Portal, with a game that is played, restarted and killed. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EvenniaIT {
    private static final String RESTARTED = "' ... Server restarted.'";

    private final EvenniaGame game;
    private final Distribution portal;
    private final List<TelnetPeer> players = new ArrayList<>();
    private int accounts;

    EvenniaIT() throws IOException {
        game = EvenniaGame.create();
        portal = Distribution.inNewHome().set("limits.connections_per_second_per_address=0");
    }

    @BeforeAll
    void start() throws Exception {
        String said =
                portal.command(
                        "evennia",
                        "import",
                        game.folder().toString(),
                        "--python",
                        EvenniaGame.python().toString());
        assertEquals(portal.home().resolve("etc/lychgate.toml") + ": written\n", said);
        portal.start();
        assertTrue(game.launcher("start").contains("Evennia running."));
    }

    @AfterEach
    void leave() throws Exception {
        for (TelnetPeer player : players) {
            player.close();
        }
        players.clear();
    }

    @AfterAll
    void end() throws Exception {
        portal.close();
        game.close();
    }

    @Test
    @Order(1)
    void accountsAreMadeLogInLookAroundAndTalkToEachOther() {
        TelnetPeer anna = player();
        TelnetPeer bert = player();
        anna.types("look").skipsTo("'Limbo'");
        anna.types("say good morning").skipsTo("'You say, '");
        bert.skipsTo("'good morning'");
        bert.types("say and to you");
        anna.skipsTo("'and to you'");
    }

    @Test
    @Order(2)
    void configurationIsMadeOfTheGamesOwnSettings() throws IOException {
        String toml = Files.readString(portal.home().resolve("etc/lychgate.toml"));
        assertTrue(toml.contains("\nname = \"game\"\n"), toml);
        assertTrue(
                toml.contains("\n[amp]\ninterface = \"127.0.0.1\"\nport = " + game.port()), toml);
        assertTrue(toml.contains("\n[telnet.tls]\nenabled = false\n"), toml);
        assertTrue(toml.contains("\ngame_dir = \"" + game.folder() + "\"\n"), toml);
    }

    @Test
    @Order(2)
    void launcherSeesThePortalAndTheServer() throws IOException {
        String status = game.launcher("status");
        assertTrue(status.contains("Portal: RUNNING (pid " + portal.pid() + ")"), status);
        assertTrue(status.contains("Server: RUNNING (pid " + game.server() + ")"), status);
        String info = game.launcher("info");
        assertTrue(info.contains("Lychgate"), info);
        assertTrue(info.contains("telnet: " + portal.port("telnet")), info);
        assertEquals(
                Long.toString(portal.pid()),
                Files.readString(game.folder().resolve("server/portal.pid")));
    }

    @Test
    @Order(3)
    void reloadInTheGameKeepsThePlayersAndWhatTheyType() {
        TelnetPeer anna = player();
        TelnetPeer bert = player();
        TelnetPeer owner = connect().types("connect owner " + EvenniaGame.PASSWORD);
        owner.skipsTo("'Limbo'").types("@reload").skipsTo("'Server restart initiated'");
        bert.skipsTo("'The game is away for a moment.'");
        anna.types("say while it restarts");
        bert.skipsTo(RESTARTED).skipsTo("'while it restarts'");
        anna.skipsTo(RESTARTED).types("look").skipsTo("'Limbo'");
    }

    @Test
    @Order(4)
    void launcherReloadsAndResets() {
        TelnetPeer anna = player();
        for (String how : List.of("reload", "reset")) {
            game.launcher(how);
            anna.skipsTo(RESTARTED).types("look").skipsTo("'Limbo'");
        }
    }

    @Test
    @Order(5)
    void serverThatIsKilledIsStartedAgainAndEverybodyIsWhoHeWas() throws IOException {
        TelnetPeer anna = player();
        TelnetPeer bert = player();
        long killed = game.server();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        anna.skipsTo("'The game is away for a moment.'").types("say after the crash");
        bert.skipsTo("'after the crash'");
        assertFalse(killed == game.server());
    }

    @Test
    @Order(6)
    void playersWaitWhileTheServerIsStoppedAndNewOnesGetTheLoginScreenAfterwards() {
        TelnetPeer anna = player();
        game.launcher("sstop");
        anna.types("look");
        TelnetPeer late = newcomer();
        game.launcher("start");
        anna.skipsTo("'Limbo'");
        late.skipsTo("'re-show this screen'");
    }

    @Test
    @Order(7)
    void rebootRestartsTheServerAndEverybodyStaysConnected() throws IOException {
        TelnetPeer anna = player();
        long before = game.server();
        String said = game.launcher("reboot");
        assertTrue(said.contains("Evennia running."), said);
        anna.types("look").skipsTo("'Limbo'");
        assertFalse(before == game.server());
    }

    @Test
    @Order(8)
    void portalThatDiesUnderARunningServerLeavesNoGhosts() throws Exception {
        player();
        player();
        long server = game.server();
        portal.kill();
        leave();
        portal.start();
        TelnetPeer owner = connect().types("connect owner " + EvenniaGame.PASSWORD);
        owner.skipsTo("'Limbo'").types("who").skipsTo("'One unique account logged in.'");
        assertEquals(server, game.server());
    }

    @Test
    @Order(9)
    void stopStopsTheServerAndLychgateWhichExitsWithZero() throws Exception {
        TelnetPeer anna = player();
        String said = game.launcher("stop");
        assertTrue(said.contains("Evennia shut down."), said);
        anna.rest();
        assertEquals(0, portal.exit());
        assertFalse(Files.exists(game.folder().resolve("server/portal.pid")));
        assertFalse(Files.exists(game.folder().resolve("server/server.pid")));
    }

    @Test
    @Order(10)
    void linkThatIsCutIsMadeAgainByTheServerAndNobodyIsLost() throws Exception {
        if (portal.isAlive()) { // nothing has stopped it: this test is run alone
            game.launcher("stop");
            portal.exit();
        }
        portal.set("amp.port=0").start();
        try (CutProxy proxy = new CutProxy(game.port(), portal.port("amp"))) {
            game.launcher("start");
            TelnetPeer anna = player();
            TelnetPeer bert = player();
            long server = game.server();
            for (String words : List.of("cut off", "cut off again")) {
                proxy.cut();
                anna.types("say " + words);
                bert.skipsTo("'\"" + words + "\"'");
            }
            anna.types("look").skipsTo("'Limbo'");
            assertEquals(server, game.server());
        }
    }

    /** Somebody who sees the login screen. */
    private TelnetPeer connect() {
        return newcomer().skipsTo("'re-show this screen'");
    }

    /** Somebody who has connected, and is patient while the Server starts. */
    private TelnetPeer newcomer() {
        TelnetPeer peer = TelnetPeer.connect(portal.port("telnet")).patience(EvenniaGame.PATIENCE);
        players.add(peer);
        return peer;
    }

    /** Somebody with an account of his own, in the game. */
    private TelnetPeer player() {
        String name = "player" + ++accounts;
        TelnetPeer peer = connect();
        peer.types("create " + name + " secret-of-" + name).skipsTo("'[Y]/N?'").types("y");
        peer.skipsTo("' was created. Welcome!'").types("connect " + name + " secret-of-" + name);
        return peer.skipsTo("'Limbo'");
    }
}
