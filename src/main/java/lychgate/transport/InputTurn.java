package lychgate.transport;

import lychgate.plugin.Mailbox;

import java.util.concurrent.atomic.AtomicBoolean;

/** An input task that may be requested any number of times, but is queued at most once. */
final class InputTurn {
    private final Mailbox mailbox;
    private final Runnable task;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    InputTurn(Mailbox mailbox, Runnable task) {
        this.mailbox = mailbox;
        this.task = task;
    }

    /** Queues the task on the mailbox's owner, unless it is queued already. Any thread may call. */
    void schedule() {
        if (!scheduled.getAndSet(true)) {
            mailbox.inputLater(
                    () -> {
                        scheduled.set(false);
                        task.run();
                    });
        }
    }
}
