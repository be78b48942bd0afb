package lychgate.amp;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads {@link PackedData}. Reuses its inflater, since creating one costs more than reading most
 * messages. Not thread safe.
 */
public final class PackedDataReader {
    /** Buffer size that is kept between messages; a larger one is released. */
    private static final int KEPT = 64 << 10;

    private final Inflater inflater = new Inflater();
    private byte[] room = new byte[1_024];
    private int length;

    /**
     * The unpacked bytes of a box.
     *
     * @param most most bytes allowed
     * @throws MalformedException if there are none, there are too many, or they are not zlib
     */
    public byte[] read(Box box, int most) throws MalformedException {
        byte[] piece = box.get(PackedData.KEY);
        if (piece == null) {
            throw new MalformedException("a box without packed_data");
        }
        length = 0;
        for (int number = 2; piece != null; number++) {
            inflate(piece, most);
            piece = box.get(PackedData.KEY + "." + number);
        }
        byte[] plain = Arrays.copyOf(room, length);
        if (room.length > KEPT) {
            room = new byte[KEPT];
        }
        return plain;
    }

    private void inflate(byte[] piece, int most) throws MalformedException {
        inflater.reset();
        inflater.setInput(piece);
        try {
            while (!inflater.finished()) {
                if (length == room.length) {
                    room = Arrays.copyOf(room, 2 * length); // no more than twice the most
                }
                int more = inflater.inflate(room, length, room.length - length);
                if (more == 0 && !inflater.finished()) {
                    throw new MalformedException("packed_data is cut off");
                }
                length += more;
                if (length > most) {
                    throw new MalformedException("packed_data is too long");
                }
            }
        } catch (DataFormatException e) {
            throw new MalformedException("packed_data is not zlib");
        }
    }
}
