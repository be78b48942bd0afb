package lychgate.link.amp;

import lychgate.amp.AmpMessage;
import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.AmpMessage.Failure;
import lychgate.amp.Box;
import lychgate.amp.BoxDecoder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One connection of a game, or of a launcher. What comes in is read by the loop alone; any thread
 * may send.
 *
 * <p>Who sends writes at once, unless another is at it, who then writes that too: boxes are joined
 * while a write is under way, and never torn apart. An answer waits a little for a command that it
 * can leave with, because each write wakes the game up once more.
 */
final class AmpConnection {
    /** Bytes of a box from one who has not shown what he is. */
    static final int MAX_UNPROVEN_BOX = 16 << 10;

    /** Bytes of a box of a game: the sync of ten thousand sessions takes one, compressed. */
    static final int MAX_BOX = 16 << 20;

    /**
     * Bytes that are written at once: where a read of the game's ends in two zeros by chance, and
     * not at a box's end, it takes the next for HTTP and gives up. Small writes are seldom cut.
     */
    private static final int MAX_WRITE = 16 << 10;

    /**
     * Bytes that wait to be sent above which nothing more is read: one who asks and does not read
     * the answers is not answered without end. The sync of ten thousand sessions takes one.
     */
    static final int MAX_UNSENT = 1 << 20;

    /** Who is at the other end. */
    enum Role {
        /** Nobody knows yet. */
        UNPROVEN,
        /** A program that asks after the game and gives orders. */
        LAUNCHER,
        /** The game. */
        GAME
    }

    /** Something that was asked and is not answered yet; what becomes of it is told once. */
    interface Asked {
        /** It has been carried out, or has failed. */
        void answered();
    }

    private record Waiting(Asked asked, long since) {}

    private final SocketChannel channel;
    private final Runnable wantsWrite;
    private final LongSupplier nanoTime;
    private final long openedAt;
    private final BoxDecoder decoder = new BoxDecoder(MAX_UNPROVEN_BOX);
    private final AtomicLong lastTag = new AtomicLong();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Deque<byte[]> queue = new ArrayDeque<>(); // guarded by itself, as the next five
    private boolean writing;
    private boolean full;
    private boolean broken;
    private long unsent;
    private long answerSince;
    private @Nullable ByteBuffer batch; // the writer's
    private @Nullable Ask answered; // the last that was; the loop's
    private boolean admitted; // the loop's
    private boolean own; // the loop's
    private volatile Role role = Role.UNPROVEN;
    private volatile long receivedAt;

    /**
     * @param wantsWrite is told that the socket is full, or broken: {@link #writable} is awaited
     */
    AmpConnection(SocketChannel channel, Runnable wantsWrite, LongSupplier nanoTime) {
        this.channel = channel;
        this.wantsWrite = wantsWrite;
        this.nanoTime = nanoTime;
        this.openedAt = nanoTime.getAsLong();
        this.receivedAt = openedAt;
    }

    SocketChannel channel() {
        return channel;
    }

    BoxDecoder decoder() {
        return decoder;
    }

    Role role() {
        return role;
    }

    /** The peer has shown what it is. */
    void proven(Role shown) {
        role = shown;
        decoder.limitTo(shown == Role.GAME ? MAX_BOX : MAX_UNPROVEN_BOX);
    }

    /**
     * The peer may speak.
     *
     * @param ofOwnUser whether it is known to be a process of a user who may use the link
     */
    void admit(boolean ofOwnUser) {
        admitted = true;
        own = ofOwnUser;
    }

    /** Whether it is read already: first it must be known whose it is. */
    boolean isAdmitted() {
        return admitted;
    }

    /** Whether it is known to be a process of a user who may use the link. */
    boolean isOwn() {
        return own;
    }

    /** Whether to read on; not while the peer does not take what it is sent. */
    boolean isReadable() {
        synchronized (queue) {
            return admitted && unsent < MAX_UNSENT;
        }
    }

    long openedAt() {
        return openedAt;
    }

    /** Something has come. */
    void received() {
        receivedAt = nanoTime.getAsLong();
    }

    // Sending.

    /** Sends a command. */
    void ask(String command, Box arguments, Asked asked) {
        String tag = Long.toHexString(lastTag.incrementAndGet());
        waiting.put(tag, new Waiting(asked, nanoTime.getAsLong()));
        send(new Ask(tag, command, arguments), false);
    }

    /** Answers a command, if it is to be answered and has not been. */
    void answer(Ask ask, Box results) {
        if (ask.tag() != null && isFirst(ask)) {
            send(new Answer(ask.tag(), results), role == Role.GAME);
        }
    }

    /** Says that a command could not be carried out, if it has not been answered. */
    void fail(Ask ask, String code, String description) {
        if (ask.tag() != null && isFirst(ask)) {
            send(new Failure(ask.tag(), code, description), false);
        }
    }

    /** A second answer leads Twisted astray: it reads nothing more from then on. */
    @SuppressWarnings("ReferenceEquality") // two commands may be alike
    private boolean isFirst(Ask ask) {
        boolean first = ask != answered;
        answered = ask;
        return first;
    }

    private void send(AmpMessage message, boolean canWait) {
        byte[] bytes = message.box().encode();
        synchronized (queue) {
            if (broken) {
                return;
            }
            if (canWait && queue.isEmpty()) {
                answerSince = nanoTime.getAsLong();
            }
            queue.add(bytes);
            unsent += bytes.length;
            if (canWait || writing || full) {
                return;
            }
            writing = true;
        }
        write();
    }

    /** Sends what waits. */
    void flush() {
        synchronized (queue) {
            if (writing || full || broken || queue.isEmpty()) {
                return;
            }
            writing = true;
        }
        write();
    }

    /** Since when something waits to be sent that could be; null: nothing does. */
    @Nullable Long waitingSince() {
        synchronized (queue) {
            return queue.isEmpty() || writing || full || broken ? null : answerSince;
        }
    }

    /** Whether all has been handed to the system. */
    boolean flushed() {
        synchronized (queue) {
            return broken || (queue.isEmpty() && !writing && !full);
        }
    }

    /** Whether the socket is full, or broken, and the loop is to see to it. */
    boolean isFull() {
        synchronized (queue) {
            return full;
        }
    }

    boolean isBroken() {
        synchronized (queue) {
            return broken;
        }
    }

    /** The socket has room again. */
    void writable() {
        synchronized (queue) {
            if (!full || broken) {
                return;
            }
            full = false;
            writing = true;
        }
        write();
    }

    private void write() {
        try {
            for (ByteBuffer bytes = next(); bytes != null; bytes = next()) {
                channel.write(bytes);
                if (bytes.hasRemaining()) {
                    batch = bytes;
                    stop(false);
                    return;
                }
            }
        } catch (IOException e) {
            stop(true);
        }
    }

    private void stop(boolean isBroken) {
        synchronized (queue) {
            writing = false;
            full = !isBroken;
            broken = isBroken;
        }
        wantsWrite.run();
    }

    /** What is written next: the rest of the last write, or whole boxes. */
    private @Nullable ByteBuffer next() {
        ByteBuffer rest = batch;
        if (rest != null) {
            batch = null;
            return rest;
        }
        synchronized (queue) {
            if (queue.isEmpty()) {
                writing = false;
                return null;
            }
            int size = 0;
            int boxes = 0;
            for (byte[] box : queue) {
                if (boxes > 0 && size + box.length > MAX_WRITE) {
                    break;
                }
                size += box.length;
                boxes++;
            }
            ByteBuffer joined = ByteBuffer.allocate(size);
            for (int i = 0; i < boxes; i++) {
                joined.put(queue.remove());
            }
            unsent -= size;
            return joined.flip();
        }
    }

    // Answers.

    /** What has been answered is no longer waited for; null: it never was. */
    @Nullable Asked answered(String tag) {
        Waiting done = waiting.remove(tag);
        return done == null ? null : done.asked;
    }

    /** Since when the oldest unanswered command waits; null: all are answered. */
    @Nullable Long unansweredSince() {
        Long oldest = null;
        for (Waiting each : waiting.values()) {
            if (oldest == null || each.since - oldest < 0) {
                oldest = each.since;
            }
        }
        return oldest;
    }

    long receivedAt() {
        return receivedAt;
    }
}
