package lychgate.transport;

import lychgate.plugin.LevelSignal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a connection is read: while nothing speaks against it. What is not read stays with the
 * client, in its TCP connection. Any thread may call.
 */
public final class Reading {
    private static final int ALL = -1;

    private final AtomicInteger reasons = new AtomicInteger();
    private volatile int effective = ALL;
    private final LevelSignal signal;
    private final Runnable unfinished;

    /** What speaks against reading. */
    public enum Pause {
        /** What was read before has not been dealt with. */
        BACKLOG,
        /** The game is not done with the commands that it was handed. */
        HELD,
        /** The client does not read what it is sent. */
        BEHIND,
        /** What it has sent was much work. */
        THROTTLED,
        /** What was read is dealt with in part. */
        UNFINISHED,
        /** The client will send no more. */
        ENDED,
        /** There is no connection. */
        DETACHED;

        private int bit() {
            return 1 << ordinal();
        }
    }

    /**
     * @param connection told whether to read from now on; at first it does
     * @param unfinished run whenever what was read already may be dealt with again: it must not
     *     mind to be run once too often
     */
    public Reading(LevelSignal.Receiver connection, Runnable unfinished) {
        this.signal = new LevelSignal(true, this::mayRead, connection);
        this.unfinished = unfinished;
    }

    /** Something speaks against reading, or no longer. */
    public void pause(Pause reason, boolean on) {
        int bit = reason.bit();
        int before = reasons.getAndUpdate(bits -> on ? bits | bit : bits & ~bit);
        if ((before & bit) != 0 != on) {
            signal.changed();
            resume();
        }
    }

    /** The session is over: what still comes is read, to be thrown away, until the client ends. */
    public void discard() {
        effective = Pause.BACKLOG.bit() | Pause.ENDED.bit();
        signal.changed();
        resume();
    }

    /**
     * Whoever deals with input has looked at the level and stopped: no change of it may be skipped.
     */
    private void resume() {
        if (mayProcess()) {
            unfinished.run();
        }
    }

    /** Whether what was read already is dealt with now. */
    public boolean mayProcess() {
        int against =
                Pause.HELD.bit()
                        | Pause.BEHIND.bit()
                        | Pause.THROTTLED.bit()
                        | Pause.DETACHED.bit();
        return (reasons.get() & effective & against) == 0;
    }

    /** Whether the connection is read now. */
    public boolean mayRead() {
        return (reasons.get() & effective) == 0;
    }
}
