package lychgate.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * One attack to measure, with its settings and bounds.
 *
 * @param settings {@code key=value}; all others keep their defaults, limits included
 * @param seconds maximum duration of the attack
 * @param memoryMib by how much the process may grow, in MiB; 0: printed, not judged
 */
record Row(String name, Attack attack, List<String> settings, int seconds, int memoryMib) {
    private static final int SECONDS = 8;
    private static final int MEMORY_MIB = 150;

    Row(String name, Attack attack) {
        this(name, attack, List.of(), SECONDS, MEMORY_MIB);
    }

    /** The same row with additional settings. */
    Row with(String... more) {
        List<String> all = Stream.concat(settings.stream(), Stream.of(more)).toList();
        return new Row(name, attack, all, seconds, memoryMib);
    }

    /** The same row with another duration. */
    Row lasting(int newSeconds) {
        return new Row(name, attack, settings, newSeconds, memoryMib);
    }

    /** The same row with another memory bound. */
    Row within(int newMemoryMib) {
        return new Row(name, attack, settings, seconds, newMemoryMib);
    }
}
