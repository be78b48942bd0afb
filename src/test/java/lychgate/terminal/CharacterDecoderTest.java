package lychgate.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

class CharacterDecoderTest {
    @Test
    void charactersThatAreCutWaitForTheirOtherHalf() {
        CharacterDecoder decoder = new CharacterDecoder(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (byte one : "aé漢👩".getBytes(StandardCharsets.UTF_8)) {
            all.append(decoder.decode(new byte[] {one}));
        }
        assertEquals("aé漢👩", all.toString());
    }

    @Test
    void whatIsNoCharacterIsReplaced() {
        CharacterDecoder decoder = new CharacterDecoder(StandardCharsets.UTF_8);
        assertEquals(
                "a\ufffdb\ufffd",
                decoder.decode(new byte[] {'a', -1, 'b', -61, 'c'}).replace("c", ""));
    }

    @Test
    void otherCharsetsAreRead() {
        CharacterDecoder decoder = new CharacterDecoder(Charset.forName("GBK"));
        assertEquals("", decoder.decode(new byte[] {(byte) 0xba}));
        assertEquals("汉", decoder.decode(new byte[] {(byte) 0xba}));
    }
}
