package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.address.Addresses;
import lychgate.testing.RecordingPortal;
import lychgate.transport.telnet.front.TrustingTls;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Whose address counts behind a proxy: the same at every door, and for the game's website. */
class ForwardedClientsTest {
    private static final String PROXY = "127.0.0.1";

    private final GameSite game = new GameSite();
    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web;

    ForwardedClientsTest() {
        portal.speaks(TrustingTls.server());
        web =
                new WebSockets(
                        portal,
                        new WebConfig(
                                true,
                                0,
                                0,
                                List.of(),
                                null,
                                180,
                                false,
                                new WebConfig.Tls(true, 0)),
                        game.at());
    }

    @AfterEach
    void close() {
        web.close();
        portal.close();
        game.close();
    }

    private static String[] headers(String all) {
        return all.isEmpty() ? new String[0] : all.split(" // ", -1);
    }

    /** All of them believe that request to come from there. */
    private void comesFrom(String address, String... headers) {
        for (Door door : Door.values()) {
            assertEquals(door.welcome(), door.asks(web, headers), door::name);
            InetAddress asked = InetAddress.ofLiteral(portal.asked().getLast());
            assertEquals(address, Addresses.text(asked), door::name);
        }
        assertEquals("fine", HttpPeer.gets(web.port("web"), "/", headers).body());
        assertEquals(List.of(address), GameSite.values(game.asked().getLast(), "X-Forwarded-For"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the request's headers | who counts
                "''                                                        | 127.0.0.1",
                "X-Forwarded-For: 192.0.2.7                                | 192.0.2.7",
                "X-Forwarded-For: 2001:db8::7                              | 2001:db8::7",
                "X-Forwarded-For: [2001:DB8:0::7]:1234                     | 2001:db8::7",
                "X-Forwarded-For: 192.0.2.7:1234                           | 192.0.2.7",
                "X-Forwarded-For: ::ffff:192.0.2.7                         | 192.0.2.7",
                // to the left stands what the client itself has said
                "X-Forwarded-For: 203.0.113.9, 192.0.2.7                   | 192.0.2.7",
                "X-Forwarded-For: 127.0.0.1, 192.0.2.7                     | 192.0.2.7",
                "X-Forwarded-For: 203.0.113.9,192.0.2.7,10.0.0.2           | 192.0.2.7",
                "X-Forwarded-For: 192.0.2.7, ::ffff:10.0.0.2, 10.0.0.3     | 192.0.2.7",
                "X-Forwarded-For: 203.0.113.9 // X-Forwarded-For: 192.0.2.7 | 192.0.2.7",
                "x-forwarded-for: 192.0.2.7 // X-FORWARDED-FOR: 10.0.0.2   | 192.0.2.7",
                "X-Forwarded-For: 10.0.0.3, 10.0.0.2                       | 10.0.0.3",
                // what is no address ends the chain: the last that is known counts
                "X-Forwarded-For: 192.0.2.7, unknown                       | 127.0.0.1",
                "X-Forwarded-For: 192.0.2.7, unknown, 10.0.0.2             | 10.0.0.2",
                "X-Forwarded-For: _hidden                                  | 127.0.0.1",
                "X-Forwarded-For: localhost                                | 127.0.0.1",
                "X-Forwarded-For: 192.0.2                                  | 127.0.0.1",
                "X-Forwarded-For: 0300.0.2.7                               | 127.0.0.1",
                "X-Forwarded-For: 0xc0000207                               | 127.0.0.1",
                "X-Forwarded-For: 3221225991                               | 127.0.0.1",
                "X-Forwarded-For: 192.0.2.256                              | 127.0.0.1",
                "X-Forwarded-For: 192.0.2.7/32                             | 127.0.0.1",
                "X-Forwarded-For: 192.0.2.7 203.0.113.9                    | 127.0.0.1",
                "X-Forwarded-For: \"192.0.2.7\"                            | 127.0.0.1",
                "X-Forwarded-For: for=192.0.2.7                            | 127.0.0.1",
                "X-Forwarded-For: 192.0.2.7;203.0.113.9                    | 127.0.0.1",
                "X-Forwarded-For: [192.0.2.7                               | 127.0.0.1",
                "X-Forwarded-For: ,                                        | 127.0.0.1",
                // no other header says who somebody is
                "X_Forwarded_For: 192.0.2.7                                | 127.0.0.1",
                "Forwarded: for=192.0.2.7                                  | 127.0.0.1",
                "X-Real-IP: 192.0.2.7 // X-Client-IP: 192.0.2.7            | 127.0.0.1",
                "True-Client-IP: 192.0.2.7 // CF-Connecting-IP: 192.0.2.7  | 127.0.0.1",
            })
    void rightMostAddressThatIsNoTrustedProxyCounts(String headers, String address) {
        portal.trusts("127.0.0.0/8");
        portal.trusts("10.0.0.0/8");
        comesFrom(address, headers(headers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.evennia.com", "terminal.mudstandards.org", "telnet"})
    void gameHearsOfThatAddress(String subprotocol) {
        portal.trusts("127.0.0.0/8");
        try (WebSocketPeer peer =
                WebSocketPeer.asks(
                        web.port("web"),
                        "/ws",
                        "Sec-WebSocket-Protocol: " + subprotocol,
                        "X-Forwarded-For: 203.0.113.9, 192.0.2.7")) {
            assertEquals(101, peer.status());
            portal.game().awaits("1 settled");
            assertEquals("192.0.2.7", portal.game().address(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 192.0.2.7",
                "X-Forwarded-For: 127.0.0.1, 192.0.2.7",
                "X-Forwarded-For: 192.0.2.7, 127.0.0.1",
                "X-Forwarded-For: 192.0.2.7, 10.0.0.2",
                "Forwarded: for=192.0.2.7 // X-Real-IP: 192.0.2.7",
            })
    void strangersAreNotBelieved(String headers) {
        portal.trusts("10.0.0.0/8");
        comesFrom(PROXY, headers(headers));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.7                | true",
                "198.51.100.1, 192.0.2.7  | true", // cannot be evaded
                "192.0.2.7, 10.0.0.2      | true",
                "192.0.2.7, 198.51.100.1  | false", // nor be put on somebody else
                "198.51.100.1             | false",
            })
    void bansAreForThatAddress(String forwarded, boolean isBanned) {
        portal.trusts("127.0.0.0/8");
        portal.trusts("10.0.0.0/8");
        portal.bans("192.0.2.0/24");
        String header = "X-Forwarded-For: " + forwarded;
        for (Door door : Door.values()) {
            assertEquals(isBanned ? 403 : door.welcome(), door.asks(web, header), door::name);
        }
        int status = HttpPeer.gets(web.port("web"), "/", header).status();
        assertEquals(isBanned ? 403 : 200, status);
        int doors = Door.values().length + 1;
        assertEquals(isBanned ? doors : 0, portal.meters().count("refused banned"));
    }

    @Test
    void banOfTheProxyIsNoBanOfItsClients() {
        portal.trusts("127.0.0.0/8");
        portal.bans("127.0.0.0/8");
        for (Door door : Door.values()) {
            assertEquals(403, door.asks(web), door::name);
            assertEquals(door.welcome(), door.asks(web, "X-Forwarded-For: 192.0.2.7"), door::name);
        }
    }

    /** A proxy sends the requests of several clients over one connection. */
    @Test
    void eachRequestOfAConnectionHasItsOwnAddress() {
        portal.trusts("127.0.0.0/8");
        String form = AjaxPeer.form("mode", "init", "csessid", "", "cuid", "page");
        try (AjaxPeer proxy = new AjaxPeer(web.port("web"))) {
            assertEquals(200, proxy.posts(form, "X-Forwarded-For: 192.0.2.7").answer().status());
            assertEquals(200, proxy.posts(form, "X-Forwarded-For: 192.0.2.8").answer().status());
            assertEquals(200, proxy.posts(form).answer().status());
        }
        assertEquals(List.of("192.0.2.7", "192.0.2.8", PROXY), portal.asked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For : 192.0.2.7",
                "X-Forwarded-For\t: 192.0.2.7",
                "X-Forwarded-For: 10.0.0.2\r\n 192.0.2.7",
                "X-Forwarded-For: 192.0.2.7\0",
                "X-Forwarded-For",
                ": 192.0.2.7",
            })
    void headerThatTwoServersMayReadDifferentlyIsRefused(String header) {
        portal.trusts("127.0.0.0/8");
        for (Door door : Door.values()) {
            assertEquals(400, door.asks(web, header), door::name);
        }
        assertEquals(400, HttpPeer.gets(web.port("web"), "/", header).status());
        assertEquals(List.of(), portal.asked());
        assertEquals(List.of(), game.asked());
    }

    // A PROXY header belongs to the ports that are told to expect one: none of these.

    private static final byte[] VERSION_1 =
            "PROXY TCP4 192.0.2.7 127.0.0.1 56324 4001\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] VERSION_2 =
            HexFormat.of()
                    .parseHex(
                            "0d0a0d0a000d0a515549540a" // the signature
                                    + "2111000c" // PROXY, TCP over IPv4, 12 bytes
                                    + "c00002077f000001dc040fa1");

    @ParameterizedTest
    @ValueSource(strings = {"web", "websocket"})
    void proxyHeaderIsNoRequest(String service) {
        portal.trusts("127.0.0.0/8");
        for (byte[] header : List.of(VERSION_1, VERSION_2)) {
            try (HttpPeer peer = new HttpPeer(web.port(service))) {
                peer.sends(header).sends(HttpPeer.head(web.port(service), "GET /ws HTTP/1.1"));
                assertEquals(400, peer.reply().status());
            }
        }
        assertEquals(2, portal.meters().count("malformed http_request"));
        assertEquals(List.of(), portal.asked());
        assertEquals(List.of(), game.asked());
    }

    @Test
    void proxyHeaderIsNoTls() {
        portal.trusts("127.0.0.0/8");
        for (byte[] header : List.of(VERSION_1, VERSION_2)) {
            try (HttpPeer peer = new HttpPeer(web.port("web-tls"))) {
                HttpPeer.Reply reply = peer.sends(header).reply();
                assertEquals(0, reply.body().length(), reply.head());
            }
        }
        assertEquals(List.of(), portal.asked());
    }

    @Test
    void proxyHeaderInsideAWebSocketIsALineLikeEveryOther() {
        portal.trusts("127.0.0.0/8");
        try (WebSocketPeer peer =
                WebSocketPeer.asks(
                        web.port("web"),
                        "/ws",
                        "Sec-WebSocket-Protocol: telnet.mudstandards.org")) {
            portal.game().awaits("1 settled");
            peer.frame(0x82, VERSION_1);
            portal.game().awaits("1 text PROXY TCP4 192.0.2.7 127.0.0.1 56324 4001");
            assertEquals(PROXY, portal.game().address(1));
        }
    }
}
