package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import lychgate.plugin.Limits;
import lychgate.plugin.OutboundLink;
import lychgate.plugin.OutboundSession;
import lychgate.plugin.PortalSessionHandler;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Login;
import lychgate.session.Values;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;
import lychgate.testing.RecordingGame;
import lychgate.testing.RecordingPortal;
import lychgate.testing.RecordingSession;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

class OutboundSessionsTest {
    private static final String KIND = "echo";
    private static final Login ACCOUNT = new Login(true, 7L, null, null);

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final RecordingGame game = portal.game();
    private final CountingMeters meters = portal.meters();
    private final List<Bot> bots = new CopyOnWriteArrayList<>();

    @BeforeEach
    void offer() {
        portal.sessions().offer(Set.of(KIND, "python.Echo"), this::open);
    }

    @AfterEach
    void close() {
        portal.close();
    }

    @Test
    void gameGetsASessionThatIsLoggedInAndTalksBothWays() {
        asks(KIND, ACCOUNT, Map.of("where", "there"));
        Bot bot = started(0);
        game.hears("1 connected", "1 settled");
        bot.hears("hello");
        game.hears("1 bot_data_in [hello] {}");
        game.send(1, CommandTuple.of("channel", "and to you"));
        assertEquals(List.of("channel and to you"), bot.did());
        assertEquals(Map.of("opened echobot", 1L), meters.counts("opened"));
        assertEquals(0, portal.sessions().loggedIn(), "nobody plays over it");
    }

    @Test
    void drainWaitsForPlayersOnly() {
        asks(KIND, ACCOUNT, Map.of());
        started(0);
        AtomicInteger stops = new AtomicInteger();
        PortalSessions sessions = (PortalSessions) portal.sessions();
        Drain drain = Drain.of(sessions, portal.admission(), () -> 0, stops::incrementAndGet);
        RecordingSession player = new RecordingSession();
        sessions.connect(
                player, new PortalSessionHandler.Opening("test", "192.0.2.1", ClientFacts.NONE));
        drain.begin(Duration.ZERO);
        drain.look();
        assertEquals(0, stops.get());
        sessions.disconnect(player, "bye");
        drain.look();
        assertEquals(1, stops.get());
        assertEquals(List.of(1L), portal.sessions().ids());
    }

    @Test
    void accountThatAsksAgainKeepsTheSessionThatItHas() {
        asks(KIND, ACCOUNT, Map.of("where", "there"));
        started(0);
        asks(KIND, ACCOUNT, Map.of("where", "there"));
        asks(KIND, ACCOUNT, Map.of("where", "there"));
        assertEquals(List.of(1L), portal.sessions().ids());
        assertEquals(1, bots.size());
    }

    @Test
    void accountThatWantsSomethingElseGetsItInsteadOfWhatItHas() {
        asks(KIND, ACCOUNT, Map.of("where", "there"));
        started(0);
        asks(KIND, ACCOUNT, Map.of("where", "elsewhere"));
        started(1);
        Await.equal(List.of("stopped"), bots.getFirst()::did);
        game.hears("1 connected", "1 settled", "1 disconnected: replaced")
                .hears("2 connected", "2 settled");
        assertEquals(List.of(2L), portal.sessions().ids());
    }

    @Test
    void accountsHaveSessionsOfTheirOwn() {
        asks(KIND, ACCOUNT, Map.of());
        asks("python.Echo", new Login(true, 8L, null, null), Map.of());
        asks(KIND, new Login(true, null, "bridge", null), Map.of());
        assertEquals(List.of(1L, 2L, 3L), portal.sessions().ids());
    }

    @Test
    void sessionThatTheGameEndsMakesRoomForTheNext() {
        asks(KIND, ACCOUNT, Map.of());
        started(0);
        game.disconnect(1, "server restarts");
        Await.equal(List.of("stopped"), bots.getFirst()::did);
        asks(KIND, ACCOUNT, Map.of());
        assertEquals(List.of(2L), portal.sessions().ids());
        bots.getFirst().hears("too late");
        game.hears("1 connected", "1 settled", "1 disconnected: server restarts")
                .hears("2 connected", "2 settled")
                .hasHeardNothingMore();
    }

    @Test
    void sessionThatEndsByItselfIsGone() {
        asks(KIND, ACCOUNT, Map.of());
        started(0).link().disconnect("banned");
        game.hears("1 connected", "1 settled", "1 disconnected: banned");
        assertEquals(List.of(), portal.sessions().ids());
    }

    @Test
    void whatNobodyOffersIsCountedAndOpensNothing() {
        asks("evennia.Unknown", ACCOUNT, Map.of());
        looks(3);
        assertEquals(Map.of("refused outbound_unknown", 1L), meters.counts("refused"));
        assertEquals(List.of(), portal.sessions().ids());
    }

    @Test
    void whatIsOfferedLaterIsOpenedThen() {
        asks("later", ACCOUNT, Map.of());
        looks(1);
        portal.sessions().offer(Set.of("later"), this::open);
        started(0);
        looks(3);
        game.hears("1 connected", "1 settled");
        assertEquals(Map.of(), meters.counts("refused"));
    }

    @Test
    void offersThatAreUndoneLeaveThoseOfBefore() {
        asks(KIND, ACCOUNT, Map.of());
        started(0);
        PortalSessions sessions = (PortalSessions) portal.sessions();
        Runnable undo = sessions.undoesOffers();
        List<Bot> later = new CopyOnWriteArrayList<>();
        sessions.offer(
                Set.of(KIND, "later"),
                _ -> {
                    later.add(new Bot());
                    return later.getLast();
                });
        asks("later", new Login(true, 8L, null, null), Map.of());
        asks(KIND, new Login(true, 9L, null, null), Map.of());
        assertEquals(List.of(1L, 2L, 3L), sessions.ids());
        undo.run();
        assertEquals(List.of(1L), sessions.ids(), "those of the later offer have ended");
        asks("later", new Login(true, 8L, null, null), Map.of());
        asks(KIND, new Login(true, 9L, null, null), Map.of());
        assertEquals(List.of(1L, 4L), sessions.ids());
        assertEquals(List.of(2, 2), List.of(bots.size(), later.size()));
    }

    @Test
    void configurationThatCannotBeUsedIsCountedAndLeavesWhatThereIs() {
        asks(KIND, ACCOUNT, Map.of());
        asks(KIND, ACCOUNT, Map.of("wrong", true));
        assertEquals(Map.of("refused outbound_config", 1L), meters.counts("refused"));
        assertEquals(List.of(1L), portal.sessions().ids());
    }

    @Test
    void requestsThatWaitAreBoundedToo() {
        for (long uid = 1; uid <= OutboundSessions.MAX_SESSIONS + 2; uid++) {
            asks("later", new Login(true, uid, null, null), Map.of());
        }
        assertEquals(2, meters.count("refused outbound_sessions"));
    }

    @Test
    void moreThanAGameHasBotsAreRefused() {
        for (long uid = 1; uid <= OutboundSessions.MAX_SESSIONS + 2; uid++) {
            asks(KIND, new Login(true, uid, null, null), Map.of());
        }
        assertEquals(OutboundSessions.MAX_SESSIONS, portal.sessions().ids().size());
        assertEquals(Map.of("refused outbound_sessions", 2L), meters.counts("refused"));
    }

    @Test
    void whatABotHearsIsCleanedAndWhenTheGameIsBehindDropped() {
        asks(KIND, ACCOUNT, Map.of());
        Bot bot = started(0);
        game.hears("1 connected", "1 settled");
        bot.hears("red \u001b[31m and \u202eback");
        game.hears("1 bot_data_in [red [31m and back] {}");
        game.neverConsumes();
        for (int i = 0; i < 2 * InputWindow.MAX_COMMANDS; i++) {
            bot.hears("more");
        }
        assertEquals(InputWindow.MAX_COMMANDS, meters.count("refused outbound_input"));
    }

    @Test
    void playerCannotSpeakAsABot() {
        RecordingSession player = new RecordingSession();
        portal.sessions()
                .connect(
                        player,
                        new PortalSessionHandler.Opening("test", "192.0.2.1", ClientFacts.NONE));
        assertFalse(
                portal.sessions()
                        .dataIn(player, CommandTuple.of(OutboundLink.BOT_DATA_IN, "I am a bot")));
        game.hears("1 connected").hasHeardNothingMore();
        assertEquals(1, meters.count("malformed reserved_name"));
    }

    @Test
    void botThatFailsEndsAlone() {
        asks(KIND, ACCOUNT, Map.of());
        started(0);
        asks(KIND, new Login(true, 8L, null, null), Map.of());
        game.send(1, CommandTuple.of("fail"));
        assertEquals(List.of(2L), portal.sessions().ids());
    }

    @Test
    void botIsNeverIdle() {
        Limits strict = new Limits(0, 0, 0, 0, 6_000, 65_536, 1_048_576, 1, 1, 0);
        PortalSessions sessions = (PortalSessions) portal.sessions();
        asks(KIND, ACCOUNT, Map.of());
        OpenSession bot = Objects.requireNonNull(sessions.get(1));
        Await.until("time to pass", () -> bot.idle().toMillis() > 1_000);
        new SessionSweep(sessions, () -> strict, meters).run();
        assertEquals(List.of(1L), sessions.ids());
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            ((PortalSessions) portal.sessions()).lookAtRequests();
        }
    }

    private void asks(String kind, Login account, Map<String, @Nullable Object> config) {
        game.portal().connectOutwards(kind, account, config);
    }

    private Bot started(int which) {
        Await.until("the bot to start", () -> bots.size() > which && bots.get(which).isStarted());
        return bots.get(which);
    }

    private OutboundSession open(Map<String, @Nullable Object> config) {
        if (config.containsKey("wrong")) {
            throw new IllegalArgumentException("wrong is wrong");
        }
        Bot bot = new Bot();
        bots.add(bot);
        return bot;
    }

    /** Writes down what the game wants of it. */
    private static final class Bot implements OutboundSession {
        private final List<String> did = new CopyOnWriteArrayList<>();
        private volatile @Nullable OutboundLink link;

        @Override
        public String protocolKey() {
            return "echobot";
        }

        @Override
        public String address() {
            return "there";
        }

        @Override
        public void start(OutboundLink game) {
            link = game;
        }

        @Override
        public void dataOut(List<CommandTuple> commands) {
            for (CommandTuple command : commands) {
                if (command.is("fail")) {
                    throw new IllegalStateException("as told");
                }
                did.add(command.name() + " " + Values.text(command.argument(0)));
            }
        }

        @Override
        public void stop() {
            did.add("stopped");
        }

        boolean isStarted() {
            return link != null;
        }

        OutboundLink link() {
            return Objects.requireNonNull(link);
        }

        void hears(String words) {
            link().dataIn(CommandTuple.of(OutboundLink.BOT_DATA_IN, words));
        }

        List<String> did() {
            return List.copyOf(did);
        }
    }
}
