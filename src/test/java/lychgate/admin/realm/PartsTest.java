package lychgate.admin.realm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.oob.MalformedException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class PartsTest {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    @Test
    void partHasAVersionThePortalTheIndexAndTheNumber() {
        List<byte[]> parts = Parts.of(4095, new byte[] {'h', 'i'});
        assertEquals(1, parts.size());
        assertEquals("01 0f ff 00 00 00 01 68 69", HEX.formatHex(parts.getFirst()));
    }

    @Test
    void signThatThePortalIsAtItIsAPartOfNone() throws MalformedException {
        assertEquals("01 0f ff 00 00 00 00", HEX.formatHex(Parts.taken(4095)));
        Parts parts = new Parts(4095);
        assertNull(parts.add(Parts.taken(4095)));
        assertArrayEquals(
                new byte[] {'h', 'i'}, parts.add(Parts.of(4095, new byte[] {'h', 'i'}).getFirst()));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, Parts.MAX_BYTES, Parts.MAX_BYTES + 1, 5 * Parts.MAX_BYTES, 1_000_000})
    void answerIsPutTogetherAgain(int length) throws MalformedException {
        byte[] answer = new byte[length];
        new Random(length).nextBytes(answer);
        List<byte[]> sent = Parts.of(7, answer);
        Parts parts = new Parts(7);
        for (byte[] part : sent.subList(0, sent.size() - 1)) {
            assertNull(parts.add(part));
        }
        assertArrayEquals(answer, parts.add(sent.getLast()));
    }

    @Test
    void answerOfTooManyPartsIsNotSent() {
        assertEquals(
                Parts.MAX_PARTS, Parts.of(7, new byte[Parts.MAX_PARTS * Parts.MAX_BYTES]).size());
        assertEquals(List.of(), Parts.of(7, new byte[Parts.MAX_PARTS * Parts.MAX_BYTES + 1]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 00 07 00 00 00", // cut off
                "02 00 07 00 00 00 01 68", // of another version
                "01 00 08 00 00 00 01 68", // of another portal
                "01 00 07 00 01 00 02 68", // not the first
                "01 00 07 00 00 00 00 68", // of none
                "01 00 07 00 00 01 01 68", // of 257
            })
    void whatIsNoPartIsMalformed(String part) {
        assertThrows(MalformedException.class, () -> new Parts(7).add(HEX.parseHex(part)));
    }

    @Test
    void partThatIsTooLongIsMalformed() {
        byte[] part = new byte[Parts.MAX_BYTES + 8];
        part[0] = 1;
        part[2] = 7;
        part[6] = 1;
        assertThrows(MalformedException.class, () -> new Parts(7).add(part));
    }

    @Test
    void wrongPartDoesNotSpoilTheRightOnes() throws MalformedException {
        byte[] answer = new byte[Parts.MAX_BYTES + 1];
        List<byte[]> sent = Parts.of(7, answer);
        Parts parts = new Parts(7);
        parts.add(sent.getFirst());
        assertThrows(MalformedException.class, () -> parts.add(sent.getFirst()));
        assertArrayEquals(answer, parts.add(sent.getLast()));
    }
}
