package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.address.Source;
import lychgate.testing.CountingMeters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class WorkersTest {
    private static final Source ONE = new Source("192.0.2.1");
    private static final Source TWO = new Source("192.0.2.2");
    private static final Source THREE = new Source("192.0.2.3");

    private final CountingMeters meters = new CountingMeters();
    private final Workers workers = new Workers(meters);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch second = new CountDownLatch(1);

    @AfterEach
    void stop() {
        first.countDown();
        second.countDown();
        workers.stop();
    }

    @Test
    void sourceHasOneThreadAtMost() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        workers.run(ONE, () -> await(first));
        workers.run(ONE, () -> done.add("one"));
        workers.run(TWO, other::countDown);
        assertTrue(other.await(20, TimeUnit.SECONDS));
        assertEquals(List.of(), done);
    }

    @Test
    void sourcesTakeTurnsHoweverMuchOneHasWaiting() throws Exception {
        workers.run(ONE, () -> await(first));
        workers.run(TWO, () -> await(second));
        for (int i = 1; i <= 3; i++) {
            String number = Integer.toString(i);
            workers.run(ONE, () -> done.add("one " + number));
        }
        CountDownLatch all = new CountDownLatch(1);
        workers.run(THREE, () -> done.add("three 1"));
        workers.run(
                THREE,
                () -> {
                    done.add("three 2");
                    all.countDown();
                });
        first.countDown(); // one thread goes on: source three has waited longer than source one
        assertTrue(all.await(20, TimeUnit.SECONDS));
        assertEquals(List.of("three 1", "one 1", "three 2"), done.subList(0, 3));
    }

    @Test
    void sourceHasAFewPlacesAndOthersHaveTheirOwn() {
        assertTrue(workers.run(ONE, () -> await(first)));
        for (int i = 0; i < Workers.PLACES; i++) {
            assertTrue(workers.run(ONE, () -> {}));
        }
        assertFalse(workers.run(ONE, () -> {}));
        assertTrue(workers.run(TWO, () -> {}));
        assertEquals(1, meters.count("refused workers"));
    }

    @Test
    void placesOfASourceAreFreeAgainWhenItsWorkIsDone() throws Exception {
        for (int i = 0; i < 10 * Workers.PLACES; i++) {
            CountDownLatch ready = new CountDownLatch(1);
            assertTrue(workers.run(ONE, ready::countDown));
            assertTrue(ready.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void sourcesThatWaitHaveABound() {
        workers.run(ONE, () -> await(first));
        workers.run(TWO, () -> await(second));
        for (int i = 2; i < Workers.MAX_SOURCES; i++) {
            assertTrue(workers.run(new Source("198.51.100." + i), () -> {}));
        }
        assertFalse(workers.run(THREE, () -> {}));
        assertTrue(workers.run(ONE, () -> {}), "its place is there already");
    }

    @Test
    void workThatThrowsTakesNobodysTurn() throws Exception {
        CountDownLatch ready = new CountDownLatch(4);
        for (Source source : List.of(ONE, TWO)) {
            workers.run(
                    source,
                    () -> {
                        ready.countDown();
                        throw new IllegalStateException("on purpose");
                    });
            workers.run(source, ready::countDown);
        }
        assertTrue(ready.await(20, TimeUnit.SECONDS));
    }

    @Test
    void whatWaitsIsDoneBeforeTheEndAndNothingIsTakenAfterIt() {
        for (int i = 0; i < 3; i++) {
            workers.run(ONE, () -> done.add("work"));
        }
        workers.stop();
        assertEquals(3, done.size());
        assertFalse(workers.run(ONE, () -> done.add("late")));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
