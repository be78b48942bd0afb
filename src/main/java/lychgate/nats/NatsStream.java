package lychgate.nats;

import lychgate.bus.Greeting;
import lychgate.bus.MalformedException;
import lychgate.bus.StreamEnd;
import lychgate.bus.StreamEvent;
import lychgate.bus.StreamTimes;
import lychgate.bus.Versions;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One end of a stream to another portal of the realm. Any thread may send; frames are taken, and
 * what they bring is handed on, by one thread at a time.
 *
 * <p>Each stream with the other end has a number of its own, its <b>epoch</b>. What is sent names
 * the epoch it is meant for, so that nothing meant for a game that has died reaches its successor
 * by accident.
 */
public final class NatsStream {
    private static final Logger log = LoggerFactory.getLogger(NatsStream.class);
    private static final AtomicLong LAST_INCARNATION = new AtomicLong();

    /** How often {@link #tick} is to be called. */
    public static final Duration TICK = Duration.ofMillis(20);

    private final String name;
    private final Meters meters;
    private final LongSupplier nanoTime;
    private final StreamEnd end; // guarded by this
    private int epoch; // guarded by this
    private volatile boolean full; // what the end says; asked with each line, without the lock

    /** Takes what the stream brings. */
    public interface Listener {
        /**
         * A stream has begun; all that follows is of it, until the next one begins.
         *
         * @param greeting of the other end; null if it was malformed
         */
        void joined(int epoch, @Nullable Greeting greeting);

        /** A message has come. */
        void message(byte[] message) throws MalformedException;

        /** The other end has ended, by order. */
        void left();

        /** There is another one of this end, with which the other end speaks. */
        void superseded();
    }

    /**
     * @param name of the other end, for the log
     * @param calls whether this end looks for the other
     * @param greeting what it says of itself
     * @param bus asked for each frame
     * @param subject on which the other end takes frames
     */
    public NatsStream(
            String name,
            boolean calls,
            Greeting greeting,
            Supplier<? extends Bus> bus,
            String subject,
            Meters meters,
            LongSupplier nanoTime) {
        this.name = name;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.end =
                new StreamEnd(
                        calls,
                        incarnation(System.currentTimeMillis()),
                        Versions.OURS,
                        greeting::toBytes,
                        StreamTimes.USUAL,
                        frame -> bus.get().publish(subject, frame));
    }

    /** Greater than all before in this process; later processes have greater ones. */
    private static long incarnation(long now) {
        return LAST_INCARNATION.updateAndGet(last -> Math.max(last + 1, now));
    }

    /**
     * Adds a message to the stream of that epoch; {@link #flush} sends it.
     *
     * @return whether it is of the stream that there is
     */
    public synchronized boolean add(int of, byte[] message) {
        if (of != epoch || !end.joined()) {
            return false;
        }
        end.add(message);
        full = end.full();
        return true;
    }

    /** Sends what was added. */
    public synchronized void flush() {
        end.flush(nanoTime.getAsLong());
    }

    /** Does what is due; called often, by a timer. */
    public void tick() {
        tick(true);
    }

    /**
     * The same.
     *
     * @param listening whether the other end can be heard: if not, it is not silent
     */
    public synchronized void tick(boolean listening) {
        end.tick(nanoTime.getAsLong(), listening);
        full = end.full();
    }

    /** Ends, by order. */
    public synchronized void leave() {
        long now = nanoTime.getAsLong();
        end.flush(now);
        end.leave(now);
        full = end.full();
    }

    /** Takes a frame. Called by one thread at a time. */
    public void received(byte[] frame, Listener listener) {
        List<Runnable> brought = new ArrayList<>(1);
        synchronized (this) {
            try {
                end.receive(
                        frame, nanoTime.getAsLong(), event -> brought.add(told(event, listener)));
            } catch (MalformedException e) {
                malformed(e);
            }
            full = end.full();
        }
        brought.forEach(this::handOn); // outside the lock: who is told may wish to send
    }

    /** What stands behind it in the frame is not sent again, and must not be lost with it. */
    private void handOn(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException e) {
            log.error("could not hand on what {} sent", name, e);
        }
    }

    private Runnable told(StreamEvent event, Listener listener) {
        return switch (event) {
            case StreamEvent.Joined(byte[] greeting) -> {
                int begun = ++epoch;
                yield () -> listener.joined(begun, read(greeting));
            }
            case StreamEvent.Message(byte[] message) -> () -> message(message, listener);
            case StreamEvent.Left() -> listener::left;
            case StreamEvent.Superseded() -> listener::superseded;
            case StreamEvent.Incompatible(Versions versions) ->
                    () ->
                            log.error(
                                    "{} speaks versions {} to {} of the protocol, this portal {} to"
                                            + " {}: upgrade the older one",
                                    name,
                                    versions.least(),
                                    versions.greatest(),
                                    Versions.OURS.least(),
                                    Versions.OURS.greatest());
        };
    }

    private @Nullable Greeting read(byte[] greeting) {
        try {
            return Greeting.of(greeting);
        } catch (MalformedException e) {
            malformed(e);
            return null;
        }
    }

    private void message(byte[] message, Listener listener) {
        try {
            listener.message(message);
        } catch (MalformedException e) {
            malformed(e);
        }
    }

    private void malformed(MalformedException e) {
        meters.malformed("bus_frame");
        log.debug("from {}: {}", name, e.getMessage());
    }

    /** Whether there is a stream. */
    public synchronized boolean joined() {
        return end.joined();
    }

    /** For how long the other end has been silent, in nanoseconds; 0 if it was never heard. */
    public synchronized long silentNanos() {
        return end.silentNanos();
    }

    /** Whether so much waits for its acknowledgement that no more should be sent. */
    public boolean full() {
        return full;
    }

    /** Whether there is room again, after it was full. */
    public synchronized boolean roomy() {
        return end.roomy();
    }

    /** Frames that wait for their acknowledgement. */
    public synchronized int unacknowledged() {
        return end.unacknowledged();
    }

    /** The bytes of what waits for its acknowledgement. */
    public synchronized long unacknowledgedBytes() {
        return end.unacknowledgedBytes();
    }

    /** Frames that were sent again. */
    public synchronized long resent() {
        return end.resent();
    }

    /** Frames that came before one that was due. */
    public synchronized long gaps() {
        return end.gaps();
    }
}
