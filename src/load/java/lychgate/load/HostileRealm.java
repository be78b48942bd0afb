package lychgate.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * Attacks a portal whose game another portal of the realm serves, over a nats-server: the floods of
 * {@link Hostile}, while an honest player plays at the same portal, and then, with {@code
 * --other-edge}, at another portal of the same game. It is a miss, too, if another portal ends or
 * the game's grows too much.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.HostileRealm --dist target/dist
 * }</pre>
 *
 * <p>{@link Trials} documents the other options.
 */
public final class HostileRealm {
    private static final String OTHER_EDGE = "--other-edge";

    private HostileRealm() {}

    /** All rows, in order. */
    static List<Row> rows() {
        return Stream.of(
                        Floods.rows(),
                        SshFloods.rows(),
                        Readers.rows(),
                        NonReaders.rows(),
                        Connects.rows())
                .flatMap(List::stream)
                .toList();
    }

    /** Runs the selected attacks. */
    public static void main(String[] arguments) throws Exception {
        List<String> all = List.of(arguments);
        String[] others =
                all.stream().filter(word -> !word.equals(OTHER_EDGE)).toArray(String[]::new);
        Place place = all.contains(OTHER_EDGE) ? Place.OTHER_EDGE : Place.SAME_EDGE;
        Trials.run(others, rows(), place);
    }
}
