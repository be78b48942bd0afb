package lychgate.bus;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * One direction of a stream at the end that receives: takes the payload that is due and no other,
 * and puts messages together that came in parts. Not thread safe.
 */
final class Incoming {
    /** The largest message: as large as the largest that a game can send over AMP. */
    static final int MAX_MESSAGE = 16 * 1024 * 1024;

    /** What became of a payload. */
    enum Taken {
        /** It was due. */
        NEXT,
        /** It has come before. */
        AGAIN,
        /** Another one is missing. */
        EARLY
    }

    private long received;
    private @Nullable ByteOutput partial; // of a message whose last piece has not come
    private boolean skipping; // the rest of a message that is too long

    /** The number of the last payload that was taken. */
    long received() {
        return received;
    }

    /**
     * Takes a payload, if it is due.
     *
     * @throws MalformedException if there is something wrong in it; what is right in it has been
     *     handed over, and the payload counts as received
     */
    Taken take(long sequence, byte[] payload, Consumer<byte[]> messages) throws MalformedException {
        if (sequence != received + 1) {
            return sequence <= received ? Taken.AGAIN : Taken.EARLY;
        }
        received = sequence;
        boolean tooLong = false;
        ByteInput in = new ByteInput(payload);
        while (in.hasMore()) {
            long prefix = in.number();
            if (prefix < 0 || prefix >>> 1 > in.remaining()) {
                throw new MalformedException("a piece beyond the end");
            }
            tooLong |= !piece(in.raw((int) (prefix >>> 1)), (prefix & 1) != 0, messages);
        }
        if (tooLong) {
            throw new MalformedException("a message longer than 16 MiB");
        }
        return Taken.NEXT;
    }

    /** Takes a piece of a message; false if the message has become too long by it. */
    private boolean piece(byte[] piece, boolean more, Consumer<byte[]> messages) {
        ByteOutput before = partial;
        if (skipping) {
            skipping = more;
        } else if (before == null && !more) {
            messages.accept(piece);
        } else {
            ByteOutput whole = before == null ? new ByteOutput(2 * piece.length) : before;
            boolean fits = whole.size() + piece.length <= MAX_MESSAGE;
            partial = more && fits ? whole : null;
            skipping = more && !fits;
            whole.raw(piece, 0, fits ? piece.length : 0);
            if (fits && !more) {
                messages.accept(whole.toBytes());
            }
            return fits;
        }
        return true;
    }
}
