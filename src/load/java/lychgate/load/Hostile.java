package lychgate.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * Attacks a portal with the demo game while an honest player plays there, and prints what that did
 * to the player and to the portal, a row for each attack.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.Hostile --dist target/dist
 * }</pre>
 *
 * <p>{@link Trials} has the options. Each row starts a portal of its own on free ports, with the
 * limits as shipped unless the row says otherwise: the attackers have addresses of 127.0.0.0/8.
 * {@link HostileLink} does the same with the game behind AMP.
 */
public final class Hostile {
    private Hostile() {}

    /** All rows, in the order in which they are made. */
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
                        Storms.rows())
                .flatMap(List::stream)
                .toList();
    }

    /** Makes the attacks that are asked for. */
    public static void main(String[] arguments) throws Exception {
        Trials.run(arguments, rows(), false);
    }
}
