package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.telnet.Telnet;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;
import lychgate.testing.Wire;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/** MCCP2 and MCCP3 over a real connection: the client's zlib is the JDK's. */
class CompressionTest {
    private static final String SPOILT =
            "What your client sends compressed cannot be read. Please connect again.";

    @AutoClose
    private final ListeningTelnet telnet =
            new ListeningTelnet(
                    RecordingPortal.ROOMY,
                    0,
                    Set.of(Telnet.TTYPE, Telnet.ECHO, Telnet.MCCP2, Telnet.MCCP3));

    private final TelnetPeer peer = telnet.stranger().expects("IAC DO TTYPE IAC WILL MCCP2");

    CompressionTest() {
        telnet.game().hears("1 connected");
    }

    @Test
    void whatIsWrittenBehindTheMarkIsOneZlibStreamThatCanBeReadAtOnce() throws Exception {
        Inflater zlib = compressed();
        for (int i = 0; i < 100; i++) {
            telnet.game().text(1, "line " + i);
            assertEquals("line " + i + "\r\n", inflated(zlib, 6));
        }
    }

    @Test
    void streamEndsAsItsFormatHasItWhenTheClientWantsNoMore() throws Exception {
        Inflater zlib = compressed();
        telnet.game().text(1, "compressed");
        assertEquals("compressed\r\n", inflated(zlib, 6));
        peer.sends("IAC DONT MCCP2");
        byte[] last = toTheEndOf(zlib);
        assertEquals("IAC WONT MCCP2", Wire.words(last));
        telnet.game().text(1, "plain");
        peer.expectsLine("plain");
        telnet.game()
                .awaits("1 facts [mccp2: true (MCCP2)]")
                .awaits("1 facts [mccp2: false (MCCP2)]");
    }

    @Test
    void streamEndsAsItsFormatHasItWhenTheSessionEnds() throws Exception {
        Inflater zlib = compressed();
        telnet.game().disconnect(1, "Come again.");
        assertEquals("Come again.\r\n", new String(toTheEndOf(zlib), StandardCharsets.UTF_8));
        peer.expectsEnd();
    }

    @Test
    void inputCompressionIsOfferedLastThoughTheClientNeverAnswers() {
        peer.expects("IAC WILL MCCP3");
        telnet.game().hears("1 settled");
    }

    @Test
    void inputCompressionIsOfferedWhenTheOpeningIsAnswered() {
        peer.sends("IAC DONT MCCP2 IAC WONT TTYPE").expects("IAC WILL MCCP3");
    }

    @Test
    void inputIsInflatedFromTheVeryByteBehindTheMarkToTheEndOfTheStream() {
        offered().sends(with("'a' LF IAC DO MCCP3 IAC SB MCCP3 IAC SE", zlib("'b' LF"), "'c' LF"));
        telnet.game().awaits("1 text a").awaits("1 text b").awaits("1 text c");
        assertEquals(Map.of(), telnet.meters().counts("malformed"));
    }

    @Test
    void inflatedInputMayComeByteByByte() {
        offered().sends("IAC DO MCCP3");
        for (byte b : with("IAC SB MCCP3 IAC SE", zlib("'over' IAC WILL TTYPE 'there' LF"), "")) {
            peer.sends(new byte[] {b});
        }
        telnet.game().awaits("1 text overthere");
    }

    @Test
    void streamThatIsNoneEndsThatSession() {
        TelnetPeer other = telnet.stranger();
        telnet.game().awaits("2 connected");
        offered().sends("IAC DO MCCP3 IAC SB MCCP3 IAC SE 'this is no zlib'");
        peer.expectsLine(SPOILT).expectsEnd();
        assertEquals(Map.of("malformed mccp3_garbage", 1L), telnet.meters().counts("malformed"));
        other.types("on");
        telnet.game().awaits("2 text on");
    }

    @Test
    void bombEndsThatSession() {
        byte[] bomb = zlib(new byte[64 * 1024 * 1024]);
        assertTrue(bomb.length < 100_000);
        offered().sends(with("IAC DO MCCP3 IAC SB MCCP3 IAC SE", bomb, ""));
        peer.expectsLine(SPOILT).expectsEnd();
        assertEquals(Map.of("malformed mccp3_bomb", 1L), telnet.meters().counts("malformed"));
    }

    @Test
    void whoMakesMuchWorkIsNotReadForAWhileAndLosesNothing() {
        offered().sends(with("IAC DO MCCP3 IAC SB MCCP3 IAC SE", zlib(swelling(500)), "'end' LF"));
        telnet.game().awaits("1 text end");
        assertEquals(501, telnet.game().lines().size());
        assertTrue(telnet.meters().count("refused mccp3_work") > 0);
        assertEquals(Map.of(), telnet.meters().counts("malformed"));
    }

    @Test
    void whatTheGameHasNoTimeForIsNotInflated() {
        telnet.game().neverConsumes();
        offered().sends(with("IAC DO MCCP3 IAC SB MCCP3 IAC SE", zlib(swelling(250)), "'end' LF"));
        Await.until("a page", () -> telnet.game().lines().size() >= 64);
        assertTrue(telnet.game().lines().size() < 150);
        for (int i = 0; i < 251; i++) {
            int consumed = i;
            Await.until("line " + i, () -> telnet.game().lines().size() > consumed);
            telnet.game().portal().consumed(1, 1);
        }
        assertEquals("end", telnet.game().lines().getLast());
    }

    @Test
    void whatWasSentBeforeTheEndOfTheInputIsHeardBeforeIt() {
        offered().sends(with("IAC DO MCCP3 IAC SB MCCP3 IAC SE", zlib(swelling(500)), "'end' LF"));
        peer.halfCloses();
        telnet.game().awaits("1 text end");
        peer.expectsEnd();
    }

    @Test
    void streamThatWasNotAgreedOnIsInputLikeAnyOther() {
        peer.sends("IAC SB MCCP3 IAC SE 'on' LF");
        telnet.game().awaits("1 text on");
        assertEquals(
                Map.of("malformed unexpected_subnegotiation", 1L),
                telnet.meters().counts("malformed"));
    }

    /** A client that has been offered to compress what it sends. */
    private TelnetPeer offered() {
        return peer.sends("IAC DONT MCCP2 IAC WONT TTYPE").expects("IAC WILL MCCP3");
    }

    /** A client that has asked for compression, at the beginning of the stream. */
    private Inflater compressed() {
        peer.sends("IAC DO MCCP2").expects("IAC SB MCCP2 IAC SE");
        return new Inflater();
    }

    /** What comes next, when at least so many bytes of it are there and all can be inflated. */
    private String inflated(Inflater zlib, int least) throws DataFormatException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] portion = new byte[1024];
        while (plain.size() < least || !plain.toString(StandardCharsets.UTF_8).endsWith("\n")) {
            zlib.setInput(peer.readsSome());
            for (int n = zlib.inflate(portion); n > 0; n = zlib.inflate(portion)) {
                plain.write(portion, 0, n);
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    /** What is left of the stream, whose end is seen; what comes behind it is for others. */
    private byte[] toTheEndOf(Inflater zlib) throws DataFormatException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] portion = new byte[1024];
        while (!zlib.finished()) {
            byte[] some = peer.readsSome();
            zlib.setInput(some);
            for (int n = zlib.inflate(portion); n > 0; n = zlib.inflate(portion)) {
                plain.write(portion, 0, n);
            }
            peer.unreads(zlib.getRemaining());
        }
        return plain.toByteArray();
    }

    /** Lines that can be sent in very few bytes, but not in so few that they are a bomb. */
    private static byte[] swelling(int count) {
        Random random = new Random(3);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("x".repeat(400)).append(random.nextInt(10_000)).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] zlib(String words) {
        return zlib(Wire.bytes(words));
    }

    private static byte[] zlib(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(out, new Deflater(9))) {
            zlib.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] with(String before, byte[] bytes, String after) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Wire.bytes(before));
        all.writeBytes(bytes);
        all.writeBytes(Wire.bytes(after));
        return all.toByteArray();
    }
}
