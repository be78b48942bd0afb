package lychgate.load;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The command line of {@link Hostile}, {@link HostileLink} and {@link HostileRealm}. Exits with 1
 * if a row misses its bounds.
 *
 * <pre>{@code
 * --dist DIR     the portal: a distribution, or its start script (target/dist)
 * --rows WORD    only the rows whose name contains it; may be repeated
 * --seconds N    duration of each attack, instead of the row's
 * --json         prints a JSON object per row
 * --dumps DIR    writes thread dumps of the portal there when an echo has waited for a second
 * --list         only lists the rows
 * }</pre>
 */
final class Trials {
    private Path dist = Path.of("target/dist");
    private final List<String> words = new ArrayList<>();
    private int seconds;
    private boolean json;
    private @Nullable Path dumps;
    private boolean list;

    private Trials(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--dist" -> dist = Path.of(arguments[++i]);
                case "--rows" -> words.add(arguments[++i].toLowerCase(Locale.ROOT));
                case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
                case "--json" -> json = true;
                case "--dumps" -> dumps = Path.of(arguments[++i]);
                case "--list" -> list = true;
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
    }

    /** Runs the selected attacks of a table, and exits. */
    static void run(String[] arguments, List<Row> rows, Place place) throws Exception {
        Trials trials = new Trials(arguments);
        List<Row> wanted = rows.stream().filter(trials::wants).toList();
        int missed = 0;
        for (Row row : wanted) {
            missed += trials.list ? trials.name(row) : trials.make(row, place);
        }
        if (!trials.json) {
            System.out.println(wanted.size() + " rows, " + missed + " missed");
        }
        System.exit(missed > 0 ? 1 : 0);
    }

    private boolean wants(Row row) {
        String name = row.name().toLowerCase(Locale.ROOT);
        return words.isEmpty() || words.stream().anyMatch(name::contains);
    }

    private int name(Row row) {
        System.out.println(row.name());
        return 0;
    }

    private int make(Row row, Place place) throws Exception {
        Row made = seconds > 0 ? row.lasting(seconds) : row;
        try {
            Verdict verdict = Trial.of(made, binary(), place, dumps);
            System.out.println(json ? verdict.json() : verdict);
            return verdict.misses().isEmpty() ? 0 : 1;
        } catch (IOException | AssertionError e) {
            System.err.println(row.name() + " could not be tried: " + e);
            return 1;
        }
    }

    private Path binary() {
        Path binary = Files.isDirectory(dist) ? dist.resolve("bin/lychgate") : dist;
        return binary.toAbsolutePath();
    }
}
