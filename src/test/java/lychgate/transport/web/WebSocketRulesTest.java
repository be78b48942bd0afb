package lychgate.transport.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.Weight;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
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
        "unmasked binary,                  82 00",
        "unmasked ping,                    89 00",
        "unmasked close,                   88 02 03e8",
        "unmasked second fragment,         01 80 00000000 80 00",
        "reserved bit 1,                   c1 80 00000000",
        "reserved bit 2,                   a1 80 00000000",
        "reserved bit 3,                   91 80 00000000",
        "reserved bits in a ping,          f9 80 00000000",
        "reserved bit in a fragment,       01 80 00000000 c0 80 00000000",
        "unknown opcode 3,                 83 80 00000000",
        "unknown opcode 4,                 84 80 00000000",
        "unknown opcode 5,                 85 80 00000000",
        "unknown opcode 6,                 86 80 00000000",
        "unknown opcode 7,                 87 80 00000000",
        "unknown control opcode b,         8b 80 00000000",
        "unknown control opcode c,         8c 80 00000000",
        "unknown control opcode d,         8d 80 00000000",
        "unknown control opcode e,         8e 80 00000000",
        "unknown control opcode f,         8f 80 00000000",
        "unknown opcode within a message,  01 80 00000000 83 80 00000000",
        "ping in two fragments,            09 80 00000000",
        "pong in two fragments,            0a 80 00000000",
        "close in two fragments,           08 80 00000000",
        "ping of 126 bytes,                89 fe 007e 00000000 00",
        "pong of 126 bytes,                8a fe 007e 00000000 00",
        "close of 126 bytes,               88 fe 007e 00000000 00",
        "continuation of nothing,          80 80 00000000",
        "begun continuation of nothing,    00 80 00000000",
        "new message within another,       01 80 00000000 81 80 00000000",
        "new fragments within a message,   02 80 00000000 01 80 00000000",
        "continuation after the end,       01 80 00000000 80 80 00000000 80 80 00000000",
        "close with half a code,           88 81 00000000 03",
        "close with code 0,                88 82 00000000 0000",
        "close with code 999,              88 82 00000000 03e7",
        "close with code 1004,             88 82 00000000 03ec",
        "close with code 1005,             88 82 00000000 03ed",
        "close with code 1006,             88 82 00000000 03ee",
        "close with code 1015,             88 82 00000000 03f7",
        "close with code 1016,             88 82 00000000 03f8",
        "close with code 1100,             88 82 00000000 044c",
        "close with code 2000,             88 82 00000000 07d0",
        "close with code 2999,             88 82 00000000 0bb7",
        "close with code 5000,             88 82 00000000 1388",
        "close with code 65535,            88 82 00000000 ffff",
    })
    void whatBreaksTheProtocolEndsTheSession(String name, String hex) {
        assertEquals(1002, peer.sends(hex).closeCode(), name);
        Await.equal(0, portal::places);
    }

    @Test
    void characterMayBeCutAtEachByteWithControlFramesBetween() {
        byte[] message = "[\"text\",[\"世😀\"],{}]".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < message.length; i++) {
            boolean last = i == message.length - 1;
            peer.frame((last ? 0x80 : 0) | (i == 0 ? 1 : 0), new byte[] {message[i]});
            if (!last) {
                peer.frame(PING, Integer.toString(i)).frame(PONG, "");
            }
        }
        for (int i = 0; i < message.length - 1; i++) {
            assertEquals(Integer.toString(i), peer.next().text());
        }
        portal.game().awaits("1 text 世😀");
    }

    @Test
    void framesMayArriveByteByByte() {
        String hex = "81 94 00000000 5b2274657874222c5b226c6f6f6b225d2c7b7d5d";
        for (byte one : HexFormat.of().parseHex(hex.replace(" ", ""))) {
            peer.sends(HexFormat.of().toHexDigits(one));
        }
        portal.game().awaits("1 text look");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe 0014", "ff 0000000000000014"})
    void lengthMayTakeMoreBytesThanItNeeds(String length) {
        String look = HexFormat.of().formatHex(LOOK.getBytes(StandardCharsets.UTF_8));
        peer.sends("81" + length + "00000000" + look);
        portal.game().awaits("1 text look");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 128, 65_535, 65_536})
    void messagesOfEachLengthAreRead(int length) {
        peer.frame(BINARY, "x".repeat(length)).frame(TEXT, LOOK);
        portal.game().awaits("1 text look");
        assertEquals(1, portal.meters().count("malformed v1"));
    }

    @Test
    void manyPingsAreAnsweredInOrder() {
        for (int i = 0; i < 100; i++) {
            peer.frame(PING, "ping " + i);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals("ping " + i, peer.next().text());
        }
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
    @ValueSource(
            strings = {
                "ff", // no byte of UTF-8
                "80", // a continuation alone
                "c080", // NUL in two bytes
                "c1bf", // more bytes than needed
                "e0809f", // the same in three
                "f08082ac", // and in four
                "eda080", // a surrogate
                "edafbf edbfbf", // a pair of them
                "f4908080", // above U+10FFFF
                "f8888080 80", // five bytes
                "fc848080 8080", // six bytes
                "c3", // cut after one byte
                "e282", // after two
                "f09f98", // after three
                "5b5d c3 28", // followed by a letter
                "cebae1bd b9cf83ce bcceb5ed a0806564 69746564", // well begun
            })
    void textThatIsNotUtf8EndsTheSession(String hex) {
        peer.frame(TEXT, HexFormat.of().parseHex(hex.replace(" ", "")));
        assertEquals(1007, peer.closeCode());
        assertEquals(1, portal.meters().count("malformed websocket_utf8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u007f",
                "\ud7ff",
                "\ue000",
                "\uffff",
                "\ufffe",
                "𐀀",
                "\udbff\udfff"
            })
    void eachCharacterOfUtf8IsRead(String character) {
        peer.frame(TEXT, Json.write(CommandTuple.of("echo", character))).frame(TEXT, LOOK);
        portal.game().awaits("1 text look");
        assertEquals(0, portal.meters().count("malformed websocket_utf8"));
    }

    @Test
    void reasonOfACloseThatIsNotUtf8EndsTheSession() {
        int code = peer.frame(CLOSE, new byte[] {3, (byte) 0xe8, (byte) 0xff}).closeCode();
        assertEquals(1007, code);
        Await.equal(0, portal::places);
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
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
    void closeIsAnsweredAndTheConnectionEnds(int code) {
        peer.frame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
        assertEquals(code, peer.closeCode());
        peer.end();
        portal.game().awaits("1 disconnected: ");
        Await.equal(0, portal::places);
    }

    @Test
    void whatComesBehindACloseIsNotRead() {
        String look = HexFormat.of().formatHex(LOOK.getBytes(StandardCharsets.US_ASCII));
        String text = "81" + HexFormat.of().toHexDigits((byte) (0x80 | LOOK.length()));
        peer.sends("88820000000003e8" + "898100000000" + "78" + text + "00000000" + look);
        assertEquals(1000, peer.next().closeCode());
        portal.game().awaits("1 disconnected: ");
        assertEquals(List.of(), portal.game().lines());
    }

    @Test
    void closeWithTheLongestReasonIsAnswered() {
        byte[] close = new byte[125];
        Arrays.fill(close, (byte) 'x');
        close[0] = 3;
        close[1] = (byte) 0xe8;
        assertEquals(1000, peer.frame(CLOSE, close).closeCode());
        peer.end();
    }

    @Test
    void closeWithinAMessageEndsTheSession() {
        peer.frame(0x01, "[").frame(CLOSE, new byte[] {3, (byte) 0xe8});
        assertEquals(1000, peer.closeCode());
        peer.end();
        Await.equal(0L, portal.memoryBudget()::kept);
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
