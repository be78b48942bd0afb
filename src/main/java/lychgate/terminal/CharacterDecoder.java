package lychgate.terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes bytes that arrive in pieces; a split character is kept until the rest arrives. Invalid
 * bytes become U+FFFD. Not thread safe.
 */
public final class CharacterDecoder {
    /** Maximum bytes of an incomplete character; more than any character set needs. */
    private static final int MAX_REST = 16;

    private final CharsetDecoder decoder;
    private byte[] rest = new byte[0];

    public CharacterDecoder(Charset charset) {
        this.decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** Returns the characters that are complete. */
    public String decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
        CharBuffer out =
                CharBuffer.allocate((int) (in.remaining() * decoder.maxCharsPerByte()) + 1);
        decoder.decode(in, out, false);
        rest = new byte[Math.min(in.remaining(), MAX_REST)];
        in.get(rest);
        return out.flip().toString();
    }
}
