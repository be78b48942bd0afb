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
 * One connection of a game, or of a launcher. What comes in is read by the loop alone; any thread
 * may send.
 *
 * <p>Who sends writes at once, unless another is at it, who then writes that too, or it can wait
 * for the end of the loop's round ({@link WriteQueue}).
 */
final class AmpConnection {
    /** Bytes of a box from one who has not shown what he is. */
    static final int MAX_UNPROVEN_BOX = 16 << 10;

    /** Bytes of a box of a game: the sync of ten thousand sessions takes one, compressed. */
    static final int MAX_BOX = 16 << 20;

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
        GAME;

        /** As it stands in the log. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Something that was asked and is not answered yet; what becomes of it is told once. */
    interface Asked {
        /** Of no interest. */
        Asked NOTHING_MORE = () -> {};

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
    private final WriteQueue queue = new WriteQueue();
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
        return admitted && queue.unsent() < MAX_UNSENT;
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
        send(new Ask(tag, command, arguments), Urgency.COMMAND);
    }

    /** Answers a command, if it is to be answered and has not been. */
    void answer(Ask ask, Box results) {
        if (ask.tag() != null && isFirst(ask)) {
            boolean canWait = role == Role.GAME;
            send(new Answer(ask.tag(), results), canWait ? Urgency.ANSWER : Urgency.NOW);
        }
    }

    /** Says that a command could not be carried out, if it has not been answered. */
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

    /** Sends what waits. */
    void flush() {
        if (queue.begin()) {
            write();
        }
    }

    /** A round of the loop is over: sends what has waited for that. */
    void roundOver() {
        if (queue.beginIfCommandWaits()) {
            write();
        }
    }

    /** Since when something waits to be sent that could be; null: nothing does. */
    @Nullable Long waitingSince() {
        return queue.waitingSince();
    }

    /** Whether all has been handed to the system. */
    boolean flushed() {
        return queue.isFlushed();
    }

    /** Whether the socket is full: {@link #writable} is awaited. */
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

    /** What has been answered is no longer waited for; null: it never was. */
    @Nullable Asked answered(String tag) {
        Waiting done = waiting.remove(tag);
        if (done == null) {
            return null;
        }
        queue.answered();
        return done.asked;
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
