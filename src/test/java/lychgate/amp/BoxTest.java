package lychgate.amp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Python;
import lychgate.Seeded;
import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.AmpMessage.Failure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class BoxTest {
    private static final int MANY = 100_000;
    private static final int MOST = 1 << 20;
    private static final HexFormat HEX = HexFormat.of();

    /** Evennia's own test vector: {@code (1, {"test": 2})} to the portal. */
    private static final String GOLDEN =
            "00045f61736b00013100085f636f6d6d616e6400104d736753657276657232506f7274616c000b7061636b"
                + "65645f64617461002078da6b609d2ac80001de8cb5537a584a528b4ba6783315b74dd10300565507"
                + "750000";

    private static final String UNPACKS =
            """
            import sys, zlib
            box = bytes.fromhex(sys.stdin.read())
            values, at = {}, 0
            while box[at:at + 2] != b'\\0\\0':
                n = int.from_bytes(box[at:at + 2], 'big'); key = box[at + 2:at + 2 + n]; at += 2 + n
                n = int.from_bytes(box[at:at + 2], 'big'); values[key] = box[at + 2:at + 2 + n]
                at += 2 + n
            plain, number = zlib.decompress(values[b'packed_data']), 2
            while b'packed_data.%d' % number in values:
                plain += zlib.decompress(values[b'packed_data.%d' % number]); number += 1
            print(plain.hex(), number - 1, sorted(values) == list(values))
            """;

    @Test
    void goldenBoxIsRead() throws Exception {
        Ask ask = assertInstanceOf(Ask.class, message(GOLDEN));
        assertEquals("1", ask.tag());
        assertEquals("MsgServer2Portal", ask.command());
        byte[] pickle = new PackedDataReader().read(ask.arguments(), MOST);
        assertEquals("(1, {'test': 2})", Repr.of(PickleReader.read(pickle, MANY)));
    }

    @Test
    void goldenBoxIsWritten() {
        byte[] packed =
                HEX.parseHex("78da6b609d2ac80001de8cb5537a584a528b4ba6783315b74dd1030056550775");
        Ask ask = new Ask("1", "MsgServer2Portal", Box.EMPTY.with("packed_data", packed));
        assertEquals(GOLDEN, HEX.formatHex(ask.box().encode()));
    }

    @Test
    void orderOfTheLauncherIsRead() throws Exception {
        Ask ask =
                assertInstanceOf(
                        Ask.class,
                        message(
                                "00045f61736b00013200085f636f6d6d616e6400124d73674c61756e6368657232"
                                        + "506f7274616c0009617267756d656e7473000580057d942e00096f"
                                        + "7065726174696f6e00010e0000"));
        assertEquals("MsgLauncher2Portal", ask.command());
        assertEquals("\u000e", ask.arguments().text("operation"));
        assertEquals("80057d942e", HEX.formatHex(ask.arguments().get("arguments")));
    }

    @Test
    void answerIsWrittenAsTwistedWritesIt() {
        assertEquals(
                "00075f616e737765720001310000",
                HEX.formatHex(new Answer("1", Box.EMPTY).box().encode()));
    }

    @Test
    void failureIsReadAsItWasWritten() throws Exception {
        Failure failure = new Failure("1f", AmpMessage.EXCEPTION, "not recognized");
        assertEquals(failure, message(HEX.formatHex(failure.box().encode())));
    }

    @Test
    void boxesAreTheSameHoweverTheyAreCut() {
        Seeded.times(
                500,
                random -> {
                    List<String> expected = new ArrayList<>();
                    StringBuilder wire = new StringBuilder();
                    for (int i = 0; i < 5; i++) {
                        String box = HEX.formatHex(randomBox(random).encode());
                        expected.add(box);
                        wire.append(box);
                    }
                    assertEquals(expected, decoded(HEX.parseHex(wire), random));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "485454502f312e3120323030204f4b0d0a", // HTTP/1.1 200 OK
                "474554202f20485454502f312e310d0a", // GET / HTTP/1.1
                "160301020001", // TLS
                "fffb18", // telnet
                "0100", // a key of 256 bytes
            })
    void whatIsNotAmpIsRefused(String hex) {
        assertThrows(MalformedException.class, () -> message(hex));
    }

    @Test
    void boxThatNeverEndsIsRefused() {
        byte[] value = new byte[60_000];
        ByteBuffer wire = ByteBuffer.allocate(20 * 60_010);
        for (int i = 0; i < 20; i++) {
            wire.put(new byte[] {0, 1, (byte) ('a' + i), (byte) (60_000 >> 8), (byte) 60_000});
            wire.put(value);
        }
        BoxDecoder decoder = new BoxDecoder(MOST);
        assertThrows(MalformedException.class, () -> decoder.next(wire.flip()));
    }

    @Test
    void boxOfNothingButTinyValuesIsRefusedToo() {
        ByteBuffer wire = ByteBuffer.allocate(1 << 18);
        while (wire.remaining() > 6) {
            wire.put(
                    new byte[] {0, 2, (byte) wire.position(), (byte) (wire.position() >> 8), 0, 0});
        }
        BoxDecoder decoder = new BoxDecoder(1 << 20);
        assertThrows(MalformedException.class, () -> decoder.next(wire.flip()));
    }

    @Test
    void boxThatIsTooLongIsReadToItsEndWhereThatIsAllowedAndTheNextIsWhole() throws Exception {
        Box parts = Box.EMPTY.with("_ask", "1").with("_command", "x".repeat(256));
        for (int i = 0; i < 20; i++) {
            parts = parts.with("part" + i, new byte[60_000]);
        }
        Box next = Box.EMPTY.with("_answer", "2");
        BoxDecoder decoder = new BoxDecoder(100);
        decoder.limitTo(MOST);
        ByteBuffer wire = ByteBuffer.allocate(2 << 20);
        wire.put(parts.encode()).put(next.encode()).flip();
        Box first = Objects.requireNonNull(decoder.next(wire));
        assertTrue(first.isTruncated());
        assertEquals("1", first.text("_ask"));
        assertNull(first.get("_command"));
        assertNull(first.get("part0"));
        Box second = Objects.requireNonNull(decoder.next(wire));
        assertFalse(second.isTruncated());
        assertEquals("2", second.text("_answer"));
    }

    @Test
    void ofAKeyThatIsThereTwiceTheLastCountsInALongBoxToo() throws Exception {
        Box second = Box.EMPTY.with("_ask", "2");
        byte[] tail = second.encode();
        byte[] head = Box.EMPTY.with("_ask", "1").with("a", new byte[200]).encode();
        ByteBuffer wire = ByteBuffer.allocate(head.length - 2 + tail.length);
        wire.put(head, 0, head.length - 2).put(tail);
        for (int most : new int[] {MOST, 100}) {
            BoxDecoder decoder = new BoxDecoder(MOST);
            decoder.limitTo(most);
            Box box = Objects.requireNonNull(decoder.next(wire.flip()));
            assertEquals(most == 100, box.isTruncated());
            assertEquals("2", box.text("_ask"));
        }
    }

    @Test
    void tagThatIsLongerThanAnyIsRefused() throws Exception {
        String most = "t".repeat(AmpMessage.MAX_TAG);
        Box ask = Box.EMPTY.with("_command", "x");
        assertEquals(most, ((AmpMessage.Ask) AmpMessage.of(ask.with("_ask", most))).tag());
        for (Box box :
                List.of(
                        ask.with("_ask", most + "t"),
                        Box.EMPTY.with("_answer", most + "t"),
                        Box.EMPTY.with("_error", most + "t"))) {
            assertThrows(MalformedException.class, () -> AmpMessage.of(box));
        }
    }

    @Test
    void boxThatNeitherAsksNorAnswersIsRefused() {
        assertThrows(MalformedException.class, () -> message("0000"));
    }

    @Test
    void anyBytesAreBoxesOrRefused() {
        Seeded.times(
                5_000,
                random -> {
                    byte[] bytes = Seeded.bytes(random, random.nextInt(300), 0, 1, 2);
                    BoxDecoder decoder = new BoxDecoder(MOST);
                    ByteBuffer in = ByteBuffer.wrap(bytes);
                    try {
                        Box box = decoder.next(in);
                        while (box != null) {
                            new PackedDataReader().read(box, MOST);
                            box = decoder.next(in);
                        }
                    } catch (MalformedException e) {
                        assertTrue(String.valueOf(e.getMessage()).length() > 3);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_024, 1_025, 59_999, 60_000, 60_001, 300_000})
    void dataOfAnyLengthComesBackAndPythonReadsIt(int length) throws Exception {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain); // nothing to compress: the pieces grow
        Box box = PackedData.put(Box.EMPTY.with("_command", "x"), plain);
        assertArrayEquals(plain, new PackedDataReader().read(box, MOST));
        try (Python python = Python.reads(HEX.formatHex(box.encode()), UNPACKS)) {
            int pieces = Math.max(1, (length + PackedData.PIECE - 1) / PackedData.PIECE);
            assertEquals(HEX.formatHex(plain) + " " + pieces + " True", python.prints());
        }
    }

    @Test
    void textThatRepeatsItselfIsCompressed() {
        byte[] plain = "a room with a view. ".repeat(500).getBytes(StandardCharsets.UTF_8);
        Box box = PackedData.put(Box.EMPTY, plain);
        assertTrue(box.encode().length < plain.length / 10);
    }

    @Test
    void bombIsRefusedBeforeItIsUnpacked() {
        Box box = PackedData.put(Box.EMPTY, new byte[4 * MOST]);
        assertThrows(MalformedException.class, () -> new PackedDataReader().read(box, MOST));
    }

    @Test
    void dataThatIsCutOffOrNotThereIsRefused() throws Exception {
        byte[] packed =
                Objects.requireNonNull(
                        PackedData.put(Box.EMPTY, new byte[5_000]).get("packed_data"));
        Box half = Box.EMPTY.with("packed_data", Arrays.copyOf(packed, packed.length / 2));
        assertThrows(MalformedException.class, () -> new PackedDataReader().read(half, MOST));
        assertThrows(MalformedException.class, () -> new PackedDataReader().read(Box.EMPTY, MOST));
        assertNull(Box.EMPTY.get("packed_data"));
    }

    private static AmpMessage message(String hex) throws MalformedException {
        Box box = new BoxDecoder(MOST).next(ByteBuffer.wrap(HEX.parseHex(hex)));
        return AmpMessage.of(box == null ? Box.EMPTY : box);
    }

    private static List<String> decoded(byte[] wire, Random random) throws MalformedException {
        List<String> boxes = new ArrayList<>();
        BoxDecoder decoder = new BoxDecoder(MOST);
        int at = 0;
        while (at < wire.length) {
            int length = Math.min(wire.length - at, 1 + random.nextInt(40));
            ByteBuffer in = ByteBuffer.wrap(wire, at, length);
            for (Box box = decoder.next(in); box != null; box = decoder.next(in)) {
                boxes.add(HEX.formatHex(box.encode()));
            }
            at += length;
        }
        return boxes;
    }

    private static Box randomBox(Random random) {
        Box box = Box.EMPTY;
        for (int i = random.nextInt(5); i > 0; i--) {
            box = box.with("key" + random.nextInt(9), Seeded.bytes(random, random.nextInt(60), 0));
        }
        return box;
    }
}
