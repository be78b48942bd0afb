package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.address.Source;
import lychgate.server.GameHost;
import lychgate.session.Meters;
import lychgate.testing.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Time stands still, but for one nanosecond at each look at the clock, until it is let pass. */
class GameThreadTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private long flushTakes;
    private final GameThread thread =
            new GameThread(this::endOfTurn, Meters.NONE, nanos::incrementAndGet);

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() {
        thread.stop(List.of());
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
        thread.stop(List.of());
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
        GameThread real = new GameThread(() -> {}, Meters.NONE, System::nanoTime);
        real.start();
        CompletableFuture<Boolean> rang = new CompletableFuture<>();
        real.after(Duration.ofMillis(1), () -> rang.complete(true));
        assertTrue(rang.orTimeout(20, TimeUnit.SECONDS).join());
        real.stop(List.of());
    }

    @Test
    void sessionsTakeTurnsAfterEachCommand() {
        SessionQueue one = session("192.0.2.1");
        SessionQueue other = session("192.0.2.2");
        together(
                () -> {
                    does(one, "a1", 0);
                    does(one, "a2", 0);
                    does(one, "a3", 0);
                    does(other, "b1", 0);
                    does(other, "b2", 0);
                });
        assertEquals(List.of("a1", "b1", "a2", "b2", "a3"), commands());
    }

    @Test
    void costlyCommandOfOneIsPaidForWithTurnsOfItsAddress() {
        SessionQueue one = session("192.0.2.1");
        SessionQueue sister = session("192.0.2.1");
        SessionQueue other = session("192.0.2.2");
        together(
                () -> {
                    does(one, "a1", 1_000);
                    does(sister, "s1", 1_000);
                    does(other, "b1", 300);
                    does(other, "b2", 300);
                    does(other, "b3", 300);
                    does(other, "b4", 300);
                    does(other, "b5", 300);
                });
        assertEquals(List.of("a1", "b1", "b2", "b3", "b4", "s1", "b5"), commands());
    }

    @Test
    void whatIsSentIsPaidForBySenders() {
        SessionQueue one = session("192.0.2.1");
        SessionQueue other = session("192.0.2.2");
        together(
                () -> {
                    shouts(one, "a1");
                    shouts(one, "a2");
                    does(other, "b1", 100);
                    does(other, "b2", 100);
                    does(other, "b3", 100);
                });
        assertEquals(List.of("a1", "b1", "b2", "b3", "a2"), commands());
    }

    @Test
    void flushIsNotPutOffByWhatIsStillToBeDone() {
        SessionQueue one = session("192.0.2.1");
        together(
                () -> {
                    shouts(one, "a1");
                    shouts(one, "a2");
                });
        List<String> done = done();
        assertTrue(done.subList(done.indexOf("a1"), done.indexOf("a2")).contains("end of turn"));
    }

    @Test
    void gameTasksAndSessionsTakeTurns() {
        SessionQueue one = session("192.0.2.1");
        together(
                () -> {
                    does(one, "a1", 0);
                    does(one, "a2", 0);
                    thread.run(() -> done.add("t1"));
                    thread.run(() -> done.add("t2"));
                    does(one, "a3", 0);
                });
        assertEquals(List.of("a1", "t1", "a2", "t2", "a3"), commands());
    }

    @Test
    void stopDoesWhatSessionsHadHandedInBeforeTheLastThings() {
        SessionQueue one = session("192.0.2.1");
        for (int i = 0; i < 200; i++) {
            does(one, "a", 0);
        }
        thread.stop(List.of(() -> done.add("last")));
        assertEquals(200, done.stream().filter("a"::equals).count());
        assertEquals(List.of("last", "end of turn"), done.subList(done.size() - 2, done.size()));
    }

    @Test
    void commandsOfManySessionsThatAreOverAreBounded() {
        AtomicInteger closed = new AtomicInteger();
        together(
                () -> {
                    for (int i = 0; i < 2 * GameThread.MAX_LEAVING; i++) {
                        SessionQueue queue = session("192.0.2.1");
                        does(queue, "a", 0);
                        thread.runLast(
                                queue,
                                new Work.Now(
                                        "closing",
                                        () -> {
                                            thread.close(queue);
                                            closed.incrementAndGet();
                                        }));
                    }
                });
        done();
        assertEquals(GameThread.MAX_LEAVING, commands().size());
        assertEquals(2 * GameThread.MAX_LEAVING, closed.get());
    }

    @Test
    void restingThreadIsNotBusyAndOneAtWorkIs() {
        done();
        Await.equal(0L, thread::busyNanos);
        CountDownLatch goesOn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        thread.run(
                () -> {
                    begun.countDown();
                    await(goesOn);
                });
        await(begun);
        nanos.addAndGet(SECOND.toNanos());
        assertTrue(thread.busyNanos() >= SECOND.toNanos());
        goesOn.countDown();
    }

    private static SessionQueue session(String address) {
        return new SessionQueue("1", Source.of(address));
    }

    /** All that is handed in is there before the first of it is done. */
    private void together(Runnable handsIn) {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch allAreThere = new CountDownLatch(1);
        thread.run(
                () -> {
                    begun.countDown();
                    await(allAreThere);
                });
        await(begun);
        handsIn.run();
        allAreThere.countDown();
        AtomicBoolean rests = new AtomicBoolean();
        Await.until(
                "the thread rests",
                () -> {
                    thread.run(() -> rests.set(!thread.busy()));
                    return rests.get();
                });
    }

    /** A command that takes its time. */
    private void does(SessionQueue queue, String name, long takes) {
        thread.run(
                queue,
                command(
                        () -> {
                            done.add(name);
                            nanos.addAndGet(takes);
                        }));
    }

    /** A command that many are shown, which takes its time when it is flushed. */
    private void shouts(SessionQueue queue, String name) {
        thread.run(
                queue,
                command(
                        () -> {
                            done.add(name);
                            thread.sent(Duration.ofMillis(5).toNanos());
                            flushTakes = 5_000;
                        }));
    }

    private static Work command(Runnable task) {
        return new Work() {
            @Override
            public String name() {
                return "command";
            }

            @Override
            public boolean pauses() {
                return true;
            }

            @Override
            public void run() {
                task.run();
            }
        };
    }

    private List<String> commands() {
        return done().stream().filter(name -> !name.equals("end of turn")).toList();
    }

    private void endOfTurn() {
        done.add("end of turn");
        nanos.addAndGet(flushTakes);
        flushTakes = 0;
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
