package lychgate.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

class MailboxTest {
    private final List<String> done = new ArrayList<>();
    private final Queue<Runnable> loop = new ConcurrentLinkedQueue<>(); // the owner's, by hand
    private final Mailbox mailbox =
            new Mailbox(loop::add, e -> done.add("failed by " + e.getMessage()));

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
        assertEquals(List.of("failed by a task", "next", "failed by another", "last"), done);
    }

    @Test
    void whatIsToBeDoneAtTheEndIsDoneOnceAfterAllTasks() {
        mailbox.whenDone(() -> done.add("done"));
        mailbox.input(
                () -> {
                    mailbox.run(() -> done.add("inner"));
                    done.add("outer");
                });
        mailbox.input(() -> done.add("another"));
        assertEquals(List.of("outer", "inner", "done", "another", "done"), done);
    }

    @Test
    void whatOthersHaveWrittenIsSentByTheOwnerInOneGo() {
        mailbox.whenDone(() -> done.add("sent"));
        mailbox.run(() -> done.add("the game's"));
        mailbox.run(() -> done.add("another turn's"));
        assertEquals(List.of("the game's", "another turn's"), done);
        loopComesRound();
        assertEquals(List.of("the game's", "another turn's", "sent"), done);
        mailbox.run(() -> done.add("later"));
        loopComesRound();
        assertEquals(List.of("the game's", "another turn's", "sent", "later", "sent"), done);
    }

    @Test
    void whatTheOwnerHasWrittenIsSentAtOnce() {
        mailbox.whenDone(() -> done.add("sent"));
        mailbox.runAsOwner(() -> done.add("written"));
        assertEquals(List.of("written", "sent"), done);
        assertEquals(0, loop.size());
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
        mailbox.input(() -> done.add("task"));
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

    @Test
    void inputRunsAtOnceOnItsOwnThread() {
        mailbox.input(() -> done.add("input"));
        assertEquals(List.of("input"), done);
    }

    @Test
    void inputThatCameMeanwhileIsLeftToTheOwner() {
        mailbox.run(
                () -> {
                    mailbox.input(() -> done.add("input"));
                    mailbox.run(() -> done.add("behind it"));
                    done.add("the game's");
                });
        assertEquals(List.of("the game's"), done);
        loopComesRound();
        assertEquals(List.of("the game's", "input", "behind it"), done);
    }

    @Test
    void inputForLaterWaitsForTheOwnerAndKeepsItsPlace() {
        mailbox.inputLater(() -> done.add("input"));
        mailbox.run(() -> done.add("the game's"));
        assertEquals(List.of(), done);
        loopComesRound();
        assertEquals(List.of("input", "the game's"), done);
    }

    @Test
    void ownerDealsWithOnePieceOfInputAndThenOthersHaveTheirTurn() {
        mailbox.input(
                () -> {
                    mailbox.inputLater(() -> done.add("second"));
                    mailbox.inputLater(() -> done.add("third"));
                    done.add("first");
                });
        assertEquals(List.of("first"), done);
        loopComesRound();
        assertEquals(List.of("first", "second"), done);
        loopComesRound();
        assertEquals(List.of("first", "second", "third"), done);
        assertEquals(0, loop.size());
    }

    @Test
    void foreignThreadRunsItsOwnTaskAndAFewMoreAndHandsOver() {
        mailbox.run(() -> tasks(Mailbox.FOREIGN_TASKS + 1));
        assertEquals(Mailbox.FOREIGN_TASKS - 1, done.size());
        loopComesRound();
        assertEquals(Mailbox.FOREIGN_TASKS + 1, done.size());
    }

    @Test
    void ownerRunsAGoodNumberAndThenOthersHaveTheirTurn() {
        mailbox.input(() -> tasks(Mailbox.OWN_TASKS + 1));
        assertEquals(Mailbox.OWN_TASKS - 1, done.size());
        loopComesRound();
        assertEquals(Mailbox.OWN_TASKS + 1, done.size());
    }

    @Test
    void outputOfALongTurnIsSentNowAndThen() {
        List<Integer> flushedAt = new ArrayList<>();
        mailbox.whenDone(() -> flushedAt.add(done.size()));
        mailbox.input(() -> tasks(3 * Mailbox.TASKS_A_FLUSH));
        assertEquals(List.of(15, 31, 47, 48), flushedAt);
    }

    @Test
    void outputOfATurnThatWasCutShortIsSentByTheOwnersNext() {
        mailbox.whenDone(() -> done.add("sent"));
        mailbox.run(
                () -> {
                    mailbox.input(() -> done.add("input"));
                    done.add("the game's");
                });
        loopComesRound();
        assertEquals(List.of("the game's", "input", "sent"), done);
    }

    @Test
    void whatWaitsIsDoneByWhoeverIsThereWhenTheOwnerHasEnded() {
        Mailbox orphan =
                new Mailbox(
                        _ -> {
                            throw new RejectedExecutionException("ended");
                        },
                        e -> done.add("failed by " + e.getMessage()));
        orphan.whenDone(() -> done.add("sent"));
        orphan.inputLater(() -> done.add("input"));
        orphan.run(
                () -> {
                    orphan.input(() -> done.add("more"));
                    orphan.run(() -> done.add("the end"));
                });
        assertEquals(List.of("input", "sent", "sent", "more", "sent", "the end", "sent"), done);
    }

    private void tasks(int count) {
        for (int i = 0; i < count; i++) {
            mailbox.run(() -> done.add("task"));
        }
    }

    /** The owner does what is there for it now. */
    private void loopComesRound() {
        for (int left = loop.size(); left > 0; left--) {
            loop.remove().run();
        }
    }

    @RepeatedTest(5)
    void inputAndTasksOfManyThreadsRunOneAtATimeAndInEachThreadsOrder() throws Exception {
        int each = 25_000;
        int writers = 4;
        int[] next = new int[writers + 1];
        List<String> foreignInput = new CopyOnWriteArrayList<>();
        try (ExecutorService owner = Executors.newSingleThreadExecutor()) {
            Thread own = owner.submit(Thread::currentThread).get();
            Mailbox shared = new Mailbox(owner, e -> foreignInput.add("failed: " + e));
            List<Thread> threads = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                threads.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            for (int i = 0; i < each; i++) {
                                                int number = i;
                                                shared.run(
                                                        () -> assertEquals(next[writer]++, number));
                                            }
                                        }));
            }
            for (int i = 0; i < each; i++) {
                int number = i;
                Runnable input =
                        () -> {
                            assertEquals(next[writers]++, number);
                            assertSame(own, Thread.currentThread());
                        };
                owner.execute(() -> shared.input(input));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            CountDownLatch end = new CountDownLatch(1);
            owner.execute(() -> shared.input(end::countDown));
            end.await();
        }
        assertEquals(List.of(), foreignInput);
        for (int ran : next) {
            assertEquals(each, ran);
        }
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
        while (threads.stream().anyMatch(Thread::isAlive) || !loop.isEmpty()) {
            loopComesRound();
            Thread.onSpinWait();
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
