package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Login;
import lychgate.session.SessionSync;
import lychgate.session.Values;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;
import lychgate.testing.RecordingPortalSide;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A game in process and the session that it has asked for. */
class OutboundTest {
    private static final SessionSync BRIDGE =
            SessionSync.opened(5, "ircbot", "#lobby@irc", ClientFacts.NONE, Instant.EPOCH)
                    .with(Login.ofGame("bridge"));

    private final Bridged game = new Bridged();
    private final RecordingPortalSide portal = new RecordingPortalSide();
    private final ServerSessionHandler handler =
            new ServerSessionHandler(
                    game, List.of(), "test", "1", Instant.EPOCH, new CountingMeters());

    @BeforeEach
    void start() throws IOException {
        handler.start(portal, List.of());
    }

    @AfterEach
    void stop() {
        handler.stop();
    }

    @Test
    void gameAsksByNameAndTalksOverWhatItGets() {
        assertEquals(
                List.of(
                        new RecordingPortalSide.Outwards(
                                0, "irc", Login.ofGame("bridge"), Map.of("channel", "#lobby"))),
                portal.told(0));
        handler.connected(BRIDGE);
        handler.settled(5);
        handler.dataIn(5, List.of(CommandTuple.of("bot_data_in", "hello")));
        Await.equal(List.of("heard hello"), game::did);
        assertEquals(
                CommandTuple.of("channel", "you said: hello"),
                portal.await("an answer", to -> sent(to)));
    }

    @Test
    void itIsNoPlayer() {
        handler.connected(BRIDGE);
        handler.dataIn(5, List.of(CommandTuple.of("bot_data_in", "who")));
        Await.equal(List.of("heard who", "players 0"), game::did);
        handler.disconnected(5, "done");
        Await.until("the end", () -> game.isGone());
        assertEquals(List.of("heard who", "players 0"), game.did());
    }

    @Test
    void itIsGivenBackToAGameThatRestarts() throws IOException {
        handler.stop();
        Bridged next = new Bridged();
        ServerSessionHandler restarted =
                new ServerSessionHandler(
                        next, List.of(), "test", "1", Instant.EPOCH, new CountingMeters());
        restarted.start(portal, List.of(BRIDGE));
        restarted.dataIn(5, List.of(CommandTuple.of("bot_data_in", "still there?")));
        Await.equal(List.of("heard still there?"), next::did);
        restarted.stop();
    }

    private static @Nullable CommandTuple sent(RecordingPortalSide to) {
        return to.told(5).stream()
                .filter(RecordingPortalSide.Sent.class::isInstance)
                .map(one -> ((RecordingPortalSide.Sent) one).commands().getFirst())
                .findFirst()
                .orElse(null);
    }

    /** Answers what it hears from outside, and has nothing to do with players. */
    private static final class Bridged implements Game {
        private final List<String> did = new CopyOnWriteArrayList<>();
        private @Nullable GameHost host;

        @Override
        public void start(GameHost runtime) {
            host = runtime;
            runtime.connectOutwards("bridge", "irc", Map.of("channel", "#lobby"));
            assertNull(runtime.outbound("bridge"));
            runtime.inputFunc("bot_data_in", "what is said on IRC", this::heard);
        }

        private void heard(ServerSession bridge, CommandTuple command) {
            GameHost runtime = Objects.requireNonNull(host);
            String words = Values.text(command.argument(0));
            did.add("heard " + words);
            if (words.equals("who")) {
                did.add("players " + runtime.sessions().size());
            } else {
                assertEquals(bridge, runtime.outbound("bridge"));
                bridge.msg(Message.oob("channel").arg("you said: " + words));
            }
        }

        List<String> did() {
            return List.copyOf(did);
        }

        boolean isGone() {
            return Objects.requireNonNull(host).outbound("bridge") == null;
        }

        @Override
        public void opened(ServerSession session) {
            did.add("opened");
        }

        @Override
        public void greet(ServerSession session) {
            did.add("greeted");
        }

        @Override
        public void restored(ServerSession session) {
            did.add("restored");
        }

        @Override
        public void closed(ServerSession session) {
            did.add("closed");
        }

        @Override
        public void text(ServerSession session, PlayerText line) {
            did.add("text");
        }
    }
}
