package lychgate.plugin;

import java.time.Duration;

/** Runs tasks later, one after the other on one thread. They must not block. */
public interface Scheduler {

    /** Runs a task once, after a delay. */
    Cancellable after(Duration delay, Runnable task);

    /** Runs a task repeatedly, with that interval between runs. */
    Cancellable every(Duration interval, Runnable task);

    /** A scheduled task. */
    interface Cancellable {
        /** Cancels further runs; a run in progress continues. */
        void cancel();
    }
}
