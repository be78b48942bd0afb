package lychgate.transport;

import lychgate.plugin.Mailbox;

import java.util.concurrent.atomic.AtomicBoolean;

/** A task on a mailbox's owner that is asked for often, and scheduled there once at most. */
final class InputTurn {
    private final Mailbox mailbox;
    private final Runnable task;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    InputTurn(Mailbox mailbox, Runnable task) {
        this.mailbox = mailbox;
        this.task = task;
    }

    /** Has the task run, once others have had their turn. Any thread may call. */
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
