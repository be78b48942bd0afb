package lychgate.server.runtime;

import lychgate.address.Source;
import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The work of one session that waits for the game thread, in order. While the session is paused its
 * commands wait, and other work is still done. Belongs to the game thread.
 */
final class SessionQueue {
    private final String session;
    private final Source source;
    private final Deque<Arrival> arrived = new ArrayDeque<>(2);
    private final Deque<Arrival> held = new ArrayDeque<>(1); // run before what has arrived
    private Turns.@Nullable Place<SessionQueue> place;
    private int pauses;
    private long resumedAt;
    private boolean closed;
    private long sent;

    /**
     * Work, and when it arrived.
     *
     * @param queue of its session; null for work of the game itself
     * @param last whether it is the session's last work
     */
    record Arrival(@Nullable SessionQueue queue, Work work, long at, boolean last) {
        Arrival(@Nullable SessionQueue queue, Work work, long at) {
            this(queue, work, at, false);
        }
    }

    /**
     * @param session as shown to operators
     */
    SessionQueue(String session, Source source) {
        this.session = session;
        this.source = source;
    }

    String session() {
        return session;
    }

    /** Its place among others, created on first use. */
    Turns.Place<SessionQueue> place(Turns<SessionQueue> turns) {
        if (place == null) {
            place = turns.join(this, source);
        }
        return place;
    }

    /** Adds work, unless the session has ended. */
    void add(Arrival arrival) {
        if (!closed) {
            arrived.add(arrival);
        }
    }

    /** Whether there is work that can be done. */
    boolean ready() {
        return !arrived.isEmpty() || (pauses == 0 && !held.isEmpty());
    }

    /** Removes the next work; null if everything waits for the end of a pause. */
    @Nullable Arrival next() {
        Arrival first = pauses == 0 ? held.poll() : null;
        if (first != null) {
            return new Arrival(first.queue, first.work, resumedAt); // it caused the pause itself
        }
        Arrival next = arrived.poll();
        while (next != null && pauses > 0 && next.work.pauses()) {
            held.add(next);
            next = arrived.poll();
        }
        return next;
    }

    /** When the oldest work arrived. */
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

    /** Drops the waiting commands; returns how many. */
    int dropCommands() {
        int before = arrived.size() + held.size();
        held.clear();
        arrived.removeIf(arrival -> arrival.work.pauses());
        return before - arrived.size();
    }

    /** The client's commands that have not been started, in order. */
    List<CommandTuple> commands() {
        return Stream.concat(held.stream(), arrived.stream())
                .map(Arrival::work)
                .filter(Input.class::isInstance)
                .map(work -> ((Input) work).command())
                .toList();
    }

    /** Drops all work, and accepts no more. */
    void close() {
        closed = true;
        arrived.clear();
        held.clear();
    }

    boolean closed() {
        return closed;
    }

    /** Adds to the cost of its output; whether this is its first output since {@link #takeSent}. */
    boolean sends(long cost) {
        boolean first = sent == 0;
        sent += cost;
        return first;
    }

    /** The cost of its output since the last call. */
    long takeSent() {
        long all = sent;
        sent = 0;
        return all;
    }
}
