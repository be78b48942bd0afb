package lychgate.amp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** However a stream is cut, its boxes are the same, and each is read as it is written. */
public final class BoxFuzz {
    private static final int MOST = 64 << 10;

    private BoxFuzz() {}

    /** A stream; its first byte says into how long pieces it is cut. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        ByteBuffer stream = ByteBuffer.wrap(input, 1, input.length - 1).slice();
        List<Box> whole = read(stream, stream.capacity());
        if (!encoded(whole).equals(encoded(read(stream, 1 + (input[0] & 0xff))))) {
            throw new AssertionError("cut otherwise, it is read otherwise");
        }
        for (Box box : whole) {
            ByteBuffer bytes = ByteBuffer.wrap(box.encode());
            if (!encoded(read(bytes, bytes.capacity())).equals(List.of(bytes))) {
                throw new AssertionError("cannot read what it wrote");
            }
            message(box);
        }
    }

    private static List<ByteBuffer> encoded(List<Box> boxes) {
        return boxes.stream().map(box -> ByteBuffer.wrap(box.encode())).toList();
    }

    private static void message(Box box) {
        try {
            AmpMessage.of(box).box().encode();
            PickleReader.read(new PackedDataReader().read(box, MOST), 1_000);
        } catch (MalformedException e) {
            // as it should be
        }
    }

    private static List<Box> read(ByteBuffer stream, int piece) {
        BoxDecoder decoder = new BoxDecoder(MOST);
        List<Box> boxes = new ArrayList<>();
        try {
            for (int from = 0; from < stream.capacity(); from += piece) {
                ByteBuffer in = stream.slice(from, Math.min(piece, stream.capacity() - from));
                for (Box box = decoder.next(in); box != null; box = decoder.next(in)) {
                    boxes.add(box);
                }
            }
        } catch (MalformedException e) {
            // what came before it counts
        }
        return boxes;
    }
}
