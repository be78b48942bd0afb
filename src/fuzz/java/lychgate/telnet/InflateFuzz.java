package lychgate.telnet;

import lychgate.telnet.Decompressor.BrokenStreamException;

import java.nio.ByteBuffer;

/** What is no zlib stream ends in one exception and no other, and always ends. */
public final class InflateFuzz {
    private InflateFuzz() {}

    /** All of it comes at once, in one and the same millisecond. */
    public static void fuzzerTestOneInput(byte[] input) {
        Decompressor stream = new Decompressor();
        ByteBuffer in = ByteBuffer.wrap(input);
        try {
            for (ByteBuffer plain = stream.next(in, 0); plain != null; plain = stream.next(in, 0)) {
                if (plain.remaining() > Decompressor.PORTION || !plain.hasRemaining()) {
                    throw new AssertionError("a portion of " + plain.remaining());
                }
            }
            if (in.hasRemaining() && !stream.finished()) {
                throw new AssertionError("input is left over in the midst of the stream");
            }
        } catch (BrokenStreamException e) {
            // as it should be
        } finally {
            stream.close();
        }
    }
}
