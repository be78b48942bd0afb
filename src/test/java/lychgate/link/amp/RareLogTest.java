package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class RareLogTest {
    private long now;
    private final List<String> lines = new ArrayList<>();
    private final RareLog throttle = new RareLog(() -> now);

    @Test
    void oneLinePassesInTenSecondsAndSaysHowManyDidNot() {
        throttle.log(lines::add);
        throttle.log(lines::add);
        throttle.log(lines::add);
        assertEquals(List.of(""), lines);
        now += RareLog.NANOS;
        throttle.log(lines::add);
        assertEquals(List.of("", " (and 2 before it)"), lines);
        now += RareLog.NANOS;
        throttle.log(lines::add);
        assertEquals(List.of("", " (and 2 before it)", ""), lines);
    }
}
