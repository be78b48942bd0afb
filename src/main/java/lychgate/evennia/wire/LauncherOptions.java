package lychgate.evennia.wire;

import lychgate.amp.MalformedException;
import lychgate.amp.PickleReader;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The command with which Evennia's launcher wants the Server started. It is never run, since anyone
 * who reaches the port could send one: the configuration says what is run. Only known options for
 * profiling are taken from it.
 *
 * @param known those options
 */
public record LauncherOptions(List<String> known) {
    /** Most arguments that a launcher may send. */
    private static final int MAX_VALUES = 100;

    private static final String PROFILE = "--profile=";
    private static final List<String> FLAGS = List.of("--savestats", "--profiler=cprofile");

    /** Reads the arguments of an order; null if there are none. */
    public static @Nullable LauncherOptions of(byte @Nullable [] pickle) throws MalformedException {
        if (pickle == null) {
            return null;
        }
        Object arguments = PickleReader.read(pickle, MAX_VALUES);
        return new LauncherOptions(
                arguments instanceof List<?> command
                        ? command.stream()
                                .filter(String.class::isInstance)
                                .map(String.class::cast)
                                .filter(LauncherOptions::isKnown)
                                .toList()
                        : List.of());
    }

    private static boolean isKnown(String option) {
        return FLAGS.contains(option) || option.startsWith(PROFILE);
    }
}
