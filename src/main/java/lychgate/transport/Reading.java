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
    private volatile int heeded = ALL;
    private final LevelSignal signal;

    /** What speaks against reading. */
    public enum Pause {
        /** What was read before has not been dealt with. */
        BACKLOG,
        /** The game is not done with the commands that it was handed. */
        HELD,
        /** The client does not read what it is sent. */
        BEHIND,
        /** The client will send no more. */
        ENDED;

        private int bit() {
            return 1 << ordinal();
        }
    }

    /**
     * @param connection told whether to read from now on; at first it does
     */
    public Reading(LevelSignal.Listener connection) {
        this.signal = new LevelSignal(true, this::allowed, connection);
    }

    /** Something speaks against reading, or no longer. */
    public void pause(Pause reason, boolean on) {
        int bit = reason.bit();
        int before = reasons.getAndUpdate(bits -> on ? bits | bit : bits & ~bit);
        if ((before & bit) != 0 != on) {
            signal.changed();
        }
    }

    /** The session is over: what still comes is read, to be thrown away, until the client ends. */
    public void discard() {
        heeded = Pause.BACKLOG.bit() | Pause.ENDED.bit();
        signal.changed();
    }

    /** Whether the connection is read now. */
    public boolean allowed() {
        return (reasons.get() & heeded) == 0;
    }
}
