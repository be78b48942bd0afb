package lychgate.telnet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** However a stream is cut, the same is read from it; and nothing is held beyond the bounds. */
public final class TelnetFuzz {
    private static final int MAX_SUBNEGOTIATION = 64;
    private static final int MAX_LINE = 32;

    private TelnetFuzz() {}

    /** The first byte says where the rest is cut. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        int cut = (input[0] & 0xff) % (stream.length + 1);
        List<Object> whole = read(stream, stream.length);
        if (!whole.equals(read(stream, cut)) || !whole.equals(bytewise(stream))) {
            throw new AssertionError("cut at " + cut + ", something else is read");
        }
    }

    private static List<Object> read(byte[] stream, int cut) {
        Reader reader = new Reader();
        reader.read(ByteBuffer.wrap(stream, 0, cut));
        reader.read(ByteBuffer.wrap(stream, cut, stream.length - cut));
        return reader.found;
    }

    private static List<Object> bytewise(byte[] stream) {
        Reader reader = new Reader();
        for (int i = 0; i < stream.length; i++) {
            reader.read(ByteBuffer.wrap(stream, i, 1));
        }
        return reader.found;
    }

    /** Lines and events, in their order; but data itself is cut as the stream is. */
    private static final class Reader {
        private final TelnetDecoder decoder = new TelnetDecoder(MAX_SUBNEGOTIATION);
        private final LineAssembler lines = new LineAssembler(MAX_LINE);
        private final List<Object> found = new ArrayList<>();

        void read(ByteBuffer in) {
            for (TelnetEvent event = decoder.next(in); event != null; event = decoder.next(in)) {
                if (event instanceof TelnetEvent.Data(byte[] bytes)) {
                    assemble(ByteBuffer.wrap(bytes));
                } else {
                    found.add(event);
                }
            }
        }

        private void assemble(ByteBuffer data) {
            for (var line = lines.next(data); line != null; line = lines.next(data)) {
                found.add(line instanceof LineAssembler.Found.Line(byte[] b) ? text(b) : line);
            }
            if (lines.pending() > MAX_LINE) {
                throw new AssertionError("a line is longer than it may be");
            }
        }

        private static String text(byte[] bytes) {
            return Arrays.toString(bytes);
        }
    }
}
