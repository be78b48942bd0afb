package lychgate.transport.telnet.front;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.Seeded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

class TlsRecordsTest {
    private static final String HELLO = "1603010003010203";

    private final TlsRecords records = new TlsRecords();

    @Test
    void wholeRecordsAreGivenAtOnce() {
        assertEquals(HELLO, next(HELLO));
        assertEquals(HELLO + "1703030000" + HELLO, next(HELLO + "1703030000" + HELLO));
    }

    @Test
    void recordInPiecesIsGivenWhenItIsWhole() {
        for (int at = 0; at < HELLO.length() - 2; at += 2) {
            assertEquals("", next(HELLO.substring(at, at + 2)));
        }
        assertEquals(HELLO, next("03"));
    }

    @Test
    void beginningOfTheNextRecordIsKept() {
        assertEquals(HELLO, next(HELLO + "16030300"));
        assertEquals("", next("02ff"));
        assertEquals("1603030002ffff", next("ff1403"));
        assertEquals("140303000101", next("03000101"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"474554", "80", "00", "18030300", "13", "1603014801", "160301ffff00"})
    void whatIsNoRecordIsGivenAsItIs(String bytes) {
        assertEquals(bytes, next(bytes));
        assertEquals("61", next("61"));
    }

    @Test
    void longestRecordIsPutTogetherAndNoLonger() {
        String length = HexFormat.of().toHexDigits((short) TlsRecords.MAX_CONTENT);
        String content = "00".repeat(TlsRecords.MAX_CONTENT);
        assertEquals("", next("170303" + length + content.substring(2)));
        assertEquals("170303" + length + content, next("00"));
    }

    @Test
    void howeverAStreamIsCutItsBytesComeInOrderAndOnlyWholeRecords() {
        Seeded.times(
                300,
                random -> {
                    TlsRecords fresh = new TlsRecords();
                    ByteArrayOutputStream stream = new ByteArrayOutputStream();
                    for (int i = 0; i < 20; i++) {
                        int length = random.nextInt(600);
                        stream.writeBytes(
                                new byte[] {22, 3, 3, (byte) (length >> 8), (byte) length});
                        stream.writeBytes(Seeded.bytes(random, length));
                    }
                    byte[] sent = stream.toByteArray();
                    ByteArrayOutputStream given = new ByteArrayOutputStream();
                    for (int at = 0; at < sent.length; ) {
                        int to = Math.min(sent.length, at + 1 + random.nextInt(400));
                        ByteBuffer whole = fresh.next(ByteBuffer.wrap(sent, at, to - at));
                        if (whole != null) {
                            assertEquals(22, whole.get(whole.position()));
                            byte[] bytes = new byte[whole.remaining()];
                            whole.get(bytes);
                            given.writeBytes(bytes);
                        }
                        at = to;
                    }
                    assertArrayEquals(sent, given.toByteArray(), () -> Arrays.toString(sent));
                });
    }

    /** What is given for that, in hex digits. */
    private String next(String hex) {
        ByteBuffer whole = records.next(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
        if (whole == null) {
            return "";
        }
        byte[] bytes = new byte[whole.remaining()];
        whole.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
