package lychgate.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class MailboxTest {
    private final List<String> done = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox(e -> done.add("broken by " + e.getMessage()));

    @Test
    void taskRunsAtOnceOnTheThreadThatHandsItIn() {
        Thread[] on = new Thread[1];
        mailbox.run(() -> on[0] = Thread.currentThread());
        assertSame(Thread.currentThread(), on[0]);
    }

    @Test
    void taskHandedInByATaskRunsWhenThatIsDone() {
        mailbox.run(
                () -> {
                    mailbox.run(() -> done.add("inner"));
                    mailbox.run(() -> done.add("second inner"));
                    done.add("outer");
                });
        assertEquals(List.of("outer", "inner", "second inner"), done);
    }

    @Test
    void taskThatThrowsDoesNotStopTheNext() {
        mailbox.run(
                () -> {
                    mailbox.run(() -> done.add("next"));
                    throw new IllegalStateException("a task");
                });
        mailbox.run(
                () -> {
                    throw new AssertionError("another");
                });
        mailbox.run(() -> done.add("last"));
        assertEquals(List.of("broken by a task", "next", "broken by another", "last"), done);
    }

    @Test
    void whatIsToBeDoneAtTheEndIsDoneOnceAfterAllTasks() {
        mailbox.whenDone(() -> done.add("done"));
        mailbox.run(
                () -> {
                    mailbox.run(() -> done.add("inner"));
                    done.add("outer");
                });
        mailbox.run(() -> done.add("another"));
        assertEquals(List.of("outer", "inner", "done", "another", "done"), done);
    }

    @Test
    void whatIsToBeDoneAtTheEndMayHandInATask() {
        AtomicInteger times = new AtomicInteger();
        mailbox.whenDone(
                () -> {
                    done.add("done");
                    if (times.incrementAndGet() == 1) {
                        mailbox.run(() -> done.add("after the end"));
                    }
                });
        mailbox.run(() -> done.add("task"));
        assertEquals(List.of("task", "done", "after the end", "done"), done);
    }

    @Test
    void taskThatComesWhileAnotherRunsIsRunByThatThreadAndNobodyWaits() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch handedIn = new CountDownLatch(1);
        Thread[] on = new Thread[1];
        Thread busy =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        mailbox.run(
                                                () -> {
                                                    running.countDown();
                                                    await(handedIn);
                                                }));
        running.await();
        mailbox.run(() -> on[0] = Thread.currentThread()); // returns though the other still runs
        handedIn.countDown();
        busy.join();
        assertSame(busy, on[0]);
    }

    @RepeatedTest(10)
    void tasksOfManyThreadsRunOneAtATimeAndInEachThreadsOrder() throws InterruptedException {
        int writers = 8;
        int each = 25_000;
        int[] next = new int[writers]; // unsynchronized: the mailbox must see to it
        AtomicInteger atOnce = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            int writer = w;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        await(start);
                                        for (int i = 0; i < each; i++) {
                                            int number = i;
                                            mailbox.run(
                                                    () -> {
                                                        assertEquals(1, atOnce.incrementAndGet());
                                                        assertEquals(next[writer]++, number);
                                                        atOnce.decrementAndGet();
                                                    });
                                        }
                                    }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), done);
        for (int ran : next) {
            assertEquals(each, ran);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
