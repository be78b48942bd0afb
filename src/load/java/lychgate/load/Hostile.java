package lychgate.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * Attacks a portal with the demo game while an honest player plays there, and prints the effect on
 * the player and the portal, one row per attack.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.Hostile --dist target/dist
 * }</pre>
 *
 * <p>{@link Trials} documents the options. Each row starts its own portal on free ports, with the
 * default limits unless the row changes them; the attackers use addresses of 127.0.0.0/8. {@link
 * HostileLink} does the same with the game behind AMP, {@link HostileRealm} with the game at
 * another portal.
 */
public final class Hostile {
    private Hostile() {}

    /** All rows, in order. */
    static List<Row> rows() {
        return Stream.of(
                        Floods.rows(),
                        SshFloods.rows(),
                        Readers.rows(),
                        Trees.rows(),
                        NonReaders.rows(),
                        Guessers.rows(),
                        Commands.rows(),
                        Mccp3.rows(),
                        Connects.rows(),
                        Storms.rows(),
                        WebFloods.rows())
                .flatMap(List::stream)
                .toList();
    }

    /** Runs the selected attacks. */
    public static void main(String[] arguments) throws Exception {
        Trials.run(arguments, rows(), Place.SAME_PORTAL);
    }
}
