package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.plugin.Scheduler.Cancellable;
import lychgate.testing.Await;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

class TimerThreadTest {
    private static final Duration SOON = Duration.ofMillis(1);

    @AutoClose private final TimerThread timer = new TimerThread("lychgate-timer");
    private final AtomicInteger ran = new AtomicInteger();

    @Test
    void taskRunsAfterItsTime() {
        timer.after(SOON, ran::incrementAndGet);
        Await.equal(1, ran::get);
    }

    @Test
    void taskRunsAgainAndAgainThoughItFails() {
        timer.every(
                SOON,
                () -> {
                    ran.incrementAndGet();
                    throw new IllegalStateException("this is expected in the test");
                });
        Await.until("it has run three times", () -> ran.get() >= 3);
    }

    @Test
    void taskThatIsCancelledDoesNotRunAgain() {
        CompletableFuture<Cancellable> task = new CompletableFuture<>();
        task.complete(
                timer.every(
                        SOON,
                        () -> {
                            ran.incrementAndGet();
                            task.join().cancel();
                        }));
        Await.equal(1, ran::get);
        AtomicInteger later = new AtomicInteger();
        timer.every(SOON, later::incrementAndGet);
        Await.until("there was time for more", () -> later.get() >= 10);
        assertEquals(1, ran.get());
    }
}
