package lychgate.telnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

class CompressorTest {
    private static final String WORDS =
            "you go north the lantern swings and somebody says good evening to the old yew tree";

    @Test
    void linesAreReadableAsSoonAsTheyAreFlushed() throws Exception {
        Compressor compressor = new Compressor(new DeflaterPool(6));
        Inflater reader = new Inflater();
        for (String line : List.of("You go north.\r\n", "The lantern swings.\r\n")) {
            ByteBuilder out = new ByteBuilder();
            compressor.compress(bytes(line), out);
            compressor.flush(out);
            assertEquals(line, inflate(reader, out.take()));
        }
        reader.end();
    }

    @Test
    void streamIsOneZlibStreamThoughTheDeflaterChangesAtEveryLine() throws Exception {
        Seeded.times(
                20,
                random -> {
                    DeflaterPool pool = new DeflaterPool(6);
                    Compressor compressor = new Compressor(pool);
                    Compressor other = new Compressor(pool);
                    ByteArrayOutputStream plain = new ByteArrayOutputStream();
                    ByteArrayOutputStream stream = new ByteArrayOutputStream();
                    for (int i = 0; i < 1_000; i++) {
                        byte[] line = line(random);
                        plain.writeBytes(line);
                        stream.writeBytes(output(compressor, line));
                        if (random.nextBoolean()) {
                            compressor.release();
                            output(other, line(random)); // gets the one that was given back
                            other.release();
                        }
                    }
                    ByteBuilder end = new ByteBuilder();
                    compressor.finish(end);
                    stream.writeBytes(end.take());
                    Inflater reader = new Inflater();
                    assertEquals(
                            plain.toString(StandardCharsets.US_ASCII),
                            inflate(reader, stream.toByteArray()));
                    assertTrue(reader.finished(), "the checksum at the end is right");
                    reader.end();
                });
    }

    @Test
    void restingCostsLittleOfTheRatio() {
        Random random = new Random(1);
        Compressor compressor = new Compressor(new DeflaterPool(6));
        long plain = 0;
        long compressed = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] line = line(random);
            plain += line.length;
            compressed += output(compressor, line).length;
            compressor.release();
        }
        double ratio = (double) plain / compressed;
        assertTrue(ratio > 2, () -> "ratio " + ratio);
    }

    @Test
    void sessionsThatRestShareAFewDeflaters() {
        DeflaterPool pool = new DeflaterPool(6);
        List<Compressor> sessions = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Compressor session = new Compressor(pool);
            sessions.add(session);
            output(session, bytes("hello\r\n"));
            assertTrue(pool.lent() <= 65, "more are not kept though nobody rests by himself");
        }
        sessions.forEach(Compressor::release);
        assertEquals(0, pool.lent());
    }

    @Test
    void inflatingGivesWhatWasDeflatedHoweverItIsCut() throws Exception {
        Seeded.times(
                200,
                random -> {
                    byte[] plain = line(random);
                    byte[] stream = deflate(plain);
                    Decompressor decompressor = new Decompressor();
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    for (int from = 0; from < stream.length; ) {
                        int to = from + 1 + random.nextInt(stream.length - from);
                        ByteBuffer in = ByteBuffer.wrap(Arrays.copyOfRange(stream, from, to));
                        read(decompressor, in, out);
                        from = to;
                    }
                    assertArrayEquals(plain, out.toByteArray());
                    assertTrue(decompressor.finished());
                });
    }

    @Test
    void inputBehindTheEndOfTheStreamIsLeft() throws Exception {
        byte[] stream = deflate(bytes("look\r\n"));
        ByteBuffer in = ByteBuffer.allocate(stream.length + 5).put(stream).put(bytes("plain"));
        in.flip();
        Decompressor decompressor = new Decompressor();
        read(decompressor, in, new ByteArrayOutputStream());
        assertTrue(decompressor.finished());
        assertEquals(5, in.remaining());
    }

    @Test
    void garbageIsFoundOut() {
        Decompressor decompressor = new Decompressor();
        var e =
                assertThrows(
                        Decompressor.BrokenStreamException.class,
                        () -> decompressor.next(ByteBuffer.wrap(bytes("look\r\n")), 0));
        assertEquals("mccp3_garbage", e.kind());
    }

    @Test
    void bombIsFoundOutBeforeItHasGrown() throws Exception {
        byte[] stream = deflate(new byte[64 << 20]);
        Decompressor decompressor = new Decompressor();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var e =
                assertThrows(
                        Decompressor.BrokenStreamException.class,
                        () -> read(decompressor, ByteBuffer.wrap(stream), out));
        assertEquals("mccp3_bomb", e.kind());
        assertTrue(out.size() <= 300_000, () -> out.size() + " bytes came out");
    }

    @Test
    void muchThatIsTypedIsNoBomb() throws Exception {
        Random random = new Random(2);
        byte[] plain = new byte[4 << 20];
        random.nextBytes(plain);
        Decompressor decompressor = new Decompressor();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        read(decompressor, ByteBuffer.wrap(deflate(plain)), out);
        assertEquals(plain.length, out.size());
        assertFalse(out.size() == 0);
    }

    @Test
    void whoTypesNeverHasToRest() throws Exception {
        InflateCredit credit = new InflateCredit();
        Decompressor decompressor = new Decompressor(credit);
        Deflater deflater = new Deflater();
        for (int i = 0; i < 10_000; i++) { // as fast as commands are taken: 80 a second
            ByteBuffer in = ByteBuffer.wrap(flushed(deflater, "look at the gate " + i + "\r\n"));
            assertEquals(0, credit.restMillis(i * 12L));
            decompressor.next(in, i * 12L);
        }
        assertEquals(0, credit.restMillis(120_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one stream", "a stream each time"})
    void whatIsInflatedInTheLongRunIsBounded(String how) throws Exception {
        InflateCredit credit = new InflateCredit();
        byte[] plain = swelling();
        byte[] stream = deflate(plain);
        assertTrue(stream.length * 50 < plain.length, "fifty for one");
        ByteBuffer in = ByteBuffer.wrap(stream);
        Decompressor decompressor = new Decompressor(credit);
        long inflated = 0;
        for (long now = 0; now < 60_000; ) {
            long rest = credit.restMillis(now);
            if (rest > 0) {
                now += rest;
                continue;
            }
            ByteBuffer portion = decompressor.next(in, now);
            inflated += portion == null ? 0 : portion.remaining();
            if (portion == null || how.startsWith("a stream")) {
                decompressor.close();
                decompressor = new Decompressor(credit);
                in.rewind();
            }
        }
        long most = InflateCredit.BURST + 60_000 * InflateCredit.BYTES_A_MILLI;
        assertTrue(inflated > most / 2 && inflated <= most + Decompressor.PORTION, "" + inflated);
    }

    @Test
    void streamsOfNothingAreWorkToo() throws Exception {
        InflateCredit credit = new InflateCredit();
        byte[] nothing = deflate(new byte[0]);
        int streams = 0;
        for (; credit.restMillis(0) == 0; streams++) {
            Decompressor decompressor = new Decompressor(credit);
            decompressor.next(ByteBuffer.wrap(nothing), 0);
            decompressor.close();
        }
        assertTrue(streams < 40, streams + " streams");
    }

    /** Lines that can be sent in very few bytes, but not in so few that they are a bomb. */
    private static byte[] swelling() {
        Random random = new Random(3);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            lines.append("x".repeat(400)).append(random.nextInt(10_000)).append("\r\n");
        }
        return bytes(lines.toString());
    }

    private static byte[] flushed(Deflater deflater, String line) {
        byte[] out = new byte[1_000];
        deflater.setInput(bytes(line));
        return Arrays.copyOf(out, deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH));
    }

    private static void read(Decompressor from, ByteBuffer in, ByteArrayOutputStream out)
            throws Decompressor.BrokenStreamException {
        for (ByteBuffer p = from.next(in, 0); p != null; p = from.next(in, 0)) {
            byte[] plain = new byte[p.remaining()];
            p.get(plain);
            out.writeBytes(plain);
        }
    }

    private static byte[] output(Compressor compressor, byte[] line) {
        ByteBuilder out = new ByteBuilder();
        compressor.compress(line, out);
        compressor.flush(out);
        return out.take();
    }

    private static byte[] line(Random random) {
        String[] words = WORDS.split(" ", -1);
        StringBuilder line = new StringBuilder();
        for (int i = 3 + random.nextInt(12); i > 0; i--) {
            line.append(words[random.nextInt(words.length)]).append(' ');
        }
        return bytes(line.append("\r\n").toString());
    }

    private static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[4096];
        while (!deflater.finished()) {
            out.write(chunk, 0, deflater.deflate(chunk));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static String inflate(Inflater reader, byte[] stream) throws Exception {
        reader.setInput(stream);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] chunk = new byte[4096];
        for (int n = reader.inflate(chunk); n > 0; n = reader.inflate(chunk)) {
            out.write(chunk, 0, n);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
