package lychgate.amp;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads {@link PackedData}. What it inflates with is kept from one box to the next: to make it anew
 * costs more than most messages. Not thread safe.
 */
public final class PackedDataReader {
    /** Room that is kept; what a longer message needed is given back. */
    private static final int KEPT = 64 << 10;

    private final Inflater inflater = new Inflater();
    private byte[] room = new byte[1_024];
    private int length;

    /**
     * The bytes that are in the box.
     *
     * @param most bytes that there may be
     * @throws MalformedException if there are none, they are more, or not zlib
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
