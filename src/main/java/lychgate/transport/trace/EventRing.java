package lychgate.transport.trace;

import lychgate.session.Trace.Event;
import lychgate.session.Trace.Kind;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The newest events of one session, packed into an array that grows as it is needed: when it is
 * full, the older half is dropped. Not thread safe.
 *
 * <p>An event is its kind and direction (one byte), its milliseconds since the ring was made, the
 * number of bytes that were cut off, the number of those that follow, and these. The numbers have
 * seven bits a byte.
 */
final class EventRing {
    /** Most bytes a session: some fifty lines. */
    static final int MAX_BYTES = 4096;

    /** Bytes at the first event: the negotiation of a client that does little. */
    static final int FIRST_BYTES = 256;

    /** Most bytes kept of one event: two lines of text. */
    static final int MAX_PAYLOAD = 160;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int FROM_CLIENT = 0x80;
    private static final int HEADER = 1 + 10 + 5 + 5;
    private static final Kind[] KINDS = Kind.values();

    private final TraceMemory memory;
    private final long began;
    private byte[] bytes = {};
    private int used;

    EventRing(TraceMemory memory, long nanoTime) {
        this.memory = memory;
        this.began = nanoTime;
    }

    void add(long nanoTime, boolean fromClient, Kind kind, byte[] payload, int left) {
        int kept = Math.min(payload.length, MAX_PAYLOAD);
        if (!makeRoom(HEADER + kept)) {
            return;
        }
        bytes[used++] = (byte) (kind.ordinal() | (fromClient ? FROM_CLIENT : 0));
        put(Math.max(0, (nanoTime - began) / NANOS_PER_MILLI));
        put(left + payload.length - kept);
        put(kept);
        System.arraycopy(payload, 0, bytes, used, kept);
        used += kept;
    }

    /** Hands over all events, the oldest first. */
    void forEach(Consumer<Event> taker) {
        for (Reader at = new Reader(); at.place < used; ) {
            taker.accept(at.next());
        }
    }

    /** Drops everything and gives the memory back. */
    void clear() {
        memory.giveBack(bytes.length);
        bytes = new byte[0];
        used = 0;
    }

    private boolean makeRoom(int needed) {
        if (used + needed <= bytes.length) {
            return true;
        }
        int larger = Math.max(FIRST_BYTES, 2 * bytes.length);
        if (larger <= MAX_BYTES && memory.take(larger - bytes.length)) {
            bytes = Arrays.copyOf(bytes, larger);
        } else {
            dropOlderHalf(needed);
        }
        return used + needed <= bytes.length;
    }

    /** Drops the older half, and more if that does not make room. */
    private void dropOlderHalf(int needed) {
        int least = Math.max(bytes.length / 2, used + needed - bytes.length);
        Reader at = new Reader();
        while (at.place < used && at.place < least) {
            at.skip();
        }
        System.arraycopy(bytes, at.place, bytes, 0, used - at.place);
        used -= at.place;
    }

    private void put(long number) {
        long rest = number;
        while (rest > 0x7f) {
            bytes[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[used++] = (byte) rest;
    }

    /** Reads event after event. */
    private final class Reader {
        private int place;

        Event next() {
            int first = bytes[place++];
            long millis = number();
            int left = (int) number();
            int length = (int) number();
            byte[] payload = Arrays.copyOfRange(bytes, place, place + length);
            place += length;
            return new Event(
                    began + millis * NANOS_PER_MILLI,
                    (first & FROM_CLIENT) != 0,
                    KINDS[first & ~FROM_CLIENT & 0x7f],
                    payload,
                    left);
        }

        void skip() {
            place++;
            number();
            number();
            int length = (int) number(); // which moves the place
            place += length;
        }

        private long number() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[place++];
                number |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }
    }
}
