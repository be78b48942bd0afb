package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;
import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.Box;
import lychgate.amp.PackedData;
import lychgate.amp.PickleWriter;
import lychgate.amp.Pickled.Tuple;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.GameLink.State;
import lychgate.session.Login;
import lychgate.session.SessionSync;
import lychgate.session.TerminalNames;
import lychgate.testing.Await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

class AmpLinkTest {
    /** More than a stranger may send, unpacked. */
    private static final int MANY_ZEROS = 1 << 20;

    /** More than the system buffers of what one end writes and the other does not read. */
    private static final long MOST_BUFFERED = 64 << 20;

    /** How a game writes down that it was only to answer. */
    private static final String ASKED = "";

    private final ListeningLink link = new ListeningLink().listens(false);

    @AfterEach
    void stop() {
        link.close();
    }

    // A game that is there.

    @Test
    void newPlayerIsAnnouncedAtOnceAndWhatBothSayGoesThrough() {
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []");
            link.connects(1);
            game.hears("1 PCONN").says(1, "|wWelcome|n");
            link.awaits("1 text |wWelcome|n");
            link.types(1, "look");
            game.hears("1 text look");
            link.awaits("1 consumed 1");
            link.disconnects(1);
            game.hears("1 PDISCONN");
        }
    }

    @Test
    void sessionIsDescribedWithEvenniasFifteenAttributes() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.awaits("1 PCONN");
            Map<Object, Object> expected = new HashMap<>();
            expected.put("protocol_key", "telnet");
            expected.put("address", "192.0.2.1");
            expected.put("suid", null);
            expected.put("sessid", 1L);
            expected.put("uid", null);
            expected.put("csessid", null);
            expected.put("uname", null);
            expected.put("logged_in", false);
            expected.put("puid", null);
            expected.put("conn_time", 1000.5);
            expected.put("cmd_last", 1000.5);
            expected.put("cmd_last_visible", 1000.5);
            expected.put("cmd_total", 0L);
            expected.put("server_data", Map.of());
            Map<?, ?> data = game.sessionData("1 PCONN");
            Map<?, ?> flags = map(data.get("protocol_flags"));
            assertEquals("utf-8", flags.get("ENCODING"));
            assertEquals(false, flags.get("SCREENREADER"));
            assertEquals(Map.of(0L, 78L), flags.get("SCREENWIDTH"));
            expected.put("protocol_flags", flags);
            assertEquals(expected, data);
        }
    }

    @Test
    void gameIsToldWhenThePortalWasStarted() {
        try (FakeGame game = link.game(7)) {
            game.awaits("PSYNC shutdown []");
            assertEquals(1000.5, game.kwargs("PSYNC shutdown []").get("portal_start_time"));
        }
    }

    /** Evennia's Server says all flags whenever it sets one, also those that are old by then. */
    @Test
    void flagThatTheServerRepeatsThoughItIsOldIsNoOrder() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.hears("PSYNC shutdown []", "1 PCONN");
            ClientFacts facts = ClientFacts.NONE.with(Fact.WIDTH, 120, "NAWS");
            link.link().factsChanged(1, facts);
            sets(game, Map.of("SCREENWIDTH", Map.of(0L, 78L), "NOGOAHEAD", false));
            Await.until("it to be heard", () -> link.sync(1).facts().get(Fact.NOGOAHEAD) != null);
            link.link().settled(1);
            game.hears("1 PCONNSYNC");
            Map<?, ?> flags = map(game.sessionData("1 PCONNSYNC").get("protocol_flags"));
            assertEquals(Map.of(0L, 120L), flags.get("SCREENWIDTH"));
            assertEquals(false, flags.get("NOGOAHEAD"));
        }
    }

    @Test
    void characterSetThatIsNotKnownIsToldToThePlayerAndTheOldOneToTheGame() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.hears("PSYNC shutdown []", "1 PCONN");
            link.link().settled(1);
            sets(game, Map.of("ENCODING", "klingon"));
            game.hears("1 PCONNSYNC");
            Map<?, ?> flags = map(game.sessionData("1 PCONNSYNC").get("protocol_flags"));
            assertEquals("utf-8", flags.get("ENCODING"));
            link.awaits("1 text There is no character set klingon here; yours is still utf-8.");
        }
    }

    private static void sets(FakeGame game, Map<String, ?> flags) {
        Map<?, ?> session = Map.of(1L, Map.of("protocol_flags", flags));
        game.admin(Operation.SSYNC, 0, Map.of("sessiondata", session, "clean", false));
    }

    @Test
    void newsOfAClientIsToldOnceItHasSettledAndThenAtOnce() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.hears("PSYNC shutdown []", "1 PCONN");
            TerminalNames names = new TerminalNames(List.of("Mudlet"), false);
            ClientFacts facts = ClientFacts.NONE.with(Fact.TERMINAL_NAMES, names, "TTYPE");
            link.link().factsChanged(1, facts);
            link.link().factsChanged(1, facts.with(Fact.WIDTH, 100, "NAWS"));
            link.link().settled(1);
            game.hears("1 PCONNSYNC");
            Map<?, ?> flags = map(game.sessionData("1 PCONNSYNC").get("protocol_flags"));
            assertEquals("MUDLET", flags.get("CLIENTNAME"));
            assertEquals(Map.of(0L, 100L), flags.get("SCREENWIDTH"));
            facts = facts.with(Fact.WIDTH, 120, "NAWS");
            link.link().factsChanged(1, facts);
            game.hears("1 PCONNSYNC");
            link.link().factsChanged(1, facts.with(Fact.ROUND_TRIP, 7, "TIMING-MARK")); // no flag
            link.link().settled(1);
            link.types(1, "look");
            game.hears("1 text look").hasHeardNothingMore();
        }
    }

    @Test
    void clientThatChangesMoreOftenThanTheGameListensIsToldOfAsItIsThen() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.hears("PSYNC shutdown []", "1 PCONN");
            link.link().settled(1);
            game.answersNothing();
            for (int width = 100; width < 1_000; width++) {
                link.link().factsChanged(1, ClientFacts.NONE.with(Fact.WIDTH, width, "NAWS"));
            }
            link.types(1, "look");
            game.hears("1 PCONNSYNC", "1 text look").answersAgain().hears("1 PCONNSYNC");
            Map<?, ?> flags = map(game.sessionData("1 PCONNSYNC").get("protocol_flags"));
            assertEquals(Map.of(0L, 999L), flags.get("SCREENWIDTH"));
            game.hasHeardNothingMore();
        }
    }

    @Test
    void whateverTheGameKeepsWithASessionComesBackUnchanged() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.awaits("1 PCONN").says(1, "hello");
            Map<String, Object> attributes = new HashMap<>();
            attributes.put("uid", 3L);
            attributes.put("logged_in", true);
            attributes.put("puid", 5L);
            attributes.put("uname", "anna");
            attributes.put("cmdset_storage_string", "a.b,c.d");
            attributes.put("server_data", Map.of(7L, Tuple.of(1L, "x")));
            attributes.put("guild", Map.of("rank", List.of(1L, 2.5)));
            attributes.put("address", Tuple.of("192.0.2.9", 5555L));
            attributes.put("protocol_flags", Map.of("XTERM256", false, "MINE", Map.of(1L, 2L)));
            game.admin(
                    Operation.SSYNC,
                    0,
                    Map.of("sessiondata", Map.of(1L, attributes), "clean", false));
            link.awaits("1 logged in as anna");
            game.admin(Operation.SRELOAD, 0, Map.of()).awaits("SRELOAD reload");
        }
        try (FakeGame game = link.game(8)) {
            game.awaits("PSYNC reload [1]");
            Map<?, ?> data = map(game.sessionData("PSYNC reload [1]").get(1L));
            assertEquals(3L, data.get("uid"));
            assertEquals(5L, data.get("puid"));
            assertEquals("anna", data.get("uname"));
            assertEquals("a.b,c.d", data.get("cmdset_storage_string"));
            assertEquals(Map.of(7L, Tuple.of(1L, "x")), data.get("server_data"));
            assertEquals(Map.of("rank", List.of(1L, 2.5)), data.get("guild"));
            assertEquals(Tuple.of("192.0.2.9", 5555L), data.get("address"));
            Map<?, ?> flags = map(data.get("protocol_flags"));
            assertEquals(false, flags.get("XTERM256"));
            assertEquals(true, flags.get("ANSI"));
            assertEquals(Map.of(1L, 2L), flags.get("MINE"));
        }
    }

    @Test
    void accountThatIsLoggedInIsKnownByItsNumberUntilItHasAName() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.awaits("1 PCONN")
                    .admin(
                            Operation.SLOGIN,
                            1,
                            Map.of("sessiondata", Map.of("logged_in", true, "uid", 3)));
            link.awaits("1 logged in as #3");
            assertTrue(link.sync(1).loggedIn());
        }
    }

    @Test
    void playersAreSentAwayWithTheReason() {
        try (FakeGame game = link.game(7)) {
            link.connects(1).connects(2);
            game.admin(Operation.SDISCONN, 1, Map.of("reason", "quit"));
            link.awaits("1 sent away: quit");
            game.admin(Operation.SDISCONNALL, 0, Map.of("reason", "night"));
            link.awaits("2 sent away: night");
        }
    }

    @Test
    void objectInAMessageIsItsNameAndTheRestGoesThrough() {
        try (FakeGame game = link.game(7)) {
            byte[] pickle =
                    HexFormat.of()
                            .parseHex(
                                    // (1, {'text': [['a', datetime.datetime], {}]})
                                    "80044b017d8c04746578745d285d288c01618c086461746574696d65"
                                            + "8c086461746574696d6593657d6573862e");
            game.asks("MsgServer2Portal", PackedData.put(Box.EMPTY, pickle));
            link.awaits("1 text a");
        }
    }

    @Test
    void commandThatEvenniaStumblesOverIsDropped() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            for (String name : List.of("options", "Session", "self")) {
                link.link().dataIn(1, List.of(CommandTuple.of(name)));
            }
            link.types(1, "look");
            game.hears("PSYNC shutdown []", "1 PCONN", "1 text look");
            link.awaits("1 consumed 1");
        }
    }

    // Answers.

    @Test
    void everyAskIsAnsweredOnceInOrder() {
        try (FakeGame game = link.game(7)) {
            for (int i = 0; i < 50; i++) {
                game.says(1, "line " + i);
            }
            Await.until("51 answers", () -> answers(game).size() >= 51);
            List<String> expected = new ArrayList<>();
            for (int i = 1; i <= 51; i++) {
                expected.add(Integer.toHexString(i));
            }
            assertEquals(expected, answers(game));
        }
    }

    @Test
    void askThatFailsAfterItWasAnsweredIsNotAnsweredAgain() {
        try (FakeGame game = link.game(7)) {
            link.fails();
            game.hears("PSYNC shutdown []");
            game.admin(Operation.SDISCONN, 1, Map.of("reason", "quit")).says(1, "bye");
            link.awaits("1 text bye");
            Await.equal(List.of("1", "2", "3"), () -> answers(game));
            game.hasHeardNothingMore();
        }
    }

    @Test
    void timeThatIsNoneIsPassedOver() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            Map<String, Object> times = Map.of("conn_time", Long.MIN_VALUE, "cmd_last", 5L);
            game.admin(Operation.SLOGIN, 1, Map.of("sessiondata", times)).says(1, "hello");
            link.awaits("1 text hello");
            assertEquals(ListeningLink.NOW, link.sync(1).activity().connTime());
            assertEquals(Instant.ofEpochSecond(5), link.sync(1).activity().cmdLast());
        }
    }

    @Test
    void askWithoutATagIsNotAnswered() {
        try (FakeGame game = link.game(7)) {
            Ask silent = new Ask(null, "MsgServer2Portal", text(1, "hello"));
            game.sends(silent).says(1, "bye");
            link.awaits("1 text bye");
            Await.equal(List.of("1", "2"), () -> answers(game));
        }
    }

    @Test
    void whatIsUnknownFailsAndTheLinkLives() {
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []");
            game.asks("FunctionCall", Box.EMPTY).hears("UNHANDLED");
            Map<String, Object> nonsense = Map.of("operation", "\u0009");
            game.asks("AdminServer2Portal", new Payload(0, nonsense).box()).hears("EXCEPTION");
            game.admin(
                    Operation.SCONN,
                    0,
                    Map.of("protocol_path", "x.IRCBotFactory", "config", Map.of()));
            game.says(1, "still here");
            link.awaits("1 text still here");
        }
    }

    @Test
    void botsThatTheGameAsksForAreAskedOfThePortal() {
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []");
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("uid", 12L);
            config.put("channel", "#lobby");
            game.admin(Operation.SCONN, 0, Map.of("protocol_path", "x.IRCBot", "config", config));
            link.awaits("x.IRCBot for 12 {channel=#lobby}");
            game.admin(Operation.SCONN, 0, Map.of("protocol_path", "x.IRCBot"));
            Await.equal(List.of("amp_operation"), link::counted);
        }
    }

    @Test
    void sessionThatIsLoggedInFromTheStartIsAnnouncedSo() {
        SessionSync bot =
                SessionSync.opened(3, "ircbot", "#lobby@irc", ClientFacts.NONE, ListeningLink.NOW)
                        .with(new Login(true, 12L, null, null));
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []");
            link.link().connected(bot);
            game.awaits("3 PCONN");
            Map<?, ?> told = game.sessionData("3 PCONN");
            assertEquals(12L, told.get("uid"));
            assertEquals(true, told.get("logged_in"));
            assertEquals("ircbot", told.get("protocol_key"));
            assertEquals("#lobby@irc", told.get("address"));
        }
    }

    @Test
    void gameThatTalksButNeverAnswersIsCutOff() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.awaits("1 PCONN").answersNothing();
            link.types(1, "look");
            game.awaits("1 text look");
            link.after(Duration.ofSeconds(16));
            game.says(1, "I talk and talk");
            game.awaitsEnd();
        }
    }

    @Test
    void gameThatIsBusyForALongTimeIsLeftAlone() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.awaits("1 PCONN").answersNothing();
            link.types(1, "think");
            game.awaits("1 text think");
            link.after(Duration.ofSeconds(100));
            link.connects(2);
            game.awaits("2 PCONN");
            assertFalse(game.isEnded());
        }
    }

    // Who is at the other end.

    @Test
    void secondGameIsRefusedWhileTheFirstIsThere() {
        try (FakeGame first = link.game(7);
                FakeGame second = FakeGame.game(link.port(), 8)) {
            second.awaitsEnd();
            first.says(1, "still here");
            link.awaits("1 text still here");
            assertTrue(link.counted().contains("amp_second_game"));
        }
    }

    @Test
    void gameThatComesAgainTakesThePlaceOfItsOldLink() {
        try (FakeGame first = link.game(7).answersNothing();
                FakeGame again = FakeGame.game(link.port(), 7)) {
            first.awaits(ASKED);
            assertEquals(List.of(), again.told());
            link.after(Duration.ofNanos(GameArrivals.CLAIM_NANOS));
            first.awaitsEnd();
            again.hears("PSYNC null []");
        }
    }

    @Test
    void whoRepeatsTheProcessOfTheLiveGameIsRefusedAndHearsNothing() {
        try (FakeGame game = link.game(7)) {
            link.connects(1);
            game.awaits("1 PCONN");
            for (int i = 0; i < 3; i++) {
                try (FakeGame second = FakeGame.game(link.port(), 7)) {
                    second.awaitsEnd();
                    assertEquals(List.of(), second.told());
                }
            }
            link.types(1, "connect anna secret");
            game.awaits("1 text connect anna secret").says(1, "still here");
            link.awaits("1 text still here");
            assertEquals(
                    List.of("amp_second_game", "amp_second_game", "amp_second_game"),
                    link.counted());
        }
    }

    @Test
    void whoClaimsToBeTheGameIsTheGameAtOnceWhenTheOtherGoes() {
        try (FakeGame first = link.game(7).answersNothing();
                FakeGame again = FakeGame.game(link.port(), 7)) {
            first.awaits(ASKED).dies();
            again.hears("PSYNC null []");
        }
    }

    @Test
    void whoHasLeftBeforeItsClaimIsDecidedDisturbsNobody() {
        try (FakeGame game = link.game(7).answersNothing()) {
            try (FakeGame second = FakeGame.game(link.port(), 7)) {
                game.awaits(ASKED);
                second.dies();
            }
            try (FakeGame third = FakeGame.stranger(link.port())) {
                third.says(1, "by now the claim is forgotten").awaitsEnd();
            }
            game.answersAgain().says(1, "still here");
            link.awaits("1 text still here");
            link.after(Duration.ofNanos(GameArrivals.CLAIM_NANOS));
            game.says(1, "and here");
            link.awaits("1 text and here");
        }
    }

    @Test
    void onlyProcessesOfThePortalsUserAndOfRootMayConnect() {
        for (long user : new long[] {ListeningLink.OWN_USER, 0}) {
            link.connectionsAreOf(new Peers.User(user));
            try (FakeGame game = link.game(7)) {
                game.awaitsAny();
            }
            Await.equal(State.AWAY, link.link()::state);
        }
        for (long user : new long[] {ListeningLink.GAMES_USER, 65_534}) {
            link.connectionsAreOf(new Peers.User(user));
            try (FakeGame game = FakeGame.game(link.port(), 7)) {
                game.awaitsEnd();
                assertEquals(List.of(), game.told());
            }
        }
        assertEquals(
                List.of("amp_other_user", "amp_other_user"),
                link.counted().stream().filter(reason -> !reason.equals("back")).toList());
    }

    @Test
    void connectionsOfOtherUsersPushNobodyOut() {
        List<FakeGame> others = new ArrayList<>();
        try (FakeGame own = FakeGame.stranger(link.port())) {
            own.asks("Anything", Box.EMPTY).hears("UNHANDLED");
            link.connectionsAreOf(new Peers.User(65_534));
            for (int i = 0; i < 40; i++) {
                others.add(FakeGame.stranger(link.port()));
            }
            others.forEach(FakeGame::awaitsEnd);
            own.introduces(7).awaitsAny();
        }
    }

    @Test
    void connectionThatNobodyHasTheOtherEndOfIsClosed() {
        link.connectionsAreOf(new Peers.Gone());
        try (FakeGame game = FakeGame.game(link.port(), 7)) {
            game.awaitsEnd();
        }
        assertEquals(State.AWAY, link.link().state());
    }

    @Test
    void gameOfWhichTheSystemCannotTellWhoseItIsMayConnect() {
        link.connectionsAreOf(new Peers.Unknown());
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []");
        }
    }

    // Messages that are whole but wrong.

    @ParameterizedTest(name = "{0}")
    @MethodSource("lychgate.link.amp.WrongMessages#ofTheGame")
    void wrongMessageOfTheGameIsDroppedAndTheLinkGoesOn(
            String name, byte[] message, String counter) {
        try (FakeGame game = link.game(7)) {
            game.awaits("PSYNC shutdown []");
            game.sends(message).sends(message).says(1, "still here");
            link.awaits("1 text still here");
            Await.until(
                    name + " counted in " + link.counted(),
                    () -> Collections.frequency(link.counted(), counter) == 2);
            assertFalse(game.isEnded());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lychgate.link.amp.WrongMessages#ofALauncher")
    void wrongMessageOfALauncherIsDroppedAndItsConnectionGoesOn(
            String name, byte[] message, String counter) {
        try (FakeGame launcher = FakeGame.stranger(link.port())) {
            launcher.asks("MsgStatus", Box.EMPTY);
            Await.equal(1, () -> answers(launcher).size());
            launcher.sends(message).asks("MsgStatus", Box.EMPTY);
            Await.equal(2, () -> answers(launcher).size());
            assertEquals(List.of(counter), link.counted(), name);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lychgate.link.amp.WrongMessages#thatMeanNothing")
    void messageAboutNobodyIsPassedOver(String name, byte[] message) {
        try (FakeGame game = link.game(7)) {
            game.awaits("PSYNC shutdown []");
            game.sends(message).says(1, "still here");
            link.awaits("1 text still here");
            assertEquals(List.of(), link.counted(), name);
            assertFalse(game.isEnded());
        }
    }

    @Test
    void everyWrongAskIsAnsweredOnce() {
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []");
            game.asks("MsgServer2Portal", Box.EMPTY).hears("EXCEPTION");
            game.orders(Operation.SSTART, List.of()).hears("EXCEPTION");
            game.says(1, "bye");
            link.awaits("1 text bye");
            Await.equal(List.of("1", "4"), () -> answers(game));
            game.hasHeardNothingMore();
        }
    }

    @Test
    void whoAsksAndDoesNotReadTheAnswersIsNotReadAnyMore() throws Exception {
        byte[] asks = repeated(new Ask("1", "MsgStatus", Box.EMPTY).box().encode());
        try (SocketChannel channel =
                SocketChannel.open(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), link.port()))) {
            channel.configureBlocking(false);
            long taken = 0;
            long progress = System.nanoTime();
            while (System.nanoTime() - progress < Duration.ofMillis(500).toNanos()) {
                int more = channel.write(ByteBuffer.wrap(asks));
                if (more > 0) {
                    taken += more;
                    progress = System.nanoTime();
                    assertTrue(taken < MOST_BUFFERED, "it is read without end");
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static byte[] repeated(byte[] ask) {
        ByteBuffer many = ByteBuffer.allocate((1 << 16) / ask.length * ask.length);
        while (many.hasRemaining()) {
            many.put(ask);
        }
        return many.array();
    }

    @Test
    void whoHasNotShownToBeTheGameIsNotListenedTo() {
        try (FakeGame stranger = FakeGame.stranger(link.port())) {
            stranger.says(1, "I am the game");
            stranger.awaitsEnd();
        }
        try (FakeGame stranger = FakeGame.stranger(link.port())) {
            stranger.admin(Operation.SDISCONN, 1, Map.of("reason", "go away"));
            stranger.awaitsEnd();
        }
        try (FakeGame stranger = FakeGame.stranger(link.port())) {
            stranger.sends(new Answer("1", Box.EMPTY));
            stranger.awaitsEnd();
        }
        assertEquals(List.of(), link.did());
        assertEquals(State.AWAY, link.link().state());
    }

    @Test
    void whoSpeaksAnotherProtocolIsLetGo() {
        for (String words : List.of("HTTP/1.1 200 OK\r\n", "GET / HTTP/1.1\r\n", "hello\r\n")) {
            try (FakeGame stranger = FakeGame.stranger(link.port())) {
                stranger.sends(words.getBytes(StandardCharsets.UTF_8)).awaitsEnd();
            }
        }
        assertEquals(List.of("amp", "amp", "amp"), link.counted());
    }

    @Test
    void gameThatSaysWhatIsNotAmpIsLostAndComesAgain() {
        try (FakeGame game = link.game(7)) {
            game.sends("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8)).awaitsEnd();
        }
        Await.equal(State.AWAY, link.link()::state);
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC null []");
        }
    }

    @Test
    void ofManyWhoSayNothingTheOldestGoAndTheGameGetsIn() {
        List<FakeGame> silent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            silent.add(FakeGame.stranger(link.port()));
        }
        try (FakeGame game = link.game(7)) {
            game.hears("PSYNC shutdown []");
            for (FakeGame each : silent.subList(0, 32)) {
                each.awaitsEnd();
            }
        }
        silent.forEach(FakeGame::close);
    }

    @Test
    void whoSaysNothingForFiveSecondsIsLetGo() {
        try (FakeGame stranger = FakeGame.stranger(link.port());
                FakeGame game = link.game(7)) {
            link.after(Duration.ofSeconds(6));
            stranger.awaitsEnd();
            assertFalse(game.isEnded());
        }
    }

    @Test
    void strangersCanSendWhateverTheyLikeAndTheGameDoesNotNotice() {
        try (FakeGame game = link.game(7)) {
            Seeded.times(200, random -> hostile(random));
            byte[] bomb = PickleWriter.write(List.of("x".repeat(1 << 20)));
            try (FakeGame stranger = FakeGame.stranger(link.port())) {
                stranger.asks("AdminServer2Portal", PackedData.put(Box.EMPTY, bomb)).awaitsEnd();
            }
            link.connects(1);
            game.awaits("1 PCONN").says(1, "quiet here");
            link.awaits("1 text quiet here");
            assertFalse(game.isEnded());
        }
    }

    @Test
    void bombsUnknownTagsAndHalfBoxesEndTheirSenderAlone() {
        List<byte[]> pickles =
                List.of(
                        "cos\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.US_ASCII),
                        ("(".repeat(30_000) + "l".repeat(30_000) + ".")
                                .getBytes(StandardCharsets.US_ASCII),
                        new byte[MANY_ZEROS],
                        new byte[] {(byte) 0x80, 2, (byte) 0x8b, -1, -1, -1, 127});
        try (FakeGame game = link.game(7)) {
            for (byte[] pickle : pickles) {
                try (FakeGame stranger = FakeGame.stranger(link.port())) {
                    Box box = PackedData.put(Box.EMPTY, pickle);
                    stranger.asks("AdminServer2Portal", box).awaitsEnd();
                }
            }
            try (FakeGame stranger = FakeGame.stranger(link.port())) {
                stranger.sends(new Answer("77", Box.EMPTY)).awaitsEnd();
            }
            try (FakeGame stranger = FakeGame.stranger(link.port())) {
                byte[] box = PackedData.put(Box.EMPTY, new byte[100]).encode();
                stranger.sends(Arrays.copyOf(box, box.length / 2));
                awaitsEndInTime(stranger);
            }
            assertEquals(
                    List.of("amp", "amp", "amp", "amp", "amp", "amp_unproven"), link.counted());
            link.connects(1);
            game.awaits("1 PCONN");
            assertFalse(game.isEnded());
        }
    }

    @Test
    void ofAThousandStrangersEightMayStayAndTheGameDoesNotNotice() {
        List<FakeGame> strangers = new ArrayList<>();
        try (FakeGame game = link.game(7)) {
            for (int i = 0; i < 1_000; i++) {
                strangers.add(FakeGame.stranger(link.port()));
            }
            Await.equal(992, () -> link.counted().size());
            link.connects(1);
            game.awaits("1 PCONN").says(1, "quiet here");
            link.awaits("1 text quiet here");
            strangers.forEach(this::awaitsEndInTime);
            assertEquals(Set.of("amp_unproven"), Set.copyOf(link.counted()));
            assertFalse(game.isEnded());
        }
        strangers.forEach(FakeGame::close);
    }

    /** Puts the clock forward until it is too late for a stranger, who may not be let in yet. */
    private void awaitsEndInTime(FakeGame stranger) {
        Await.until(
                "the end",
                () -> {
                    link.after(Duration.ofMillis(stranger.isEnded() ? 0 : 100));
                    return stranger.isEnded();
                });
    }

    private void hostile(Random random) {
        try (FakeGame stranger = FakeGame.stranger(link.port())) {
            byte[] bytes = Seeded.bytes(random, 1 + random.nextInt(400), 0, 1, 5);
            if (random.nextBoolean()) {
                stranger.asks("AdminServer2Portal", PackedData.put(Box.EMPTY, bytes));
            }
            stranger.sends(bytes);
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static Box text(long sessid, String words) {
        Map<String, Object> kwargs = Map.of("text", List.of(List.of(words), Map.of()));
        return new Payload(sessid, kwargs).box();
    }

    private static List<String> answers(FakeGame game) {
        return game.messages().stream()
                .filter(Answer.class::isInstance)
                .map(message -> ((Answer) message).tag())
                .toList();
    }
}
