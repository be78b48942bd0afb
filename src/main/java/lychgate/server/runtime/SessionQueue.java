package lychgate.server.runtime;

import lychgate.address.Source;
import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * What waits for the game thread to do it for one session, in order. While the session is paused
 * its commands stay, and what else comes is done. Belongs to the game thread.
 */
final class SessionQueue {
    private final String session;
    private final Source source;
    private final Deque<Arrival> arrived = new ArrayDeque<>(2);
    private final Deque<Arrival> held = new ArrayDeque<>(1); // before all that has arrived
    private Turns.@Nullable Place<SessionQueue> place;
    private int pauses;
    private long resumedAt;
    private boolean closed;
    private long sent;

    /**
     * Work and when it came.
     *
     * @param queue of the session that it is for; null for the game's own
     * @param last whether nothing comes behind it
     */
    record Arrival(@Nullable SessionQueue queue, Work work, long at, boolean last) {
        Arrival(@Nullable SessionQueue queue, Work work, long at) {
            this(queue, work, at, false);
        }
    }

    /**
     * @param session as operators know it
     */
    SessionQueue(String session, Source source) {
        this.session = session;
        this.source = source;
    }

    String session() {
        return session;
    }

    /** Its place among others; made when it first needs one. */
    Turns.Place<SessionQueue> place(Turns<SessionQueue> turns) {
        if (place == null) {
            place = turns.join(this, source);
        }
        return place;
    }

    /** Takes work, unless the session is over. */
    void add(Arrival arrival) {
        if (!closed) {
            arrived.add(arrival);
        }
    }

    /** Whether there is something to do. */
    boolean ready() {
        return !arrived.isEmpty() || (pauses == 0 && !held.isEmpty());
    }

    /** What is to be done next; null if all that there is waits for the end of a pause. */
    @Nullable Arrival next() {
        Arrival first = pauses == 0 ? held.poll() : null;
        if (first != null) {
            return new Arrival(first.queue, first.work, resumedAt); // the pause was its own
        }
        Arrival next = arrived.poll();
        while (next != null && pauses > 0 && next.work.pauses()) {
            held.add(next);
            next = arrived.poll();
        }
        return next;
    }

    /** When the oldest came that there is to do. */
    long since() {
        Arrival first = held.isEmpty() ? arrived.peek() : held.peek();
        return first == null ? Long.MAX_VALUE : first.at;
    }

    void pause() {
        pauses++;
    }

    void resume(long now) {
        pauses--;
        resumedAt = now;
    }

    boolean paused() {
        return pauses > 0;
    }

    /** Forgets the commands that there are to be done; how many. */
    int dropCommands() {
        int before = arrived.size() + held.size();
        held.clear();
        arrived.removeIf(arrival -> arrival.work.pauses());
        return before - arrived.size();
    }

    /** The client's commands that have not been begun, in order. */
    List<CommandTuple> commands() {
        return Stream.concat(held.stream(), arrived.stream())
                .map(Arrival::work)
                .filter(Input.class::isInstance)
                .map(work -> ((Input) work).command())
                .toList();
    }

    /** Forgets what there is to be done, and takes no more. */
    void close() {
        closed = true;
        arrived.clear();
        held.clear();
    }

    boolean closed() {
        return closed;
    }

    /** It has sent something that is going to cost so much; whether that is the first. */
    boolean sends(long cost) {
        boolean first = sent == 0;
        sent += cost;
        return first;
    }

    /** What it has sent since it was last asked. */
    long takeSent() {
        long all = sent;
        sent = 0;
        return all;
    }
}
