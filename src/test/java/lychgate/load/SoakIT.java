package lychgate.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@link Soak}, for two minutes; longer with {@code -Dsoak.minutes=30}. */
@Tag("load")
class SoakIT {
    private static final int MINUTES = Integer.getInteger("soak.minutes", 2);

    @Test
    void nothingIsLostAndNothingGrowsHoweverLongPlayersComeAndGo() throws Exception {
        assertEquals(
                List.of(),
                Soak.faults(
                        Path.of("target/dist/bin/lychgate").toAbsolutePath(),
                        Duration.ofMinutes(MINUTES)));
    }
}
