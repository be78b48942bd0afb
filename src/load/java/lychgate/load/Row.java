package lychgate.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * An attack that is measured: on a portal with which settings, for how long, and how much memory it
 * may cost.
 *
 * @param settings {@code key=value}; all others are as shipped, limits included
 * @param seconds how long the attack goes on at most
 * @param memoryMib what the process may grow by; 0: it is printed, not judged
 */
record Row(String name, Attack attack, List<String> settings, int seconds, int memoryMib) {
    private static final int SECONDS = 8;
    private static final int MEMORY_MIB = 150;

    Row(String name, Attack attack) {
        this(name, attack, List.of(), SECONDS, MEMORY_MIB);
    }

    /** The same on a portal with these settings too. */
    Row with(String... more) {
        List<String> all = Stream.concat(settings.stream(), Stream.of(more)).toList();
        return new Row(name, attack, all, seconds, memoryMib);
    }

    /** The same for so many seconds. */
    Row lasting(int newSeconds) {
        return new Row(name, attack, settings, newSeconds, memoryMib);
    }

    /** The same with another bound for memory. */
    Row within(int newMemoryMib) {
        return new Row(name, attack, settings, seconds, newMemoryMib);
    }
}
