package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.Departure;
import lychgate.testing.Await;
import lychgate.testing.EdgePortal;
import lychgate.testing.Parting;
import lychgate.testing.Parting.Leaving;
import lychgate.testing.RecordingPortal;
import lychgate.transport.web.session.CloseCodes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/** Clients of the web whose game is at another portal are told why their sessions end. */
class RelayedEndsTest {
    private static final int CLOSE = 0x88;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "STOPPING") // which ends nobody: see below
    void webSocketIsClosedWithTheCodeThatTheGamesPortalMeans(Departure why) {
        String told = Parting.isTheSame(Parting.byTheGamesPortal(why), RelayedEndsTest::socket);
        assertTrue(told.endsWith(" " + CloseCodes.of(why)), told);
    }

    @ParameterizedTest
    @EnumSource
    void webSocketIsClosedWithTheCodeThatItsOwnPortalMeans(Departure why) {
        String told = Parting.isTheSame(Parting.byItsOwnPortal(why), RelayedEndsTest::socket);
        assertTrue(told.endsWith(" " + CloseCodes.of(why)), told);
    }

    @Test
    void webSocketIsClosedAsUsualByTheGame() {
        String told = Parting.isTheSame(Parting.byTheGame(), RelayedEndsTest::socket);
        assertTrue(told.endsWith(" " + CloseCodes.OVER), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"telnet.mudstandards.org", "terminal.mudstandards.org"})
    void webSocketOfEveryKindIsClosedAsKicked(String subprotocol) {
        String told =
                Parting.isTheSame(
                        Parting.byTheGamesPortal(Departure.KICKED),
                        portal -> new Socket(portal, subprotocol));
        assertTrue(told.endsWith(" " + CloseCodes.KICKED), told);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "STOPPING")
    void clientOfAjaxIsToldTheCodeThatTheGamesPortalMeans(Departure why) {
        String told = Parting.isTheSame(Parting.byTheGamesPortal(why), Ajax::new);
        String last = "[\"connection_close\",[],{\"code\":" + CloseCodes.of(why) + "}]";
        assertTrue(told.endsWith(last), told);
    }

    @ParameterizedTest
    @EnumSource
    void clientOfAjaxIsToldTheCodeThatItsOwnPortalMeans(Departure why) {
        Parting.isTheSame(Parting.byItsOwnPortal(why), Ajax::new);
    }

    @Test
    void sessionThatIsKickedAtTheGamesPortalWhileItsClientIsAwayIsGone() {
        try (RecordingPortal game = new RecordingPortal(RecordingPortal.ROOMY);
                EdgePortal edge = new EdgePortal(game);
                WebSockets web = new WebSockets(edge.portal(), WebSockets.CONFIG)) {
            ResumingPeer anna = new ResumingPeer(web.port("websocket")).says("{\"resume\":true}");
            anna.credentials();
            game.game().awaits("1 settled");
            anna.reset();
            game.game().awaits("1 session_away [] {}");
            game.ends(1, "No.", Departure.KICKED);
            Await.equal(0, game::places);
            Await.equal(0, edge.portal()::places);
            try (ResumingPeer back = anna.comesBack(0)) {
                assertEquals(Map.of("expired", true), back.next().kwargs());
            }
        }
    }

    private static Leaving socket(RecordingPortal portal) {
        return new Socket(portal, "v1.evennia.com");
    }

    private static final class Socket implements Leaving {
        private final WebSockets web;
        private final WebSocketPeer peer;

        Socket(RecordingPortal portal, String subprotocol) {
            web = new WebSockets(portal, WebSockets.CONFIG);
            peer =
                    WebSocketPeer.asks(
                            web.port("websocket"), "/", "Sec-WebSocket-Protocol: " + subprotocol);
        }

        @Override
        public String reads() {
            StringBuilder told = new StringBuilder();
            WebSocketPeer.Frame frame = peer.next();
            while (frame.first() != CLOSE) {
                told.append(frame.text());
                frame = peer.next();
            }
            return told.append(' ').append(frame.closeCode()).toString();
        }

        @Override
        public void close() {
            peer.close();
            web.close();
        }
    }

    private static final class Ajax implements Leaving {
        private final WebSockets web;
        private final AjaxPlayer player;

        Ajax(RecordingPortal portal) {
            web = new WebSockets(portal, WebSockets.CONFIG);
            player = new AjaxPlayer(web.port("web"), () -> {});
        }

        @Override
        public String reads() {
            StringBuilder told = new StringBuilder();
            AjaxPeer.Answer answer = player.polls();
            while (answer.status() == 200) {
                told.append(answer.body());
                answer = player.polls();
            }
            assertEquals(410, answer.status());
            return told.toString();
        }

        @Override
        public void close() {
            player.close();
            web.close();
        }
    }
}
