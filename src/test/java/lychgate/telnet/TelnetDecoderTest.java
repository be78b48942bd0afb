package lychgate.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;
import lychgate.testing.Wire;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class TelnetDecoderTest {
    private static final int MAX = 64 * 1024;

    @Test
    void textIsData() {
        assertDecodes("'hello' CR LF", "'hello' CR LF");
    }

    @Test
    void doubledIacIsOneByteOfData() {
        assertDecodes("'a' IAC IAC 'b'", "'a'", "ff", "'b'");
    }

    @Test
    void negotiationsAreToldApartFromTheTextAroundThem() {
        assertDecodes(
                "'a' IAC WILL NAWS IAC DO ECHO 'b' IAC WONT TTYPE IAC DONT SGA",
                "'a'",
                "IAC WILL NAWS",
                "IAC DO ECHO",
                "'b'",
                "IAC WONT TTYPE",
                "IAC DONT SGA");
    }

    @Test
    void commandsOfOneByteAreEvents() {
        assertDecodes("IAC NOP IAC AYT IAC GA IAC EOR", "IAC NOP", "IAC AYT", "IAC GA", "IAC EOR");
    }

    @Test
    void unknownCommandsAreEventsAndTheTextGoesOn() {
        assertDecodes("'a' IAC 01 'b'", "'a'", "IAC ECHO", "'b'");
    }

    @Test
    void subnegotiationKeepsItsPayload() {
        assertDecodes("IAC SB NAWS 00 50 00 18 IAC SE", "IAC SB NAWS 00 'P' 00 18 IAC SE");
    }

    @Test
    void doubledIacInSubnegotiationIsOneByte() {
        assertDecodes("IAC SB NAWS 00 IAC IAC 00 18 IAC SE", "IAC SB NAWS 00 ff 00 18 IAC SE");
    }

    @Test
    void loneSeInSubnegotiationIsPayload() {
        assertDecodes("IAC SB TTYPE SE 'x' IAC SE", "IAC SB TTYPE f0 'x' IAC SE");
    }

    @Test
    void lineEndsInSubnegotiationAreNotLines() {
        assertDecodes(
                "IAC SB NAWS 00 0a 00 0d IAC SE 'x'", "IAC SB NAWS 00 LF 00 CR IAC SE", "'x'");
    }

    @Test
    void emptySubnegotiationIsDropped() {
        assertDecodes("IAC SB IAC SE 'x'", "malformed:empty_subnegotiation", "'x'");
    }

    @Test
    void subnegotiationWithoutPayloadIsAnEvent() {
        assertDecodes("IAC SB TTYPE IAC SE", "IAC SB TTYPE IAC SE");
    }

    @Test
    void commandInsideSubnegotiationEndsItAndCounts() {
        assertDecodes(
                "IAC SB TTYPE 'x' IAC WILL NAWS 'y'",
                "malformed:broken_subnegotiation",
                "IAC WILL NAWS",
                "'y'");
        assertDecodes("IAC SB IAC DO ECHO", "malformed:broken_subnegotiation", "IAC DO ECHO");
    }

    @Test
    void longSubnegotiationIsDroppedWholeAndTheTextGoesOn() {
        TelnetDecoder decoder = new TelnetDecoder(3);
        assertEquals(
                List.of(
                        "IAC SB TTYPE 'abc' IAC SE",
                        "malformed:long_subnegotiation",
                        "IAC SB TTYPE 'z' IAC SE",
                        "'x'"),
                decode(
                        decoder,
                        Wire.bytes(
                                "IAC SB TTYPE 'abc' IAC SE IAC SB TTYPE 'abcdefgh' IAC SE"
                                        + " IAC SB TTYPE 'z' IAC SE 'x'")));
    }

    @Test
    void pullingStopsAtTheVeryByteWhereAnEventEnds() {
        TelnetDecoder decoder = new TelnetDecoder(MAX);
        ByteBuffer in = ByteBuffer.wrap(Wire.bytes("IAC SB TTYPE 00 IAC SE 'rest'"));
        decoder.next(in);
        assertEquals(4, in.remaining());
    }

    @Test
    void howeverAStreamIsCutTheEventsAreTheSame() {
        Seeded.times(
                2_000,
                random -> {
                    byte[] stream =
                            Seeded.bytes(
                                    random, random.nextInt(80), 255, 250, 240, 251, 253, 24, 13);
                    List<String> whole = joinedData(decode(new TelnetDecoder(8), stream));
                    TelnetDecoder decoder = new TelnetDecoder(8);
                    List<String> cut = new ArrayList<>();
                    for (int from = 0; from < stream.length; ) {
                        int to = from + 1 + random.nextInt(stream.length - from);
                        byte[] part = java.util.Arrays.copyOfRange(stream, from, to);
                        cut.addAll(decode(decoder, part));
                        from = to;
                    }
                    assertEquals(whole, joinedData(cut));
                });
    }

    @Test
    void everyPairOfBytesAfterIacIsHarmlessAndTheTextGoesOn() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                TelnetDecoder decoder = new TelnetDecoder(MAX);
                decode(decoder, new byte[] {(byte) 255, (byte) a, (byte) b});
                List<String> after = decode(decoder, Wire.bytes("IAC SE IAC SE 'go on'"));
                assertTrue(after.contains("'go on'"), () -> "after IAC and two bytes: " + after);
            }
        }
    }

    @Test
    void whatIsEncodedDecodesToTheSame() {
        Seeded.times(
                500,
                random -> {
                    byte[] bytes = Seeded.bytes(random, 1 + random.nextInt(40), 255, 240);
                    TelnetEvent event = new TelnetEvent.Subnegotiation(random.nextInt(255), bytes);
                    ByteBuilder out = new ByteBuilder();
                    TelnetEncoder.encode(event, out);
                    TelnetDecoder decoder = new TelnetDecoder(MAX);
                    ByteBuffer in = ByteBuffer.wrap(out.take());
                    assertEquals(event, decoder.next(in));
                    assertNull(decoder.next(in));
                });
    }

    @Test
    void dataIsEncodedWithEvery255Doubled() {
        ByteBuilder out = new ByteBuilder();
        TelnetEncoder.encode(new TelnetEvent.Data(Wire.bytes("ff 'a' ff ff 'b'")), out);
        assertEquals("ff 'a' ff ff 'b'", joined(decode(new TelnetDecoder(MAX), out.take())));
    }

    private static void assertDecodes(String sent, String... events) {
        assertEquals(List.of(events), decode(new TelnetDecoder(MAX), Wire.bytes(sent)));
    }

    private static List<String> decode(TelnetDecoder decoder, byte[] bytes) {
        List<String> events = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        for (TelnetEvent event = decoder.next(in); event != null; event = decoder.next(in)) {
            events.add(Wire.words(event));
        }
        return events;
    }

    /** Data may be cut anywhere: what counts is the bytes between two other events. */
    private static List<String> joinedData(List<String> events) {
        List<String> all = new ArrayList<>();
        StringBuilder data = new StringBuilder();
        for (String event : events) {
            if (event.startsWith("IAC") || event.startsWith("malformed")) {
                addData(data, all);
                all.add(event);
            } else {
                data.append(' ').append(event);
            }
        }
        addData(data, all);
        return all;
    }

    private static void addData(StringBuilder words, List<String> all) {
        if (!words.isEmpty()) {
            all.add(Wire.words(new TelnetEvent.Data(Wire.bytes(words.toString()))));
            words.setLength(0);
        }
    }

    private static String joined(List<String> events) {
        return Wire.words(new TelnetEvent.Data(Wire.bytes(String.join(" ", events))));
    }
}
