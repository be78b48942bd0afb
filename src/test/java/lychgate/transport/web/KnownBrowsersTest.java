package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.Browser;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsers that are logged in on the game's website. */
class KnownBrowsersTest {
    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG);

    @AfterEach
    void close() {
        web.close();
        portal.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?key&cuid&firefox", "/?key&firefox", "/ws?key"})
    void webSocketComesWithTheKeyOfItsBrowser(String path) {
        portal.browserLogins().knows(new Browser("key", 7L, 3));
        try (WebSocketPeer peer = WebSocketPeer.asks(web.port("websocket"), path)) {
            assertEquals(101, peer.status());
            portal.game().awaits("1 connected key of 7").awaits("1 settled").text(1, "Hello.");
            assertEquals("[\"text\",[\"Hello.\"],{}]", peer.next().text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?unknown&cuid&firefox", "/?&cuid&firefox", "/?", "/"})
    void anyOtherIsAClientLikeEveryOther(String path) {
        portal.browserLogins().knows(new Browser("key", 7L, 3));
        try (WebSocketPeer peer = WebSocketPeer.asks(web.port("websocket"), path)) {
            assertEquals(101, peer.status());
            portal.game().awaits("1 connected");
        }
    }

    /** A browser sends its cookies along whatever page asks: they say nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"sessionid=key", "csessid=key", "key"})
    void cookieIsNobodysKey(String cookie) {
        portal.browserLogins().knows(new Browser("key", 7L, 3));
        try (WebSocketPeer peer = WebSocketPeer.asks(web.port("web"), "/ws", "Cookie: " + cookie)) {
            assertEquals(101, peer.status());
            portal.game().awaits("1 connected");
        }
    }

    @Test
    void clientByAjaxComesWithTheKeyOfItsBrowser() {
        portal.browserLogins().knows(new Browser("key", 7L, 3));
        String form = "mode=init&csessid=key&cuid=x&browserstr=firefox";
        HttpPeer.Reply reply =
                HttpPeer.asks(
                        web.port("web"),
                        "POST /webclientdata HTTP/1.1",
                        form,
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + form.length());
        assertEquals(200, reply.status());
        portal.game().awaits("1 connected key of 7");
    }
}
