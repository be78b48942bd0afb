package lychgate.terminal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The history of entered lines, oldest first. Bounded. Not thread safe. */
final class History {
    /** Maximum number of lines. */
    private static final int MAX_LINES = 200;

    /** Maximum memory in bytes, for each session. */
    static final int MAX_BYTES = 24 * 1024;

    /** Memory overhead of a line: the string, the header of its array, its list entry. */
    private static final int OBJECTS = 24 + 16 + 4;

    private final List<String> lines = new ArrayList<>(0);
    private int bytes;

    /** Adds a line, unless it is blank, repeats the last one, or exceeds the memory limit. */
    void add(String line) {
        if (line.isBlank()
                || weight(line) > MAX_BYTES
                || (!lines.isEmpty() && lines.getLast().equals(line))) {
            return;
        }
        lines.add(line);
        bytes += weight(line);
        while (lines.size() > MAX_LINES || bytes > MAX_BYTES) {
            bytes -= weight(lines.removeFirst());
        }
    }

    /** The memory used, in bytes. */
    int bytes() {
        return bytes;
    }

    private static int weight(String line) {
        return OBJECTS + 2 * line.length(); // worst case; Latin-1 strings take half
    }

    int size() {
        return lines.size();
    }

    String get(int index) {
        return lines.get(index);
    }

    /**
     * Finds the next line that contains some text, ignoring case.
     *
     * @param from the index to start at; may be out of range
     * @return its index, or null
     */
    @Nullable Integer find(String words, int from, boolean older) {
        for (int i = from; i >= 0 && i < lines.size(); i += older ? -1 : 1) {
            if (contains(lines.get(i), words)) {
                return i;
            }
        }
        return null;
    }

    private static boolean contains(String line, String words) {
        for (int i = 0; i <= line.length() - words.length(); i++) {
            if (line.regionMatches(true, i, words, 0, words.length())) {
                return true;
            }
        }
        return false;
    }
}
