package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.transport.web.session.CloseCodes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What sessions in each subprotocol say and hear. */
class DialectsTest {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final Map<String, Object> HIDDEN = Map.of("echo", false);
    private static final Map<String, Object> SHOWN = Map.of("echo", true);

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG);

    @AfterEach
    void close() {
        web.close();
        portal.close();
    }

    private WebSocketPeer speaks(String subprotocol, String path) {
        WebSocketPeer peer =
                WebSocketPeer.asks(
                        web.port("websocket"), path, "Sec-WebSocket-Protocol: " + subprotocol);
        portal.game().awaits("1 settled");
        return peer;
    }

    private void says(CommandTuple command) {
        portal.game().portal().dataOut(1, List.of(command));
    }

    // v1

    @Test
    void evenniasPageIsKnownByEvenniasName() {
        try (WebSocketPeer peer = speaks("v1.evennia.com", "/?abc&123&chrome")) {
            assertEquals(
                    "Evennia Webclient (websocket:chrome [v1.evennia.com])",
                    portal.facts(1).get(Fact.CLIENT));
            assertEquals(ColourDepth.TRUECOLOR, portal.facts(1).colours());
            peer.frame(0x88, "");
        }
    }

    @Test
    void promptThatHidesSaysSoAndSoDoesTheNextThatDoesNot() {
        try (WebSocketPeer peer = speaks("v1.evennia.com", "/")) {
            says(CommandTuple.of("prompt", "Password:").kwarg("options", HIDDEN));
            assertEquals("[\"prompt\",[\"Password:\"],{\"type\":\"password\"}]", text(peer));
            says(CommandTuple.of("prompt", "Again:"));
            assertEquals("[\"prompt\",[\"Again:\"],{\"type\":\"password\"}]", text(peer));
            says(CommandTuple.of("prompt", "> ").kwarg("options", SHOWN));
            assertEquals("[\"prompt\",[\"&gt; \"],{}]", text(peer));
        }
    }

    @Test
    void textThatHidesIsFollowedByAPromptThatSaysSo() {
        try (WebSocketPeer peer = speaks("v1.evennia.com", "/")) {
            says(CommandTuple.text("Password?").kwarg("options", HIDDEN));
            assertEquals("[\"text\",[\"Password?\"],{}]", text(peer));
            assertEquals("[\"prompt\",[\"\"],{\"type\":\"password\"}]", text(peer));
            says(CommandTuple.text("Welcome.").kwarg("options", SHOWN));
            assertEquals("[\"text\",[\"Welcome.\"],{}]", text(peer));
            assertEquals("[\"prompt\",[\"\"],{}]", text(peer));
        }
    }

    @Test
    void linesOfOneMessageAreHeldWhileTheGameIsBehind() {
        portal.game().neverConsumes();
        try (WebSocketPeer peer = speaks("v1.evennia.com", "/")) {
            peer.frame(TEXT, "[\"text\",[\"" + "n\\n".repeat(1_000) + "\"],{}]");
            Await.until("the client is held", () -> portal.isHeld(1));
            int heard = portal.game().lines().size();
            Await.until(
                    "all lines",
                    () -> {
                        portal.game().portal().consumed(1, 1);
                        return portal.game().lines().size() == 1_000;
                    });
            assertTrue(heard < 200, heard + " lines were not held");
        }
    }

    @Test
    void clientThatLeavesIsClosed() {
        try (WebSocketPeer peer = speaks("v1.evennia.com", "/")) {
            peer.frame(TEXT, "[\"websocket_close\",[],{}]");
            assertEquals(CloseCodes.OVER, peer.closeCode());
        }
    }

    // mudstandards

    @Test
    void gmcpClientIsKnownByItsHelloAndItsPingIsAnswered() {
        try (WebSocketPeer peer = speaks("gmcp.mudstandards.org", "/")) {
            peer.frame(TEXT, "Core.Hello {\"client\":\"telix\",\"version\":\"0.1\"}");
            Await.equal("telix", () -> portal.facts(1).get(Fact.CLIENT));
            Await.equal("0.1", () -> portal.facts(1).get(Fact.VERSION));
            peer.frame(TEXT, "Core.Ping 100");
            assertEquals("Core.Ping", text(peer));
            peer.frame(TEXT, "Core.Supports.Set [\"Char 1\"]");
            Await.equal("Char 1", () -> portal.facts(1).get(Fact.PACKAGES));
        }
    }

    @Test
    void gmcpClientIsToldWhyItsSessionEnds() {
        try (WebSocketPeer peer = speaks("gmcp.mudstandards.org", "/")) {
            portal.game().disconnect(1, "Farewell!");
            assertEquals("Farewell!\r\n", peer.next().text());
            assertEquals("Core.Goodbye \"Farewell!\"", text(peer));
        }
    }

    @Test
    void sizeOfTheWindowIsKnown() {
        try (WebSocketPeer peer = speaks("json.mudstandards.org", "/")) {
            peer.frame(
                    TEXT,
                    "{\"proto\":\"terminal\",\"id\":\"size\",\"data\":{\"cols\":90,\"rows\":30}}");
            Await.equal(90, () -> portal.facts(1).get(Fact.WIDTH));
            Await.equal(30, () -> portal.facts(1).get(Fact.HEIGHT));
        }
    }

    @Test
    void terminalDropsWhatIsOutOfBand() {
        try (WebSocketPeer peer = speaks("terminal.mudstandards.org", "/")) {
            says(CommandTuple.of("foo", "a"));
            says(CommandTuple.text("shown"));
            WebSocketPeer.Frame frame = peer.next();
            assertEquals(BINARY, frame.first());
            assertEquals("shown\r\n", frame.text());
        }
    }

    @Test
    void asciiIsTextBothWays() {
        try (WebSocketPeer peer = speaks("ascii", "/")) {
            peer.frame(TEXT, "look\n");
            portal.game().awaits("1 text look");
            says(CommandTuple.text("a room"));
            assertEquals("a room\r\n", text(peer));
        }
    }

    // Telnet.

    @ParameterizedTest
    @ValueSource(strings = {"telnet.mudstandards.org", "telnet.ietf.org", "telnet", "binary"})
    void telnetIsNegotiatedWithoutCompression(String subprotocol) {
        try (WebSocketPeer peer = speaks(subprotocol, "/")) {
            WebSocketPeer.Frame offers = peer.next();
            assertEquals(BINARY, offers.first());
            String hex = HexFormat.of().formatHex(offers.payload());
            assertTrue(hex.contains("fffbc9"), "WILL GMCP in " + hex);
            assertFalse(hex.contains("fffb56"), "no WILL MCCP2 in " + hex);
            peer.frame(BINARY, "lo").frame(BINARY, "ok\r").frame(BINARY, "\n");
            portal.game().awaits("1 text look");
        }
    }

    private static String text(WebSocketPeer peer) {
        WebSocketPeer.Frame frame = peer.next();
        assertEquals(TEXT, frame.first(), frame.text());
        return frame.text();
    }
}
