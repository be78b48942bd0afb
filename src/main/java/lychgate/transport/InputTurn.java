package lychgate.transport;

import lychgate.plugin.Mailbox;

import java.util.concurrent.atomic.AtomicBoolean;

/** A task on a mailbox's owner that is asked for often, and waits there once at most. */
final class InputTurn {
    private final Mailbox mailbox;
    private final Runnable task;
    private final AtomicBoolean waits = new AtomicBoolean();

    InputTurn(Mailbox mailbox, Runnable task) {
        this.mailbox = mailbox;
        this.task = task;
    }

    /** Has the task run, once others have had their turn. Any thread may call. */
    void soon() {
        if (!waits.getAndSet(true)) {
            mailbox.inputLater(
                    () -> {
                        waits.set(false);
                        task.run();
                    });
        }
    }
}
