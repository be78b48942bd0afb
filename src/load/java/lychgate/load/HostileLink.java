package lychgate.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * Attacks a portal with a game behind AMP, an {@link EchoGame}, while an honest player plays there:
 * the floods of {@link Hostile}, and strangers at the port for games. Each row prints what that did
 * to the player and to the portal, and misses where the game lost its link.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.HostileLink --dist target/dist
 * }</pre>
 *
 * <p>{@link Trials} has the options.
 */
public final class HostileLink {
    private HostileLink() {}

    /** All rows, in the order in which they are made. */
    static List<Row> rows() {
        return Stream.of(
                        Floods.rows(),
                        SshFloods.rows(),
                        Readers.rows(),
                        NonReaders.rows(),
                        Connects.rows(),
                        Strangers.rows())
                .flatMap(List::stream)
                .toList();
    }

    /** Makes the attacks that are asked for. */
    public static void main(String[] arguments) throws Exception {
        Trials.run(arguments, rows(), true);
    }
}
