package lychgate.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * Attacks a portal with a game behind AMP, an {@link EchoGame}, while an honest player plays there:
 * the floods of {@link Hostile}, and strangers at the AMP port. Each row prints the effect on the
 * player and the portal; it is a miss if the game lost its link.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.HostileLink --dist target/dist
 * }</pre>
 *
 * <p>{@link Trials} documents the options.
 */
public final class HostileLink {
    private HostileLink() {}

    /** All rows, in order. */
    static List<Row> rows() {
        return Stream.of(HostileRealm.rows(), Strangers.rows()).flatMap(List::stream).toList();
    }

    /** Runs the selected attacks. */
    public static void main(String[] arguments) throws Exception {
        Trials.run(arguments, rows(), Place.BEHIND_AMP);
    }
}
