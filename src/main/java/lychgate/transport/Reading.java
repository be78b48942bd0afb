package lychgate.transport;

import lychgate.plugin.LevelSignal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides whether a connection is read: it is, unless there is a {@link Pause reason} not to.
 * Unread data stays in TCP, which throttles the client. Any thread may call.
 */
public final class Reading {
    private static final int ALL = -1;

    private final AtomicInteger reasons = new AtomicInteger();
    private volatile int effective = ALL;
    private final LevelSignal signal;
    private final Runnable unfinished;

    /** A reason not to read. */
    public enum Pause {
        /** Too much input waits to be processed. */
        BACKLOG,
        /** The game has not processed the commands it was given. */
        HELD,
        /** The client does not read its output. */
        BEHIND,
        /** The client's input took too much work (compressed input). */
        THROTTLED,
        /** A part of what was read is still unprocessed. */
        UNFINISHED,
        /** The client has closed its side (EOF). */
        ENDED,
        /** No connection is attached. */
        DETACHED;

        private int bit() {
            return 1 << ordinal();
        }
    }

    /**
     * @param connection is told to start or stop reading; initially it must be reading
     * @param unfinished run whenever buffered input may be processed again; an extra call must be
     *     harmless
     */
    public Reading(LevelSignal.Receiver connection, Runnable unfinished) {
        this.signal = new LevelSignal(true, this::mayRead, connection);
        this.unfinished = unfinished;
    }

    /** Sets or clears a reason not to read. */
    public void pause(Pause reason, boolean on) {
        int bit = reason.bit();
        int before = reasons.getAndUpdate(bits -> on ? bits | bit : bits & ~bit);
        if ((before & bit) != 0 != on) {
            signal.changed();
            resume();
        }
    }

    /** A connection is attached: tells it whether it is read. */
    void attached() {
        reasons.getAndUpdate(bits -> bits & ~Pause.DETACHED.bit());
        signal.repeat();
        resume();
    }

    /**
     * The session is over: from now on input is read and discarded until the client closes its
     * side.
     */
    public void discard() {
        effective = Pause.BACKLOG.bit() | Pause.ENDED.bit();
        signal.changed();
        resume();
    }

    /**
     * Called after each change: the code that processes input has checked the level and stopped, so
     * no change may be missed.
     */
    private void resume() {
        if (mayProcess()) {
            unfinished.run();
        }
    }

    /** Whether input that has already been read may be processed now. */
    public boolean mayProcess() {
        int against = Pause.HELD.bit() | Pause.BEHIND.bit() | Pause.THROTTLED.bit();
        return (reasons.get() & effective & against) == 0;
    }

    /** Whether the connection may be read now. */
    public boolean mayRead() {
        return (reasons.get() & effective) == 0;
    }
}
