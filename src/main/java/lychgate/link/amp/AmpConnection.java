package lychgate.link.amp;

import lychgate.amp.AmpMessage;
import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.AmpMessage.Failure;
import lychgate.amp.Box;
import lychgate.amp.BoxDecoder;
import lychgate.link.amp.WriteQueue.Urgency;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A connection of a game or a launcher. Only the loop reads from it; any thread may send.
 *
 * <p>The sender writes, unless another thread is writing, which then takes this along, or it can
 * wait for the end of the loop's round ({@link WriteQueue}).
 */
final class AmpConnection {
    /** Longest box, in bytes, of a peer that has not shown what it is. */
    static final int MAX_UNPROVEN_BOX = 16 << 10;

    /**
     * Longest box, in bytes, of a game. The sync of ten thousand sessions takes 1 MiB, compressed.
     */
    static final int MAX_BOX = 16 << 20;

    /**
     * Unsent bytes above which the peer is not read: one that asks without reading the answers
     * cannot fill the memory. The sync of ten thousand sessions takes 1 MiB.
     */
    static final int MAX_UNSENT = 1 << 20;

    /** Who is at the other end. */
    enum Role {
        /** Not known yet. */
        UNPROVEN,
        /** A program that asks for the game's status and gives orders. */
        LAUNCHER,
        /** The game. */
        GAME;

        /** As it stands in the log. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What to do when a command that was sent is answered. Called once. */
    interface Asked {
        /** Nothing. */
        Asked NOTHING_MORE = () -> {};

        /** The command has been carried out, or has failed. */
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
    private final WriteQueue queue = new WriteQueue();
    private @Nullable Ask answered; // the last one; the loop's
    private boolean admitted; // the loop's
    private boolean own; // the loop's
    private volatile Role role = Role.UNPROVEN;
    private volatile long receivedAt;

    /**
     * @param wantsWrite called when the socket is full or broken, so that the loop looks at it
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
     * Lets the peer be read.
     *
     * @param ofOwnUser whether the peer is known to run as a user who may use the link
     */
    void admit(boolean ofOwnUser) {
        admitted = true;
        own = ofOwnUser;
    }

    /** Whether it may be read: first its user must be known. */
    boolean isAdmitted() {
        return admitted;
    }

    /** Whether the peer is known to run as a user who may use the link. */
    boolean isOwn() {
        return own;
    }

    /** Whether to read on. Not while the peer does not read what it is sent. */
    boolean isReadable() {
        return admitted && queue.unsent() < MAX_UNSENT;
    }

    long openedAt() {
        return openedAt;
    }

    /** Something has been received. */
    void received() {
        receivedAt = nanoTime.getAsLong();
    }

    // Sending.

    /** Sends a command. */
    void ask(String command, Box arguments, Asked asked) {
        String tag = Long.toHexString(lastTag.incrementAndGet());
        waiting.put(tag, new Waiting(asked, nanoTime.getAsLong()));
        send(new Ask(tag, command, arguments), Urgency.COMMAND);
    }

    /** Answers a command, if it wants an answer and has none yet. */
    void answer(Ask ask, Box results) {
        if (ask.tag() != null && isFirst(ask)) {
            boolean canWait = role == Role.GAME;
            send(new Answer(ask.tag(), results), canWait ? Urgency.ANSWER : Urgency.NOW);
        }
    }

    /** Answers that a command failed, if it wants an answer and has none yet. */
    void fail(Ask ask, String code, String description) {
        if (ask.tag() != null && isFirst(ask)) {
            send(new Failure(ask.tag(), code, description), Urgency.NOW);
        }
    }

    /** A second answer leads Twisted astray: it reads nothing more from then on. */
    @SuppressWarnings("ReferenceEquality") // two commands may be alike
    private boolean isFirst(Ask ask) {
        boolean first = ask != answered;
        answered = ask;
        return first;
    }

    private void send(AmpMessage message, Urgency urgency) {
        if (queue.add(message.box().encode(), urgency, nanoTime.getAsLong())) {
            write();
        }
    }

    /** Writes what waits. */
    void flush() {
        if (queue.begin()) {
            write();
        }
    }

    /** Writes the commands that waited for the end of the loop's round. */
    void roundOver() {
        if (queue.beginIfCommandWaits()) {
            write();
        }
    }

    /** When the oldest data that could be written was queued; null if there is none. */
    @Nullable Long waitingSince() {
        return queue.waitingSince();
    }

    /** Whether everything has been handed to the system. */
    boolean flushed() {
        return queue.isFlushed();
    }

    /** Whether the socket is full, so that the loop must wait for room. */
    boolean isFull() {
        return queue.isFull();
    }

    boolean isBroken() {
        return queue.isBroken();
    }

    /** The socket has room again. */
    void writable() {
        if (queue.resume()) {
            write();
        }
    }

    private void write() {
        try {
            for (ByteBuffer bytes = queue.next(); bytes != null; bytes = queue.next()) {
                channel.write(bytes);
                if (bytes.hasRemaining()) {
                    queue.full(bytes);
                    wantsWrite.run();
                    return;
                }
            }
        } catch (IOException e) {
            queue.broken();
            wantsWrite.run();
        }
    }

    // Answers.

    /** Takes note of an answer. Null if none was due under that tag. */
    @Nullable Asked answered(String tag) {
        Waiting done = waiting.remove(tag);
        if (done == null) {
            return null;
        }
        queue.answered();
        return done.asked;
    }

    /** When the oldest unanswered command was sent; null if there is none. */
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
