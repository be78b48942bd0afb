package lychgate.server.runtime;

import lychgate.text.Markup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Runs game code for a session: on the game thread, or, if it blocks, on a worker thread with its
 * outcome passed back to the game thread. Exceptions are logged, the player is told, and nothing
 * else is affected.
 */
final class SessionWork {
    private static final Logger log = LoggerFactory.getLogger(SessionWork.class);

    private static final Markup FAILED =
            Markup.of("|rThat did not work.|n The trouble is on our side, and has been noted.");

    private final GameThread thread;
    private final Workers workers;

    SessionWork(GameThread thread, Workers workers) {
        this.thread = thread;
        this.workers = workers;
    }

    /** Runs a task in the session's order and turn. */
    void run(GameSession session, String name, Runnable task) {
        thread.run(session.queue(), new Work.Now(name, task));
    }

    /** Runs game code now. */
    void attempt(GameSession session, Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // game code may throw anything, errors too
            failed(session, e);
        }
    }

    /** Game code has thrown. */
    void failed(GameSession session, Throwable cause) {
        log.error("{} command failed", session, cause);
        session.msg(FAILED);
    }

    /**
     * Runs work on a worker thread, then passes its result to the game thread; the session's input
     * waits until then.
     *
     * @return false if too much such work is waiting already: then nothing is done
     */
    <T> boolean blocking(GameSession session, Callable<T> work, Consumer<T> then) {
        boolean taken =
                workers.run(
                        session.source(),
                        () -> {
                            Runnable outcome = outcome(session, work, then);
                            run(session, "an outcome", () -> handOver(session, outcome));
                        });
        if (taken) {
            session.pause();
        }
        return taken;
    }

    private <T> Runnable outcome(GameSession session, Callable<T> work, Consumer<T> then) {
        try {
            T result = work.call();
            return () -> then.accept(result);
        } catch (Throwable e) { // the session waits for the outcome, whatever it is
            return () -> failed(session, e);
        }
    }

    private void handOver(GameSession session, Runnable outcome) {
        if (session.open()) {
            attempt(session, outcome);
        }
        session.resume();
    }
}
