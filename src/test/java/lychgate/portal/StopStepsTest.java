package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

@Timeout(20)
class StopStepsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void stepsAreDoneOneAfterTheOtherAndOneThatFailsKeepsNoneBack() {
        StopSteps steps = new StopSteps(LONG, System::nanoTime);
        steps.run("a", LONG, () -> done.add("a"));
        steps.run(
                "b",
                LONG,
                () -> {
                    throw new IllegalStateException("a test has it fail");
                });
        steps.run("c", LONG, () -> done.add("c"));
        assertEquals(List.of("a", "c"), done);
    }

    @Test
    void stepThatHangsIsLeftBehind() {
        StopSteps steps = new StopSteps(LONG, System::nanoTime);
        steps.run("a", Duration.ofMillis(50), this::hang);
        steps.run("b", LONG, () -> done.add("b"));
        assertEquals(List.of("b"), done);
    }

    @Test
    void stepsThatHangTakeNoLongerThanAllMayAndLeaveTheOthersALittle() {
        StopSteps steps = new StopSteps(Duration.ofMillis(200), System::nanoTime);
        long from = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            steps.run("a", LONG, this::hang);
        }
        steps.run("b", LONG, () -> done.add("b"));
        Await.equal(List.of("b"), () -> List.copyOf(done)); // on a busy machine, a little later
        assertTrue(System.nanoTime() - from < LONG.toNanos());
    }

    private void hang() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
