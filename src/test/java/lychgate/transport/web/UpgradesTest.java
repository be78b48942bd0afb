package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Who may open a WebSocket, and what is spoken then. */
class UpgradesTest {
    private static final String NAME = "Sec-WebSocket-Protocol";

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web =
            new WebSockets(portal, WebSockets.allowing("https://elm.example"));

    @AfterEach
    void close() {
        web.close();
        portal.close();
    }

    private WebSocketPeer asks(String... headers) {
        return WebSocketPeer.asks(web.port("websocket"), "/", headers);
    }

    // What is spoken.

    @ParameterizedTest
    @EnumSource(Subprotocol.class)
    void everyNameIsEchoed(Subprotocol name) {
        try (WebSocketPeer peer = asks(NAME + ": " + name.offered())) {
            assertEquals(101, peer.status());
            assertEquals(List.of(name.offered()), peer.header(NAME));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1.evennia.com, json.mudstandards.org | json.mudstandards.org",
                "ascii, binary, telnet | telnet",
                "chat, gmcp.mudstandards.org | gmcp.mudstandards.org",
            })
    void ofSeveralTheFirstOfOursIsChosen(String offers, String chosen) {
        try (WebSocketPeer peer = asks(NAME + ": " + offers)) {
            assertEquals(List.of(chosen), peer.header(NAME));
        }
    }

    @Test
    void offersMayStandInTwoHeaders() {
        try (WebSocketPeer peer = asks(NAME + ": chat", NAME + ": v1.evennia.com")) {
            assertEquals(List.of("v1.evennia.com"), peer.header(NAME));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Nothing: offered", NAME + ": chat", NAME + ": V1.EVENNIA.COM"})
    void whoOffersNothingThatWeKnowIsSpokenV1WithoutSayingSo(String header) {
        try (WebSocketPeer peer = asks(header)) {
            assertEquals(101, peer.status());
            assertEquals(List.of(), peer.header(NAME));
            portal.game().awaits("1 settled").text(1, "Hello.");
            assertEquals("[\"text\",[\"Hello.\"],{}]", peer.next().text());
            assertEquals(1, portal.meters().count("malformed subprotocol"));
        }
    }

    @Test
    void nothingIsCompressedUnlessItIsConfigured() {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
        try (WebSocketPeer peer = asks(offer)) {
            assertEquals(List.of(), peer.header("Sec-WebSocket-Extensions"));
        }
        WebConfig compressing =
                new WebConfig(true, 0, 0, List.of(), null, 180, true, WebConfig.Tls.DEFAULT);
        try (WebSockets other = new WebSockets(portal, compressing);
                WebSocketPeer peer = WebSocketPeer.asks(other.port("websocket"), "/", offer)) {
            assertEquals(
                    "permessage-deflate",
                    peer.header("Sec-WebSocket-Extensions").getFirst().split(";", 2)[0]);
        }
    }

    // Where.

    @Test
    void portOfWebSocketsHasThemAtEveryPathAndThatOfTheWebAtOne() {
        for (String path : List.of("/", "/ws", "/any/path?x=1")) {
            try (WebSocketPeer peer = WebSocketPeer.asks(web.port("websocket"), path)) {
                assertEquals(101, peer.status(), path);
            }
        }
        try (WebSocketPeer peer = WebSocketPeer.asks(web.port("web"), "/ws")) {
            assertEquals(101, peer.status());
        }
        try (WebSocketPeer peer = WebSocketPeer.asks(web.port("web"), "/other")) {
            assertEquals(404, peer.status());
        }
    }

    @Test
    void whoOnlyLooksIsToldWhatIsHere() {
        int port = web.port("websocket");
        try (WebSocketPeer peer = new WebSocketPeer(port, "GET / HTTP/1.1", "Host: localhost")) {
            assertEquals(426, peer.status());
            assertEquals(List.of("13"), peer.header("Sec-WebSocket-Version"));
        }
        assertEquals(List.of(), portal.asked());
    }

    @Test
    void handshakeWithoutAKeyTakesNoPlace() {
        try (WebSocketPeer peer =
                new WebSocketPeer(
                        web.port("websocket"),
                        "GET / HTTP/1.1",
                        "Host: localhost",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13")) {
            assertEquals(400, peer.status());
        }
        assertEquals(List.of(), portal.asked());
    }

    // Who.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://evil.example",
                "http://localhost.evil.example:PORT",
                "http://evil.example/localhost:PORT",
                "http://evillocalhost:PORT",
                "http://sub.localhost:PORT",
                "http://localhost:1",
                "http://localhost",
                "http://localhost:PORT@evil.example",
                "http://localhost:PORT/",
                "http://localhost:PORT http://evil.example",
                "http://localhost:PORT, http://evil.example",
                "file://localhost:PORT",
                "localhost:PORT",
                "http://elm.example",
                "https://elm.example:8443",
                "https://elm.example.evil",
            })
    void pageOfAnotherSiteIsTurnedAway(String origin) {
        String said = origin.replace("PORT", Integer.toString(web.port("websocket")));
        try (WebSocketPeer peer = asks("Origin: " + said)) {
            assertEquals(403, peer.status());
        }
        assertEquals(List.of(), portal.asked());
        assertEquals(1, portal.meters().count("refused origin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:PORT",
                "https://localhost:PORT",
                "http://LOCALHOST:PORT",
                "http://localhost:WEB",
                "https://elm.example",
                "https://ELM.example:443",
            })
    void pageOfOursOrOfOneThatIsAllowedMayCome(String origin) {
        String said =
                origin.replace("PORT", Integer.toString(web.port("websocket")))
                        .replace("WEB", Integer.toString(web.port("web")));
        try (WebSocketPeer peer = asks("Origin: " + said)) {
            assertEquals(101, peer.status());
        }
    }

    @Test
    void twoOriginsAreOneTooMany() {
        String own = "Origin: http://localhost:" + web.port("websocket");
        try (WebSocketPeer peer = asks(own, own)) {
            assertEquals(403, peer.status());
        }
    }

    @Test
    void whoIsOverALimitIsToldSo() {
        portal.refuses("connections", "There is no room left.");
        try (WebSocketPeer peer = asks()) {
            assertEquals(503, peer.status());
            peer.end();
        }
        assertEquals(1, portal.meters().count("refused connections"));
        assertEquals(0, portal.places());
    }

    @Test
    void whoIsBannedIsForbiddenToCome() {
        portal.refuses("banned", "You may not come in.");
        try (WebSocketPeer peer = asks()) {
            assertEquals(403, peer.status());
        }
    }

    @Test
    void strangersWordOnWhereTheyAreIsNotBelieved() {
        try (WebSocketPeer peer = asks("X-Forwarded-For: 192.0.2.7")) {
            assertEquals(101, peer.status());
        }
        assertEquals(List.of("127.0.0.1"), portal.asked());
    }

    @Test
    void clientBehindATrustedProxyIsKnownByItsOwnAddress() {
        portal.trusts("127.0.0.0/8");
        try (WebSocketPeer peer = asks("X-Forwarded-For: 10.9.9.9, 192.0.2.7")) {
            assertEquals(101, peer.status());
        }
        assertEquals(List.of("192.0.2.7"), portal.asked());
        Await.equal(0, portal::places);
    }
}
