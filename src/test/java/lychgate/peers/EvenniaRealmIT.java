package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.nats.NatsServer;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An unmodified Evennia Server behind a portal that serves it to others, which have the players:
 * each of the processes is restarted and killed.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EvenniaRealmIT {
    private static final String AWAY = "The game is away for a moment.";
    private static final String RESTARTED = " ... Server restarted.";
    private static final String PUPPETED = "You become ";

    /** Who is in the game: session and account of each, in order. The answer follows "There: ". */
    private static final String ASK =
            "py 'There' + ': ' + ' '.join(sorted('%s=%s' % (s.sessid, s.uname) for s in"
                    + " evennia.SESSION_HANDLER.values())) + '.'";

    /** Until the sessions of a portal that is gone have ended, and the Server has said so. */
    private static final Duration GRACE = Duration.ofSeconds(14 + 30);

    private final NatsServer nats = NatsServer.started();
    private final EvenniaGame game;
    private final Distribution serving;
    private final Distribution edge;
    private final Distribution other;
    private final List<TelnetPeer> players = new ArrayList<>();
    private TelnetPeer owner;
    private TelnetPeer anna;
    private TelnetPeer bert;

    EvenniaRealmIT() throws IOException {
        game = EvenniaGame.create();
        serving = portal(9).set("nats.serve=true").set("telnet.enabled=false");
        edge = portal(1).set("game.link=nats");
        other = portal(2).set("game.link=nats");
    }

    private Distribution portal(int number) throws IOException {
        return Distribution.inNewHome()
                .withTelnetOnly()
                .inRealm(number, List.of(nats))
                .set("limits.connections_per_second_per_address=0");
    }

    @BeforeAll
    void start() throws Exception {
        serving.command(
                "evennia",
                "import",
                game.folder().toString(),
                "--python",
                EvenniaGame.python().toString());
        serving.start();
        game.start();
        edge.start();
        other.start();
        owner = connect(edge).types("connect owner " + EvenniaGame.PASSWORD).skipsTo("'Limbo'");
        anna = newcomer(edge, "anna");
        bert = newcomer(other, "bert");
    }

    @AfterAll
    void end() throws Exception {
        for (TelnetPeer player : players) {
            player.close();
        }
        edge.close();
        other.close();
        serving.close();
        game.close();
        nats.close();
    }

    @Test
    @Order(1)
    void playersOfDifferentPortalsMeetUnderTheNumbersOfTheirOwn() throws Exception {
        anna.types("look").skipsTo("'Limbo'").types("say good morning").skipsTo("'You say, '");
        bert.skipsTo("'good morning'").types("say and to you");
        anna.skipsTo("'and to you'");
        List<String> numbers = new ArrayList<>(numbers(edge));
        numbers.addAll(numbers(other));
        assertEquals(numbers, inGame().stream().map(EvenniaRealmIT::number).toList());
    }

    @Test
    @Order(2)
    void portalThatServesIsKilledAndTheServerGoesOnWithEverybodyAsIfNothingHadBeen()
            throws Exception {
        owner.types("py me.sessions.all()[0].server_data.update(kept=(1, 'two')) or 'It ' + 'is'");
        owner.skipsTo("'It is'");
        List<String> before = inGame();
        long server = game.server();
        serving.kill();
        for (String words : List.of("first words", "second words", "third words")) {
            anna.types("say " + words);
        }
        bert.skipsTo("'" + AWAY + "'");
        serving.start();
        bert.skipsTo("'first words'").skipsTo("'second words'").skipsTo("'third words'");
        bert.types("look").skipsTo("'Limbo'");
        anna.types("look").skipsTo("'Limbo'");
        assertEquals(before, inGame());
        assertEquals(server, game.server());
        assertEquals(1, count(bert, "first words"));
        assertEquals(1, count(bert, "third words"));
        assertEquals(1, count(bert, AWAY));
        assertEquals(1, count(anna, PUPPETED));
        assertEquals(1, count(bert, PUPPETED));
        owner.types("who").skipsTo("'3 unique accounts logged in.'");
        owner.types("py 'Kept' + ': ' + str(me.sessions.all()[0].server_data['kept'])");
        owner.skipsTo("'Kept: (1, '");
    }

    @Test
    @Order(3)
    void reloadByTheLauncherKeepsThePlayersWhoAreToldOnce() throws Exception {
        List<String> before = atEdge();
        int told = count(anna, RESTARTED);
        int puppeted = count(anna, PUPPETED);
        other.kill(); // its sessions end in 14 s, however often the Server is restarted meanwhile
        game.launcher("reload");
        anna.skipsTo("'" + RESTARTED + "'").types("say once more").skipsTo("'You say, '");
        owner.skipsTo("'once more'");
        assertEquals(before, atEdge());
        assertEquals(told + 1, count(anna, RESTARTED));
        assertEquals(puppeted, count(anna, PUPPETED));
    }

    @Test
    @Order(4)
    void portalThatServesCanRestartTheServerAndTheOthersCannot() throws Exception {
        Finished refused = run(edge, "reload");
        assertEquals(1, refused.exit());
        assertEquals(
                "The game is served by another portal: restart it there (lychgate reload, at the"
                        + " portal of shard main).\n",
                refused.said());
        long server = game.server();
        Finished done = run(serving, "reload");
        assertEquals(0, done.exit(), done.said());
        anna.skipsTo("'" + RESTARTED + "'").types("look").skipsTo("'Limbo'");
        assertFalse(server == game.server());
    }

    @Test
    @Order(5)
    void serverThatIsKilledIsStartedAgainAndEverybodyIsWhoTheyWere() throws Exception {
        List<String> before = atEdge();
        int puppeted = count(anna, PUPPETED);
        ProcessHandle.of(game.server()).orElseThrow().destroyForcibly();
        anna.skipsTo("'" + AWAY + "'").types("say after the crash");
        owner.skipsTo("'after the crash'");
        assertEquals(before, atEdge());
        anna.skipsTo("'You say, '");
        assertEquals(puppeted + 1, count(anna, PUPPETED));
    }

    @Test
    @Order(6)
    void sessionsOfAPortalThatDiesEndInTheServerToo() throws Exception {
        if (other.isAlive()) { // no reload has come after its death: this test is run alone
            other.kill();
        }
        Wait.until("the end of bert", GRACE, () -> inGame().equals(atEdge()));
        owner.types("who").skipsTo("'2 unique accounts logged in.'");
        other.start();
        bert = connect(other).types("connect bert secret-of-bert").skipsTo("'Limbo'");
    }

    @Test
    @Order(7)
    void sessionsOfAPortalThatDiesTogetherWithTheOneThatServesEndInTheServerToo() throws Exception {
        assertEquals(3, inGame().size());
        long server = game.server();
        other.kill();
        serving.kill();
        serving.start();
        anna.types("look").skipsTo("'Limbo'");
        Wait.until("the end of bert", GRACE, () -> inGame().equals(atEdge()));
        owner.types("who").skipsTo("'2 unique accounts logged in.'");
        assertEquals(server, game.server());
    }

    @Test
    @Order(8)
    void stopByTheLauncherEndsThePortalThatServesAndNobodyElse() throws Exception {
        List<String> before = inGame();
        String said = game.launcher("stop");
        assertTrue(said.contains("Evennia shut down."), said);
        assertEquals(0, serving.exit());
        anna.types("say kept over the night");
        serving.set("evennia.autostart=true").start();
        owner.skipsTo("'kept over the night'");
        assertEquals(before, inGame());
    }

    // Players.

    private TelnetPeer connect(Distribution portal) {
        TelnetPeer peer = TelnetPeer.connect(portal.port("telnet")).patience(EvenniaGame.PATIENCE);
        players.add(peer);
        return peer.skipsTo("'re-show this screen'");
    }

    private TelnetPeer newcomer(Distribution portal, String name) {
        TelnetPeer peer = connect(portal);
        peer.types("create " + name + " secret-of-" + name).skipsTo("'[Y]/N?'").types("y");
        peer.skipsTo("' was created. Welcome!'").types("connect " + name + " secret-of-" + name);
        return peer.skipsTo("'Limbo'");
    }

    /** How often a player has read that. */
    private static int count(TelnetPeer player, String words) {
        String all = new String(player.everything(), StandardCharsets.UTF_8);
        return all.split(Pattern.quote(words), -1).length - 1;
    }

    // The Server, and the portals.

    /** The sessions in the Server, each with its account. */
    private List<String> inGame() {
        owner.types(ASK).skipsTo("'There: '");
        return List.of(owner.readsLine().replaceAll("\\..*", "").split(" "));
    }

    /** Those of them that are connected to the first portal. */
    private List<String> atEdge() throws Exception {
        List<String> numbers = numbers(edge);
        return inGame().stream().filter(one -> numbers.contains(number(one))).toList();
    }

    private static String number(String inGame) {
        return inGame.replaceAll("=.*", "");
    }

    /** The numbers of a portal's sessions. */
    private static List<String> numbers(Distribution portal) throws Exception {
        List<String> numbers = new ArrayList<>();
        Matcher rows = Pattern.compile("(?m)^ *(\\d+) ").matcher(portal.command("sessions"));
        while (rows.find()) {
            numbers.add(rows.group(1));
        }
        return numbers;
    }

    private record Finished(int exit, String said) {}

    private static Finished run(Distribution portal, String command) throws Exception {
        Process process =
                new ProcessBuilder(
                                Distribution.binary().toString(),
                                command,
                                "--home",
                                portal.home().toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Finished(process.waitFor(), said);
    }
}
