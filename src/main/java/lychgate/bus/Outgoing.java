package lychgate.bus;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a stream at the end that sends: messages are packed into payloads, which are
 * numbered from 1 and kept until they have been acknowledged. Nothing is ever dropped here: how
 * much waits is bounded by whoever asks {@link #full} before producing more. Not thread safe.
 *
 * <p>A payload is a sequence of pieces, each behind a number that holds its length and, in the
 * lowest bit, whether the message goes on in the next piece.
 */
final class Outgoing {
    /** Unacknowledged payloads and bytes of which the producers are held back. */
    static final int MAX_PAYLOADS = 65_536;

    static final int MAX_UNACKNOWLEDGED_BYTES = 16 * 1024 * 1024;

    /** Payloads sent ahead of the acknowledgement after a loss, until all is made up for. */
    static final int AFTER_A_LOSS = 256;

    private static final int MAX_PAYLOAD = Frame.MAX_BYTES - FrameCodec.OVERHEAD;
    private static final int MAX_PREFIX = 5;
    private static final byte[] NONE = {};

    private final List<byte[]> payloads = new ArrayList<>(); // from the first unacknowledged on
    private int gone; // at the beginning of the list: acknowledged, and not yet cut off
    private int sent; // of those that are not gone
    private int sentAtLoss; // until so many are acknowledged, go slowly
    private long acknowledged;
    private long bytes;
    private ByteOutput open = new ByteOutput(64);

    /** Adds a message behind all others. */
    void add(byte[] message) {
        int from = 0;
        do {
            int room = MAX_PAYLOAD - MAX_PREFIX - open.size();
            if (room <= 0 || (from == 0 && open.size() > 0 && message.length > room)) {
                close();
                room = MAX_PAYLOAD - MAX_PREFIX;
            }
            int length = Math.min(room, message.length - from);
            boolean more = from + length < message.length;
            open.number(((long) length << 1) | (more ? 1 : 0)).raw(message, from, length);
            from += length;
        } while (from < message.length);
    }

    private void close() {
        byte[] payload = open.toBytes();
        payloads.add(payload);
        bytes += payload.length;
        open = new ByteOutput(64);
    }

    /** The next payload that may be sent now; null if there is none. Its number: {@link #last}. */
    byte @Nullable [] next() {
        if (open.size() > 0 && gone + sent == payloads.size()) {
            close();
        }
        int most = sentAtLoss > 0 ? AFTER_A_LOSS : MAX_PAYLOADS;
        return gone + sent < payloads.size() && sent < most ? payloads.get(gone + sent++) : null;
    }

    /** The number of the payload that was sent last. */
    long last() {
        return acknowledged + sent;
    }

    /** The number of the last payload that has been acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /**
     * Everything up to that number has been received.
     *
     * @return whether that is news; false also for what has never been sent
     */
    boolean acknowledge(long upTo) {
        if (upTo <= acknowledged || upTo > acknowledged + Math.max(sent, sentAtLoss)) {
            return false;
        }
        int count = (int) (upTo - acknowledged);
        for (int i = 0; i < count; i++) {
            bytes -= payloads.get(gone + i).length;
            payloads.set(gone + i, NONE);
        }
        gone += count;
        sent = Math.max(0, sent - count);
        sentAtLoss = Math.max(0, sentAtLoss - count);
        acknowledged = upTo;
        if (gone > 64 && gone * 2 > payloads.size()) {
            payloads.subList(0, gone).clear();
            gone = 0;
        }
        return true;
    }

    /**
     * What has been sent and not acknowledged is to be sent again.
     *
     * @return how many payloads that are
     */
    int sendAgain() {
        int again = sent;
        sentAtLoss = Math.max(sentAtLoss, sent);
        sent = 0;
        return again;
    }

    /** Whether something has been sent and not acknowledged. */
    boolean unacknowledged() {
        return sent > 0;
    }

    /** Payloads that wait for their acknowledgement, sent or not. */
    int waiting() {
        return payloads.size() - gone + (open.size() > 0 ? 1 : 0);
    }

    /** The bytes that wait for their acknowledgement. */
    long bytes() {
        return bytes + open.size();
    }

    /** Whether so much waits that no more should be produced. */
    boolean full() {
        return waiting() >= MAX_PAYLOADS || bytes() >= MAX_UNACKNOWLEDGED_BYTES;
    }

    /** Whether so little waits again that more can be produced. */
    boolean roomy() {
        return waiting() <= MAX_PAYLOADS / 2 && bytes() <= MAX_UNACKNOWLEDGED_BYTES / 2;
    }
}
