package lychgate.terminal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * Characters of bytes that come in pieces: one that is cut in two waits for its other half. Bytes
 * that are no character become U+FFFD. Not thread safe.
 */
public final class CharacterDecoder {
    /** Bytes of a character that may be missing at the end of a piece, and more than enough. */
    private static final int MAX_REST = 16;

    private final CharsetDecoder decoder;
    private byte[] rest = new byte[0];

    public CharacterDecoder(Charset charset) {
        this.decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** The characters that are whole by now. */
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
