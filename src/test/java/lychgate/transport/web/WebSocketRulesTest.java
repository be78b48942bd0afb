package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Await;
import lychgate.portal.RecordingPortal;
import lychgate.session.Departure;
import lychgate.session.Weight;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/** The cases of RFC 6455: framing, control frames, UTF-8, the end; and our own bounds. */
class WebSocketRulesTest {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;

    /** Commands that the game takes before it has finished one. */
    private static final int PASTE = 64;

    private static final String LOOK = "[\"text\",[\"look\"],{}]";

    private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final WebSockets web = new WebSockets(portal, WebSockets.CONFIG);
    private final WebSocketPeer peer = WebSocketPeer.asks(web.port("websocket"), "/");

    WebSocketRulesTest() {
        portal.game().awaits("1 settled");
    }

    @AfterEach
    void close() {
        peer.close();
        web.close();
        portal.close();
    }

    // Framing.

    @Test
    void messageMayComeInFragmentsWithAPingBetween() {
        peer.frame(0x01, "[\"text\",[\"lo").frame(PING, "x").frame(0x80, "ok\"],{}]");
        assertEquals("x", peer.next().text());
        portal.game().awaits("1 text look");
    }

    @Test
    void fragmentsMayBeEmptyAndCutACharacter() {
        byte[] message = "[\"text\",[\"é\"],{}]".getBytes(StandardCharsets.UTF_8);
        byte[] head = Arrays.copyOf(message, 11);
        byte[] tail = Arrays.copyOfRange(message, 11, message.length);
        peer.frame(0x01, "").frame(0x00, head).frame(0x00, "").frame(0x80, tail);
        portal.game().awaits("1 text é");
    }

    @ParameterizedTest
    @CsvSource({
        "unmasked text,                    81 05 48656c6c6f",
        "reserved bit 1,                   c1 80 00000000",
        "reserved bit 3,                   91 80 00000000",
        "unknown opcode 3,                 83 80 00000000",
        "unknown control opcode b,         8b 80 00000000",
        "ping in two fragments,            09 80 00000000",
        "ping of 126 bytes,                89 fe 007e 00000000 00",
        "continuation of nothing,          80 80 00000000",
        "new message within another,       01 80 00000000 81 80 00000000",
        "close with half a code,           88 81 00000000 03",
        "close with code 1005,             88 82 00000000 03ed",
        "close with code 999,              88 82 00000000 03e7",
    })
    void whatBreaksTheProtocolEndsTheSession(String name, String hex) {
        assertEquals(1002, peer.sends(hex).closeCode(), name);
        Await.equal(0, portal::places);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    void pingIsAnsweredWithItsBytes(int length) {
        byte[] payload = new byte[length];
        peer.frame(PING, payload);
        WebSocketPeer.Frame answer = peer.next();
        assertEquals(PONG, answer.first());
        assertArrayEquals(payload, answer.payload());
    }

    @Test
    void pongThatNobodyAskedForIsPassedOver() {
        peer.frame(PONG, "x").frame(TEXT, LOOK);
        portal.game().awaits("1 text look");
    }

    // UTF-8.

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "f4908080", "c3", "e282"})
    void textThatIsNotUtf8EndsTheSession(String hex) {
        peer.frame(TEXT, HexFormat.of().parseHex(hex));
        assertEquals(1007, peer.closeCode());
        assertEquals(1, portal.meters().count("malformed websocket_utf8"));
    }

    @Test
    void bytesThatAreNotUtf8AreCounted() {
        peer.frame(BINARY, new byte[] {(byte) 0xff}).frame(TEXT, LOOK);
        portal.game().awaits("1 text look");
        assertEquals(1, portal.meters().count("malformed v1"));
    }

    // Bounds.

    @Test
    void longestMessageIsRead() {
        String padding = " ".repeat(WebSocketWire.MAX_MESSAGE - LOOK.length());
        peer.frame(TEXT, LOOK + padding);
        portal.game().awaits("1 text look");
    }

    @Test
    void linesThatWaitCountAsMuchAsTheyTake() {
        int lines = 10_000;
        portal.game().neverConsumes();
        peer.frame(TEXT, "[\"text\",[\"" + "a\\n".repeat(lines) + "\"],{}]");
        portal.game().awaits("1 text a");
        int each = Weight.text("a") + 2 * Weight.REFERENCE; // more than the four bytes that came
        Await.until(
                "what waits to be counted",
                () -> portal.memoryBudget().kept() > (lines - 2L * PASTE) * each);
        portal.game().disconnect(1, "");
        Await.equal(0L, portal.memoryBudget()::kept);
    }

    @Test
    void longerMessageEndsTheSessionWithWords() {
        peer.frame(TEXT, "x".repeat(WebSocketWire.MAX_MESSAGE + 1));
        assertEquals(1009, peer.closeCode());
        peer.end();
        assertEquals(1, portal.meters().count("refused websocket_message"));
        Await.equal(0L, portal.memoryBudget()::kept);
    }

    @Test
    void messageOfTooManyPartsEndsTheSession() {
        peer.frame(0x01, "");
        for (int i = 0; i < WebSocketWire.MAX_PARTS; i++) {
            peer.frame(0x00, "");
        }
        peer.frame(0x80, "");
        assertEquals(1008, peer.closeCode());
    }

    @Test
    void lengthThatNoMessageHasEndsTheSession() {
        peer.sends("82 ff 7fffffffffffffff 00000000");
        assertEquals(1009, peer.closeCode());
    }

    // The end.

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 3000, 4999})
    void closeIsAnsweredAndTheConnectionEnds(int code) {
        peer.frame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
        assertEquals(code, peer.closeCode());
        peer.end();
        portal.game().awaits("1 disconnected: ");
        Await.equal(0, portal::places);
    }

    @Test
    void closeWithoutACodeIsAnsweredWithoutOne() {
        peer.frame(CLOSE, new byte[0]);
        assertEquals(0, peer.next().payload().length);
        peer.end();
    }

    @ParameterizedTest
    @CsvSource({"OVER, 1000", "STOPPING, 1001", "IDLE, 4008", "LIMIT, 1008", "KICKED, 4003"})
    void clientIsToldWhyItEnds(Departure why, int code) {
        portal.ends(1, "Farewell!", why);
        assertEquals("[\"text\",[\"Farewell!\"],{}]", peer.next().text());
        assertEquals(code, peer.closeCode());
    }

    @Test
    void clientThatDoesNotAnswerOurCloseIsLeft() {
        portal.ends(1, "", Departure.OVER);
        assertEquals(1000, peer.closeCode());
        peer.end();
        Await.equal(0, portal::places);
    }

    // Silence.

    @Test
    void clientIsAskedEvery30SecondsWhetherItIsThere() {
        web.tick(after(31));
        assertEquals(PING, peer.next().first());
        portal.game().text(1, "Hello.");
        web.tick(after(32));
        assertTrue(peer.next().text().contains("Hello."), "no second ping so soon");
    }

    @Test
    void clientThatAnswersNoPingIsGivenUpWithin75Seconds() {
        web.tick(after(75));
        peer.end();
        Await.equal(0, portal::places);
        assertEquals(1, portal.meters().count("refused silent"));
    }

    @Test
    void clientThatIsNotReadIsNotSilent() {
        portal.game().neverConsumes();
        for (int i = 0; i < 200; i++) {
            peer.frame(TEXT, LOOK);
        }
        portal.game().awaits("1 text look");
        Await.until("the client is not read", () -> portal.isHeld(1));
        web.tick(after(600));
        assertEquals(1, portal.places());
    }

    private static long after(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }
}
