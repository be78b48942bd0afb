package lychgate.examples.irc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.CommandTuple;
import lychgate.session.Login;
import lychgate.testing.Await;
import lychgate.testing.GivenSettings;
import lychgate.testing.RecordingGame;
import lychgate.testing.RecordingPortal;
import lychgate.transport.telnet.front.TrustingTls;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLSocket;

/** The bot, between a game and an IRC server that a test plays. */
class IrcTest {
    private static final Login ACCOUNT = new Login(true, 7L, null, null);
    private static final String ANNA = ":anna!a@host ";

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final RecordingGame game = portal.game();
    private final FakeIrcServer server = new FakeIrcServer();

    @BeforeEach
    void start() {
        new Irc().start(portal);
    }

    @AfterEach
    void close() {
        portal.sessions().ids().forEach(id -> game.disconnect(id, "the test is over"));
        server.close();
        portal.close();
        Await.equal(List.of(), IrcTest::threads); // else a later test would find them
    }

    @Test
    void talkOfTheChannelReachesTheGameAndBack() {
        joins();
        server.sends(ANNA + "PRIVMSG #lobby :hello");
        server.sends(ANNA + "PRIVMSG #lobby :\u0001ACTION waves\u0001");
        server.sends(ANNA + "PRIVMSG bot :who");
        game.hears(
                "1 bot_data_in [hello] {type=msg, user=anna, channel=#lobby}",
                "1 bot_data_in [waves] {type=action, user=anna, channel=#lobby}",
                "1 bot_data_in [who] {type=privmsg, user=anna, channel=bot}");
        game.send(1, CommandTuple.of("channel", "[Public] |rbert|n: hi"));
        server.awaits("PRIVMSG #lobby :[Public] \u00034bert\u000399: hi");
        game.send(1, CommandTuple.of("privmsg", "nobody is here").kwarg("user", "anna"));
        server.hears("PRIVMSG anna :nobody is here");
    }

    @Test
    void whatIsSaidInTheGameToEverySessionIsNotForIrc() {
        joins();
        game.text(1, "The server restarts.");
        game.send(1, CommandTuple.of("channel", "but this is"));
        server.awaits("PRIVMSG #lobby :but this is");
    }

    @Test
    void evenniasNamesAndValuesAreUnderstood() {
        Map<String, Object> config = config();
        config.put("port", String.valueOf(server.port()));
        game.portal().connectOutwards("evennia.server.portal.irc.IRCBotFactory", ACCOUNT, config);
        server.accepts("bot").welcomes("bot", "#lobby");
        game.hears("1 connected", "1 settled");
    }

    @Test
    void nickThatIsTakenIsFollowedByAnother() {
        game.portal().connectOutwards("irc", ACCOUNT, config());
        server.accepts("bot").sends(":irc.test 433 * bot :Nickname is already in use.");
        server.hears("NICK bot_").sends(":irc.test 433 * bot_ :Nickname is already in use.");
        server.hears("NICK bot__").welcomes("bot__", "#lobby");
        game.hears("1 connected", "1 settled");
        server.sends(ANNA + "PRIVMSG bot__ :hello");
        game.hears("1 bot_data_in [hello] {type=privmsg, user=anna, channel=bot__}");
    }

    @Test
    void namesAndRoundTripAreToldWhenTheGameAsks() {
        joins();
        game.send(1, CommandTuple.of("request_nicklist", ""));
        server.awaits("NAMES #lobby")
                .sends(":irc.test 353 bot = #lobby :bot @op +|wanna|n")
                .sends(":irc.test 353 bot = #lobby :bert")
                .sends(":irc.test 366 bot #lobby :End of /NAMES list.");
        game.hears(
                "1 bot_data_in [] {type=nicklist, user=server, channel=#lobby,"
                        + " nicklist=[bot, @op, +||wanna||n, bert]}");
        game.send(1, CommandTuple.of("ping", ""));
        server.awaits("PING lychgate-1").sends(":irc.test PONG irc.test lychgate-1");
        Await.until("the answer", () -> game.told("bot_data_in").size() == 3);
        assertTrue(
                game.told("bot_data_in")
                        .getLast()
                        .matches(
                                "1 bot_data_in \\[] \\{type=ping, user=server, channel=#lobby,"
                                        + " timing=\\d\\.\\d+(E-\\d)?}"),
                game.told("bot_data_in").getLast());
    }

    @Test
    void pingOfTheServerIsAnswered() {
        joins();
        server.sends("PING :still there?").awaits("PONG :still there?");
    }

    @Test
    void linesGoOutOneASecondAndWhatIsTooMuchIsDroppedAndCounted() {
        joins();
        long begun = System.nanoTime();
        for (int i = 0; i < 10 * IrcConnection.MAX_UNSENT; i++) {
            game.send(1, CommandTuple.of("channel", "line " + i));
        }
        server.awaits("PRIVMSG #lobby :line 0");
        server.hears("PRIVMSG #lobby :line 1").hears("PRIVMSG #lobby :line 2");
        assertTrue(System.nanoTime() - begun > 1_500_000_000L);
        assertTrue(portal.meters().count("refused irc_unsent") >= 8 * IrcConnection.MAX_UNSENT);
    }

    @Test
    void sessionOutlivesItsConnection() {
        joins();
        server.hangsUp();
        server.accepts("bot").welcomes("bot", "#lobby");
        server.sends(ANNA + "PRIVMSG #lobby :back?");
        game.hears("1 bot_data_in [back?] {type=msg, user=anna, channel=#lobby}");
        assertEquals(List.of(1L), portal.sessions().ids());
    }

    @Test
    void gameCanHaveItConnectAnew() {
        joins();
        game.send(1, CommandTuple.of("reconnect", ""));
        server.awaitsTheEnd();
        server.accepts("bot").welcomes("bot", "#lobby");
        game.hasHeardNothingMore();
        assertEquals(List.of(1L), portal.sessions().ids());
    }

    @Test
    void botThatIsKickedComesBack() {
        joins();
        server.sends(":op!o@host KICK #lobby bot :out").awaits("JOIN #lobby");
    }

    @Test
    void botThatTheGameEndsLeavesIrcAndNoThreadBehind() {
        joins();
        game.disconnect(1, "done");
        server.awaits("QUIT :bye").awaitsTheEnd();
        Await.equal(List.of(), IrcTest::threads);
    }

    @Test
    void botThatEndsWithMuchToSayLeavesNoThreadBehind() {
        joins();
        for (int i = 0; i < IrcConnection.MAX_UNSENT; i++) {
            game.send(1, CommandTuple.of("channel", "line " + i));
        }
        server.awaits("PRIVMSG #lobby :line 0");
        game.disconnect(1, "done");
        server.awaitsTheEnd();
        Await.equal(List.of(), IrcTest::threads);
    }

    @Test
    void reconnectsLeaveNoThreadsBehind() {
        joins();
        int running = threads().size();
        for (int i = 0; i < 3; i++) {
            game.send(1, CommandTuple.of("reconnect", ""));
            server.awaitsTheEnd();
            server.accepts("bot").welcomes("bot", "#lobby");
        }
        Await.until("the threads to end", () -> threads().size() <= running);
    }

    @Test
    void nothingThatAnIrcUserTypesIsMarkupOrActsOnATerminal() {
        joins();
        server.sends(ANNA + "PRIVMSG #lobby :|lcquit|ltclick|le |rred \u001b[2J\u202eabc \u0004");
        game.hears(
                "1 bot_data_in [||lcquit||ltclick||le ||rred [2Jabc |n] {type=msg, user=anna,"
                        + " channel=#lobby}");
        server.sends(":|wan|!a@host PRIVMSG #lobby :hi");
        game.hears("1 bot_data_in [hi] {type=msg, user=||wan||, channel=#lobby}");
    }

    @Test
    void nothingThatTheGameSaysIsACommandOfIrc() {
        joins();
        game.send(1, CommandTuple.of("channel", "one\r\nQUIT :two|/three\u0001\u0000"));
        server.awaits("PRIVMSG #lobby :one");
        server.hears("PRIVMSG #lobby :QUIT :two").hears("PRIVMSG #lobby :three");
        game.send(1, CommandTuple.of("privmsg", "x").kwarg("user", "anna QUIT\r\nQUIT"));
        game.send(1, CommandTuple.of("channel", "still here"));
        server.hears("PRIVMSG #lobby :still here");
    }

    @Test
    void longTextsAreCutBetweenWordsAndFitIntoLines() {
        joins();
        String word = "Wörterbuch ";
        game.send(1, CommandTuple.of("channel", word.repeat(60).strip()));
        String line = server.next();
        while (line != null && !line.startsWith("PRIVMSG")) {
            line = server.next();
        }
        assertTrue(line != null && line.length() < 400 && line.endsWith("Wörterbuch"), line);
    }

    @Test
    void linesThatAreTooLongAreDroppedAndCounted() {
        joins();
        server.sends(ANNA + "PRIVMSG #lobby :" + "x".repeat(2 * BoundedLines.MAX_LINE));
        server.sends(ANNA + "PRIVMSG #lobby :short");
        game.hears("1 bot_data_in [short] {type=msg, user=anna, channel=#lobby}");
        assertEquals(1, portal.meters().count("malformed irc_line"));
    }

    @Test
    void serverThatFloodsIsReadSlowly() {
        joins();
        server.sendsRaw((ANNA + "JOIN #lobby\r\n").repeat(BoundedLines.BURST + 1_000));
        Await.until("it to wait", () -> portal.meters().count("refused irc_flood") > 0);
        game.hasHeardNothingMore();
    }

    @Test
    void queriesOfClientsAreNotAnswered() {
        joins();
        server.sends(ANNA + "PRIVMSG bot :\u0001VERSION\u0001");
        server.sends("PING :x").awaits("PONG :x");
        game.send(1, CommandTuple.of("channel", "next"));
        server.hears("PRIVMSG #lobby :next");
    }

    @Test
    void configurationWithoutSenseOpensNothing() {
        for (Map<String, Object> wrong :
                List.<Map<String, Object>>of(
                        Map.of("network", "irc test"),
                        Map.of("network", ""),
                        Map.of("port", "0"),
                        Map.of("port", "irc"),
                        Map.of("port", 70_000L),
                        Map.of("channel", "#a,b"),
                        Map.of("channel", "lobby"),
                        Map.of("channel", "#a\r\nQUIT"),
                        Map.of("botname", "a b"))) {
            Map<String, Object> config = config();
            config.putAll(wrong);
            game.portal().connectOutwards("irc", ACCOUNT, config);
        }
        assertEquals(9, portal.meters().count("refused outbound_config"));
        assertEquals(List.of(), portal.sessions().ids());
    }

    @Test
    void botSpeaksTls() throws IOException {
        try (FakeIrcServer secured = new FakeIrcServer(overTls())) {
            offers(false);
            game.portal().connectOutwards("irc", ACCOUNT, config(secured, true));
            secured.accepts("bot").welcomes("bot", "#lobby");
            secured.sends(ANNA + "PRIVMSG #lobby :hello");
            game.awaits("1 bot_data_in [hello] {type=msg, user=anna, channel=#lobby}");
        }
    }

    @Test
    void serverWithoutAValidCertificateHearsNothing() throws IOException {
        try (ServerSocket listener = overTls()) {
            game.portal()
                    .connectOutwards("irc", ACCOUNT, config(new FakeIrcServer(listener), true));
            Socket client = listener.accept();
            assertThrows(IOException.class, () -> client.getInputStream().read());
        }
    }

    @Test
    void connectionOverTlsEndsAlsoWhileItsServerDoesNotRead() throws Exception {
        try (ServerSocket listener = overTls()) {
            Thread.ofVirtual().start(() -> shakesHands(listener));
            Socket socket =
                    new IrcSockets(false)
                            .connect(IrcConfig.of(config(new FakeIrcServer(listener), true)));
            AtomicLong written = new AtomicLong();
            Thread.ofVirtual().start(() -> writesUntilItEnds(socket, written));
            Await.until("it to be stuck", () -> written.get() > 0 && rests(written));
            Thread closing = Thread.ofVirtual().start(() -> closes(socket));
            assertTrue(closing.join(Duration.ofSeconds(Await.PATIENCE_SECONDS)));
        }
    }

    private static void shakesHands(ServerSocket listener) {
        try {
            ((SSLSocket) listener.accept()).startHandshake();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writesUntilItEnds(Socket socket, AtomicLong written) {
        byte[] some = new byte[16 * 1024];
        try {
            while (true) {
                socket.getOutputStream().write(some);
                written.addAndGet(some.length);
            }
        } catch (IOException e) {
            written.set(-1);
        }
    }

    private static boolean rests(AtomicLong number) {
        long before = number.get();
        LockSupport.parkNanos(200_000_000);
        return number.get() == before;
    }

    private static void closes(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket overTls() throws IOException {
        return TrustingTls.server()
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    /** Offers bots with servers' certificates checked, or not. */
    private void offers(boolean verify) {
        Irc irc = new Irc();
        irc.configure(new GivenSettings(Map.of("verify", verify)));
        irc.start(portal);
    }

    /** A bot that is in its channel. */
    private void joins() {
        game.portal().connectOutwards("irc", ACCOUNT, config());
        server.accepts("bot").welcomes("bot", "#lobby");
        server.sends(ANNA + "PRIVMSG bot :in");
        game.hears(
                "1 connected",
                "1 settled",
                "1 bot_data_in [in] {type=privmsg, user=anna, channel=bot}");
    }

    private Map<String, Object> config() {
        return config(server, false);
    }

    private static Map<String, Object> config(FakeIrcServer of, boolean tls) {
        Map<String, Object> config = new HashMap<>();
        config.put("network", "127.0.0.1");
        config.put("port", (long) of.port());
        config.put("ssl", tls);
        config.put("channel", "#lobby");
        config.put("botname", "bot");
        return config;
    }

    /** Where the library's threads are. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("KICL"))
                .map(thread -> thread.getKey() + " " + List.of(thread.getValue()))
                .toList();
    }
}
