package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class LivenessTest {
    private boolean loopsAlive = true;
    private Duration busy = Duration.ZERO;
    private final Liveness liveness =
            new Liveness(seconds -> seconds == 5 && loopsAlive, "the game's thread", () -> nanos());

    @Test
    void nothingIsInTheWayWhileAllThreadsComeRound() {
        busy = Duration.ofMillis(4_999);
        assertEquals(List.of(), liveness.hindrances());
    }

    @Test
    void threadThatIsAtOneThingForFiveSecondsIsInTheWay() {
        busy = Duration.ofSeconds(5);
        assertEquals(
                List.of("the game's thread has not come round for 5 s"), liveness.hindrances());
    }

    @Test
    void loopThatHangsIsInTheWay() {
        loopsAlive = false;
        assertEquals(List.of("an I/O thread has not come round for 5 s"), liveness.hindrances());
    }

    private long nanos() {
        return busy.toNanos();
    }
}
