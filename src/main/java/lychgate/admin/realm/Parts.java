package lychgate.admin.realm;

import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer in messages that a NATS server takes; puts those of one portal together again. Each
 * begins with a version (1 byte), the portal (2), the index of the part (2) and their number (2),
 * which is 0 if the answer is still to come. Not thread safe.
 */
final class Parts {
    /** Bytes of an answer in one message, below any sensible {@code max_payload}. */
    static final int MAX_BYTES = 60 * 1024;

    /**
     * Parts of an answer: 15 MB, some 80,000 sessions. Bounds what an answer of another portal may
     * take here.
     */
    static final int MAX_PARTS = 256;

    private static final int HEAD = 7;
    private static final byte VERSION = 1;

    private final int portal;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
    private int next;

    /**
     * @param portal whose answer it is
     */
    Parts(int portal) {
        this.portal = portal;
    }

    /** Says that the portal has the order, whatever time the answer takes: a part of none. */
    static byte[] taken(int portal) {
        return ByteBuffer.allocate(HEAD).put(VERSION).putShort((short) portal).array();
    }

    /** The parts of an answer of at most {@link #MAX_PARTS}; empty if it is larger. */
    static List<byte[]> of(int portal, byte[] answer) {
        int number = Math.max(1, Math.ceilDiv(answer.length, MAX_BYTES));
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < number && number <= MAX_PARTS; i++) {
            int from = i * MAX_BYTES;
            int length = Math.min(MAX_BYTES, answer.length - from);
            parts.add(
                    ByteBuffer.allocate(HEAD + length)
                            .put(VERSION)
                            .putShort((short) portal)
                            .putShort((short) i)
                            .putShort((short) number)
                            .put(answer, from, length)
                            .array());
        }
        return parts;
    }

    /**
     * Takes a part.
     *
     * @return the whole answer, if it was the last part; null if not, or if it is {@link #taken}
     * @throws MalformedException if it is not the next part of that portal's answer
     */
    byte @Nullable [] add(byte[] message) throws MalformedException {
        ByteBuffer part = ByteBuffer.wrap(message);
        if (part.remaining() < HEAD || part.remaining() > HEAD + MAX_BYTES) {
            throw new MalformedException("the length of a part");
        }
        if (part.get() != VERSION || part.getShort() != portal) {
            throw new MalformedException("a part of another version or portal");
        }
        int index = Short.toUnsignedInt(part.getShort());
        int number = Short.toUnsignedInt(part.getShort());
        if (index == 0 && number == 0 && !part.hasRemaining() && next == 0) {
            return null;
        }
        if (index != next || index >= number || number > MAX_PARTS) {
            throw new MalformedException("part " + index + " of " + number + ", not " + next);
        }
        next++;
        whole.write(message, HEAD, message.length - HEAD);
        return next == number ? whole.toByteArray() : null;
    }
}
