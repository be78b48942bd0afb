package lychgate.plugin;

import java.time.Duration;

/** Runs things later, one after the other on one thread. They must not block. */
public interface Scheduler {

    /** Runs something once, after that time. */
    Cancellable after(Duration delay, Runnable task);

    /** Runs something again and again, with that time between. */
    Cancellable every(Duration interval, Runnable task);

    /** Something that was to be run. */
    interface Cancellable {
        /** It is not run any more; what runs already ends in its own time. */
        void cancel();
    }
}
