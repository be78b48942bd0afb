package lychgate.transport.nats;

import lychgate.bus.Messages;
import lychgate.bus.ToPortal;
import lychgate.nats.NatsStream;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;

import java.util.List;
import java.util.function.Supplier;

/**
 * What another portal is told of its sessions, as far as its stream goes. What the game says is
 * collected until the game's turn is over, so that a text for many of the sessions travels once.
 * Any thread may call.
 */
final class PortalTelling {
    private final Supplier<NatsStream> streams;
    private final PendingOutput pending = new PendingOutput(); // guarded by itself
    private volatile NatsStream stream;
    private volatile int epoch; // 0: it has not been heard since there is this stream

    /**
     * @param streams makes a stream to it, empty and with a new incarnation
     */
    PortalTelling(Supplier<NatsStream> streams) {
        this.streams = streams;
        this.stream = streams.get();
    }

    NatsStream stream() {
        return stream;
    }

    /** The stream that there is, by number; 0: none yet. */
    int epoch() {
        return epoch;
    }

    /** The portal has begun a stream: it is told nothing that was meant for the one before. */
    void begin(int begun) {
        synchronized (pending) {
            pending.clear();
            epoch = begun;
        }
    }

    /** Whoever comes next has to begin another stream. */
    void beginAnew() {
        epoch = 0;
        stream = streams.get();
    }

    /** Output for a session, sent when the turn is over. */
    void output(long sessid, List<CommandTuple> commands) {
        synchronized (pending) {
            ToPortal.Output full = pending.add(sessid, commands);
            if (full != null) {
                stream.add(epoch, Messages.encode(full));
            }
        }
    }

    /** Has a session ended by its own portal, which tells when it is gone. */
    void end(long sessid, String reason, Departure why) {
        send(new ToPortal.Ended(sessid, reason, why));
        flush();
    }

    /** The game has been restarted, by itself. */
    void reloaded(long awayNanos) {
        send(new ToPortal.Reloaded(awayNanos));
        flush();
    }

    /** Sends a message behind all before it, with the next {@link #flush}. */
    void send(ToPortal message) {
        synchronized (pending) {
            addPending();
            stream.add(epoch, Messages.encode(message));
        }
    }

    /** The game's turn is over: what was collected is sent. */
    void flush() {
        synchronized (pending) {
            addPending();
        }
        stream.flush();
    }

    private void addPending() {
        ToPortal.Output output = pending.take();
        if (output != null) {
            stream.add(epoch, Messages.encode(output));
        }
    }
}
