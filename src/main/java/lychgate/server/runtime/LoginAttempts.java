package lychgate.server.runtime;

import lychgate.session.Meters;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Checks login attempts: failures are counted and logged, and delay further attempts. Belongs to
 * the game thread.
 */
final class LoginAttempts {
    /** Delay before an attempt is retried if no worker is available for its source. */
    private static final Duration UNTIL_ROOM = Duration.ofMillis(250);

    private final GameThread thread;
    private final SessionWork work;
    private final Meters meters;
    private final Guesses guesses;
    private final FailedLogins failedLogins;

    /**
     * @param nanoTime a clock that only goes forward
     */
    LoginAttempts(GameThread thread, SessionWork work, Meters meters, LongSupplier nanoTime) {
        this.thread = thread;
        this.work = work;
        this.meters = meters;
        this.guesses = new Guesses(nanoTime);
        this.failedLogins = new FailedLogins(thread::after);
    }

    /** See {@link lychgate.server.ServerSession#authenticate}. */
    <T> boolean authenticate(
            GameSession session,
            String account,
            Callable<Optional<T>> check,
            Consumer<Optional<T>> then) {
        BooleanSupplier attempt =
                () ->
                        work.blocking(
                                session,
                                () -> session.open() ? check.call() : Optional.<T>empty(),
                                found -> {
                                    if (found.isEmpty()) {
                                        failed(session, account);
                                    }
                                    then.accept(found);
                                });
        Duration delay = guesses.delay(account, session.source());
        if (delay.isZero()) {
            return attempt.getAsBoolean();
        }
        meters.loginDelayed();
        session.pause();
        later(session, delay, attempt);
        return true;
    }

    /** An account has been logged in over a session. */
    void succeeded(GameSession session, String account) {
        guesses.loggedIn(account, session.source());
        thread.loggedIn(session.queue());
    }

    private void failed(GameSession session, String account) {
        meters.loginFailed();
        guesses.failed(account, session.source());
        failedLogins.note(session.id(), session.address(), account);
    }

    /** Starts an attempt after a delay, retrying until a worker is available; the session waits. */
    private void later(GameSession session, Duration delay, BooleanSupplier attempt) {
        thread.after(
                delay,
                () -> {
                    if (session.open() && !attempt.getAsBoolean()) {
                        later(session, UNTIL_ROOM, attempt);
                    } else {
                        session.resume();
                    }
                });
    }
}
