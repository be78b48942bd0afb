package lychgate.transport.web.ajax;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.transport.web.session.Carried;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The polls of one client: the newest is held until there is a message for it, which counts as
 * delivered once it has been written. Runs on the mailbox, except {@link #isDue} and {@link
 * #isHolding}.
 */
final class Polls {
    /**
     * How long a poll is held: well below the 60 s after which proxies, and Evennia's client, end
     * it.
     */
    static final Duration HOLD = Duration.ofSeconds(25);

    /** Timeout for writing a message while the next poll waits: its connection may be dead. */
    static final Duration WRITE = Duration.ofSeconds(2);

    /** What Evennia's client expects then, and answers with a {@code keepalive}. */
    private static final byte[] KEEPALIVE =
            Json.write(CommandTuple.of("ajax_keepalive")).getBytes(StandardCharsets.UTF_8);

    private final Carried carried;
    private final Outgoing outgoing;
    private final Delivered delivered;
    private @Nullable Exchange held;
    private @Nullable Exchange writing;
    private boolean stale; // what is being written is of another session
    private volatile boolean holding;
    private volatile long heldAt;

    /** Told of each message that has been written. */
    interface Delivered {
        /**
         * A message has been written.
         *
         * @param all whether no other waits
         */
        void message(byte[] message, boolean all);
    }

    Polls(Carried carried, Outgoing outgoing, Delivered delivered) {
        this.carried = carried;
        this.outgoing = outgoing;
        this.delivered = delivered;
    }

    boolean isEmpty() {
        return held == null;
    }

    /** Another poll, which ends the one before it. */
    void add(Exchange poll, long now) {
        if (held != null) {
            held.displaced();
        }
        hold(poll);
        heldAt = now;
        deliver();
        if (held == poll) {
            poll.hold(HOLD, () -> carried.run(() -> lost(poll)));
        }
    }

    private void hold(@Nullable Exchange poll) {
        held = poll;
        holding = poll != null;
    }

    private void lost(Exchange poll) {
        if (held == poll) {
            hold(null);
        }
    }

    /** Answers the poll if there is a message for it. */
    void deliver() {
        Exchange to = held;
        byte[] message = to == null || writing != null ? null : outgoing.next();
        if (to != null && message != null) {
            hold(null);
            writing = to;
            to.answer(
                    message,
                    () -> carried.run(() -> written(message)),
                    () -> carried.run(() -> failed(message)));
        }
    }

    private void written(byte[] message) {
        writing = null;
        if (!stale) {
            delivered.message(message, outgoing.isEmpty());
        }
        stale = false;
        deliver();
    }

    private void failed(byte[] message) {
        writing = null;
        if (!stale) {
            outgoing.giveBack(message);
        }
        stale = false;
        deliver();
    }

    /** Another session is polled from now on: what waits is not for its client. */
    void startOver() {
        outgoing.clear();
        stale = writing != null;
    }

    /** Whether a poll is held. Any thread may ask. */
    boolean isHolding() {
        return holding;
    }

    /** Whether a poll waits for so long that {@link #tick} may have to do something. */
    boolean isDue(long now) {
        return holding && now - heldAt >= WRITE.toNanos();
    }

    void tick(long now) {
        Exchange poll = held;
        if (poll == null) {
            return;
        }
        if (writing != null && now - heldAt >= WRITE.toNanos()) {
            writing.abort();
        } else if (now - heldAt >= HOLD.toNanos()) {
            hold(null);
            poll.answer(KEEPALIVE);
        }
    }

    /** The session is over: no message will come. */
    void end() {
        if (held != null) {
            held.gone();
            hold(null);
        }
    }
}
