package lychgate.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.nio.file.Path;
import java.util.List;

/**
 * A few rows of {@link Hostile}, {@link HostileLink} and {@link HostileRealm}, for a few seconds
 * each. What is lost counts, on any machine; how long it took does not.
 */
@Tag("load")
class HostileIT {
    private static final Path DIST = Path.of("target/dist/bin/lychgate").toAbsolutePath();
    private static final int SECONDS = 3;

    static final List<Row> BESIDE_THE_DEMO_GAME =
            List.of(
                    Floods.fastest("window sizes").lasting(SECONDS),
                    Floods.fastest("blank lines").lasting(SECONDS),
                    Trees.rows().getFirst().lasting(20),
                    Guessers.row(20, "", "rowan").lasting(4));

    static final List<Row> BEHIND_AMP = List.of(Floods.fastest("NEW-ENVIRON").lasting(SECONDS));

    static final List<Row> OVER_NATS = List.of(Floods.fastest("lines").lasting(SECONDS));

    @ParameterizedTest
    @FieldSource("BESIDE_THE_DEMO_GAME")
    void honestPlayerLosesNothingBesideAnAttacker(Row row) throws Exception {
        assertEquals(List.of(), attacked(row, Place.SAME_PORTAL));
    }

    @ParameterizedTest
    @FieldSource("BEHIND_AMP")
    void honestPlayerOfAGameBehindAmpLosesNothing(Row row) throws Exception {
        assertEquals(List.of(), attacked(row, Place.BEHIND_AMP));
    }

    @ParameterizedTest
    @FieldSource("OVER_NATS")
    void honestPlayerOfAGameAtAnotherPortalLosesNothing(Row row) throws Exception {
        assertEquals(List.of(), attacked(row, Place.SAME_EDGE));
    }

    private static List<String> attacked(Row row, Place place) throws Exception {
        Verdict verdict = Trial.of(row, DIST, place, null);
        System.out.println(verdict);
        return verdict.losses();
    }
}
