package lychgate.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import lychgate.Seeded;
import lychgate.address.ProxyHeader.Result;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

class ProxyHeaderTest {
    private static final String V2 = "0d0a0d0a000d0a515549540a";
    private static final String ADDRESSES_4 = "c0000207 c6336401 1234 0fa0";
    private static final String ADDRESSES_6 =
            "20010db8000000000000000000000001 20010db8000000000000000000000002 1234 0fa0";

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.7 198.51.100.1 4660 4000, 192.0.2.7",
        "PROXY TCP6 2001:db8::1 2001:db8::2 4660 4000, 2001:db8:0:0:0:0:0:1",
        "PROXY TCP6 ::ffff:192.0.2.7 ::ffff:198.51.100.1 4660 4000, 192.0.2.7",
        "PROXY UNKNOWN, nobody",
        "PROXY UNKNOWN ffff::1 ffff::2 1 2, nobody",
    })
    void version1SaysWhoseConnectionItIs(String line, String client) {
        assertEquals(client, client(read(ascii(line + "\r\n"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "PROXY\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 4660\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 4660 4000 5\r\n",
                "PROXY TCP4 192.0.2.777 198.51.100.1 4660 4000\r\n",
                "PROXY TCP4 192.0.2 198.51.100.1 4660 4000\r\n",
                "PROXY TCP4 010.0.0.8 198.51.100.1 4660 4000\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.01 4660 4000\r\n",
                "PROXY TCP6 ::ffff:192.0.02.7 2001:db8::2 4660 4000\r\n",
                "PROXY TCP6 fe80::1%1 2001:db8::2 4660 4000\r\n",
                "PROXY TCP4 localhost 198.51.100.1 4660 4000\r\n",
                "PROXY TCP4 2001:db8::1 2001:db8::2 4660 4000\r\n",
                "PROXY TCP6 192.0.2.7 198.51.100.1 4660 4000\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 99999 4000\r\n",
                "PROXY UDP4 192.0.2.7 198.51.100.1 4660 4000\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 4660 4000\n",
                "proxy TCP4 192.0.2.7 198.51.100.1 4660 4000\r\n",
            })
    void whatIsNoVersion1HeaderIsMalformed(String line) {
        assertInstanceOf(Result.Malformed.class, read(ascii(line)));
    }

    @Test
    void version1LineHas107BytesAtMost() {
        String line = "PROXY UNKNOWN " + "x".repeat(107 - 16) + "\r\n";
        assertEquals(107, line.length());
        assertEquals("nobody", client(read(ascii(line))));
        assertInstanceOf(Result.Malformed.class, read(ascii("PROXY UNKNOWN " + "x".repeat(200))));
    }

    @ParameterizedTest
    @CsvSource({
        V2 + " 21 11 000c " + ADDRESSES_4 + ", 192.0.2.7",
        V2 + " 21 21 0024 " + ADDRESSES_6 + ", 2001:db8:0:0:0:0:0:1",
        V2 + " 21 11 0013 " + ADDRESSES_4 + " 04 0004 01020304, 192.0.2.7",
        V2 + " 20 00 0000, nobody",
        V2 + " 20 11 000c " + ADDRESSES_4 + ", nobody",
        V2 + " 21 00 0003 010203, nobody",
    })
    void version2SaysWhoseConnectionItIs(String hex, String client) {
        assertEquals(client, client(read(hex(hex))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                V2 + " 11 11 000c " + ADDRESSES_4, // version 1 in binary
                V2 + " 22 11 000c " + ADDRESSES_4, // a command that is none
                V2 + " 21 12 000c " + ADDRESSES_4, // UDP
                V2 + " 21 31 000c " + ADDRESSES_4, // Unix
                V2 + " 21 11 0004 c0000207", // addresses cut off
                V2 + " 21 11 000e " + ADDRESSES_4 + " 04 00", // a TLV cut off
                V2 + " 21 11 0011 " + ADDRESSES_4 + " 04 0009 0102", // a TLV longer than the rest
                V2 + " 21 11 1001", // longer than 4 KiB
                "0d0a0d0a000d0a515549540b",
            })
    void whatIsNoVersion2HeaderIsMalformed(String hex) {
        assertInstanceOf(Result.Malformed.class, read(hex(hex)));
    }

    @Test
    void whatFollowsTheHeaderIsLeftForTheClient() {
        ByteBuffer in = ascii("PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\nlook\r\n");
        new ProxyHeader().read(in);
        assertEquals("look\r\n", StandardCharsets.US_ASCII.decode(in).toString());
    }

    @Test
    void headerMayComeByteByByte() {
        ProxyHeader header = new ProxyHeader();
        ByteBuffer all = hex(V2 + " 21 11 000c " + ADDRESSES_4);
        Result result = new Result.More();
        while (all.hasRemaining()) {
            assertInstanceOf(Result.More.class, result);
            result = header.read(ByteBuffer.wrap(new byte[] {all.get()}));
        }
        assertEquals("192.0.2.7", client(result));
    }

    @Test
    void whateverComesNothingIsThrown() {
        Seeded.times(
                5_000,
                random -> {
                    byte[] bytes =
                            Seeded.bytes(random, random.nextInt(60), 'P', 'R', 'O', 13, 10, 0);
                    byte[] start = hex(V2 + " 21 11").array();
                    ByteBuffer in = ByteBuffer.allocate(start.length + bytes.length);
                    in.put(random.nextBoolean() ? start : ascii("PROXY TCP4 ").array());
                    in.put(bytes, 0, Math.min(bytes.length, in.remaining())).flip();
                    new ProxyHeader().read(in);
                });
    }

    private static Result read(ByteBuffer in) {
        return new ProxyHeader().read(in);
    }

    private static String client(Result result) {
        Result.Done done = assertInstanceOf(Result.Done.class, result);
        return done.client() == null ? "nobody" : done.client().getHostAddress();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer hex(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
