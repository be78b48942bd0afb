package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.server.GameHost;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Time stands still, but for one nanosecond at each look at the clock, until it is let pass. */
class GameThreadTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> done = new ArrayList<>(); // by the thread alone, until it rests
    private final GameThread thread =
            new GameThread(() -> done.add("end of turn"), nanos::incrementAndGet);

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() {
        thread.stop();
    }

    @Test
    void tasksAreDoneInTheOrderInWhichTheyCome() {
        for (int i = 0; i < 1_000; i++) {
            String task = "task " + i;
            thread.run(() -> done.add(task));
        }
        List<String> tasks = done().stream().filter(t -> t.startsWith("task")).toList();
        assertEquals(IntStream.range(0, 1_000).mapToObj(i -> "task " + i).toList(), tasks);
    }

    @Test
    void turnEndsBehindWhatWasWaiting() {
        CountDownLatch allAreThere = new CountDownLatch(1);
        thread.run(() -> await(allAreThere));
        thread.run(() -> done.add("a"));
        thread.run(() -> done.add("b"));
        allAreThere.countDown();
        assertEquals(List.of("a", "b", "end of turn"), done().subList(0, 3));
    }

    @Test
    void turnEndsAlsoWhereTasksNeverDo() {
        AtomicBoolean ended = new AtomicBoolean();
        Runnable endless =
                new Runnable() {
                    @Override
                    public void run() {
                        if (!ended.get()) {
                            thread.run(this);
                        }
                    }
                };
        thread.run(endless);
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        thread.after(Duration.ZERO, () -> turn.complete(true));
        assertTrue(turn.orTimeout(20, TimeUnit.SECONDS).join());
        ended.set(true);
    }

    @Test
    void taskThatThrowsEndsNothingButItself() {
        thread.run(
                () -> {
                    throw new IllegalStateException("on purpose");
                });
        thread.run(() -> done.add("next"));
        assertTrue(done().contains("next"));
    }

    @Test
    void taskThatRunsOutOfStackEndsNothingButItself() {
        thread.run(
                () -> {
                    throw new StackOverflowError("on purpose");
                });
        thread.run(() -> done.add("next"));
        assertTrue(done().contains("next"));
    }

    @Test
    void timerIsDueAfterItsTimeAndNotBefore() {
        thread.after(SECOND, () -> done.add("rang"));
        pass(SECOND.minusMillis(1));
        assertFalse(done().contains("rang"));
        pass(Duration.ofMillis(1));
        assertTrue(done().contains("rang"));
    }

    @Test
    void timerRingsOnce() {
        thread.after(SECOND, () -> done.add("rang"));
        pass(SECOND);
        pass(SECOND);
        assertEquals(1, rings());
    }

    @Test
    void timersRingInTheOrderOfTheirTimes() {
        thread.after(SECOND.multipliedBy(2), () -> done.add("second"));
        thread.after(SECOND, () -> done.add("first"));
        pass(SECOND.multipliedBy(3));
        List<String> done = done();
        assertTrue(done.indexOf("first") < done.indexOf("second"), done.toString());
    }

    @Test
    void repeatedTimerRingsAgainAndAgain() {
        GameHost.Timer timer = thread.every(SECOND, () -> done.add("rang"));
        pass(SECOND);
        pass(SECOND);
        pass(SECOND);
        timer.cancel();
        pass(SECOND);
        assertEquals(3, rings());
    }

    @Test
    void repeatedTimerThatThrowsRingsAgain() {
        thread.every(
                SECOND,
                () -> {
                    done.add("rang");
                    throw new IllegalStateException("on purpose");
                });
        pass(SECOND);
        pass(SECOND);
        assertEquals(2, rings());
    }

    @Test
    void repeatedTimerMayCancelItself() {
        GameHost.Timer[] timer = new GameHost.Timer[1];
        thread.run(
                () ->
                        timer[0] =
                                thread.every(
                                        SECOND,
                                        () -> {
                                            done.add("rang");
                                            timer[0].cancel();
                                        }));
        pass(SECOND);
        pass(SECOND);
        assertEquals(1, rings());
    }

    @Test
    void cancelledTimerIsNotKeptUntilItsTimeComes() {
        for (int i = 0; i < 100; i++) {
            thread.every(Duration.ofDays(10_000), () -> done.add("rang")).cancel();
        }
        done();
        assertEquals(0, thread.timers());
    }

    @Test
    void stopDoesWhatWasHandedInBefore() {
        for (int i = 0; i < 200; i++) {
            thread.run(() -> done.add("rang"));
        }
        thread.stop();
        assertEquals(200, rings());
        assertEquals("end of turn", done.getLast());
    }

    @Test
    void onlyTheThreadItselfIsCurrent() {
        assertFalse(thread.isCurrent());
        thread.run(() -> done.add(thread.isCurrent() ? "current" : "not"));
        assertTrue(done().contains("current"));
    }

    @Test
    void timersRingByTheClockOfTheMachine() {
        GameThread real = new GameThread(() -> {}, System::nanoTime);
        real.start();
        CompletableFuture<Boolean> rang = new CompletableFuture<>();
        real.after(Duration.ofMillis(1), () -> rang.complete(true));
        assertTrue(rang.orTimeout(20, TimeUnit.SECONDS).join());
        real.stop();
    }

    private void pass(Duration time) {
        done();
        nanos.addAndGet(time.toNanos());
        done();
    }

    private long rings() {
        return done.stream().filter("rang"::equals).count();
    }

    /** What has been done, when all has been done. */
    private List<String> done() {
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        // Timers come behind the tasks of their turn, and one that a timer sets has another turn.
        thread.run(() -> soon(() -> soon(() -> seen.complete(List.copyOf(done)))));
        return seen.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void soon(Runnable task) {
        thread.after(Duration.ofNanos(1), task);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
