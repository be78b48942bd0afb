package lychgate.link.amp;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What waits to be written over one connection: whole boxes, joined into few writes, since each
 * write costs the portal a call of the system and wakes up the game. Without I/O; any thread may
 * call.
 *
 * <pre>
 *            add, begin: true                nothing waits any more
 *     IDLE ────────────────────► WRITING ─────────────────────────► IDLE
 *                                 │   ▲
 *         full: the socket takes  ▼   │ resume: it takes more
 *         no more                FULL
 *
 *     BROKEN, from any of them, for good
 * </pre>
 *
 * <p>Whoever brings a command to an idle game has it written at once. While the game owes the
 * answer to an earlier one it is busy and would not read it; what is brought until then waits for
 * the end of the loop's round in which the game answers, and leaves in one write.
 */
final class WriteQueue {
    /**
     * Bytes that are written at once: where a read of the game's ends in two zeros by chance, and
     * not at a box's end, it takes the next for HTTP and gives up. Small writes are seldom cut. As
     * much does not wait for an answer.
     */
    static final int MAX_WRITE = 16 << 10;

    /** How long something may wait to be written. */
    enum Urgency {
        /** It is written at once. */
        NOW,
        /** A command: it waits while the peer has not answered an earlier one. */
        COMMAND,
        /** An answer: it waits for a command with which it can leave. */
        ANSWER
    }

    private enum State {
        IDLE,
        WRITING,
        FULL,
        BROKEN
    }

    private final Deque<byte[]> boxes = new ArrayDeque<>();
    private State state = State.IDLE;
    private @Nullable ByteBuffer rest; // of a write that was cut short
    private long unsent;
    private long since; // when the first of what waits was brought
    private int owed; // commands that the peer has not answered, sent or not
    private boolean hasCommand; // among what waits

    /**
     * Adds a box.
     *
     * @return whether the caller is to write what {@link #next} gives
     */
    synchronized boolean add(byte[] box, Urgency urgency, long now) {
        if (state == State.BROKEN) {
            return false;
        }
        if (boxes.isEmpty()) {
            since = now;
        }
        boxes.add(box);
        unsent += box.length;
        boolean waits =
                switch (urgency) {
                    case NOW -> false;
                    case ANSWER -> true;
                    case COMMAND -> {
                        hasCommand = true;
                        yield owed++ > 0 && unsent < MAX_WRITE;
                    }
                };
        return !waits && begin();
    }

    /** The peer has answered a command. */
    synchronized void answered() {
        owed--;
    }

    /** Whether the caller is to write what {@link #next} gives: something waits, and nobody is. */
    synchronized boolean begin() {
        if (state != State.IDLE || boxes.isEmpty()) {
            return false;
        }
        state = State.WRITING;
        return true;
    }

    /** The same, if a command waits: the round is over. */
    synchronized boolean beginIfCommandWaits() {
        return hasCommand && begin();
    }

    /** The same, once the socket takes more. */
    synchronized boolean resume() {
        if (state != State.FULL) {
            return false;
        }
        state = State.WRITING;
        return true;
    }

    /** What is written next: the rest of the last write, or whole boxes. Null: that was all. */
    synchronized @Nullable ByteBuffer next() {
        ByteBuffer left = rest;
        if (left != null) {
            rest = null;
            return left;
        }
        if (boxes.isEmpty()) {
            state = State.IDLE;
            return null;
        }
        byte[] first = boxes.remove();
        int size = first.length;
        int more = 0;
        for (byte[] box : boxes) {
            if (size + box.length > MAX_WRITE) {
                break;
            }
            size += box.length;
            more++;
        }
        unsent -= size;
        hasCommand &= boxes.size() > more;
        if (more == 0) {
            return ByteBuffer.wrap(first);
        }
        ByteBuffer joined = ByteBuffer.allocate(size).put(first);
        for (int i = 0; i < more; i++) {
            joined.put(boxes.remove());
        }
        return joined.flip();
    }

    /** The socket takes no more for now, and has left this of the last write. */
    synchronized void full(ByteBuffer left) {
        rest = left;
        state = State.FULL;
    }

    /** The socket is broken. */
    synchronized void broken() {
        state = State.BROKEN;
    }

    synchronized boolean isFull() {
        return state == State.FULL;
    }

    synchronized boolean isBroken() {
        return state == State.BROKEN;
    }

    /** Bytes that wait. */
    synchronized long unsent() {
        return unsent;
    }

    /** Whether all has been handed to the system. */
    synchronized boolean isFlushed() {
        return state == State.BROKEN || (state == State.IDLE && boxes.isEmpty());
    }

    /** Since when something waits that could be written; null: nothing does. */
    synchronized @Nullable Long waitingSince() {
        return state == State.IDLE && !boxes.isEmpty() ? since : null;
    }
}
