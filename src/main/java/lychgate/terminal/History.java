package lychgate.terminal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The lines that were entered before, the oldest first. Bounded. Not thread safe. */
final class History {
    /** Lines that are kept: more than anybody looks through. */
    private static final int MAX_LINES = 200;

    /** Bytes that they may weigh in memory: bounds what a session may cost. */
    static final int MAX_BYTES = 24 * 1024;

    /** Bytes of a line beside its characters: the string, its array's head, its place here. */
    private static final int OBJECTS = 24 + 16 + 4;

    private final List<String> lines = new ArrayList<>(0);
    private int bytes;

    /** Keeps a line, unless it is empty, the same again, or very long. */
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

    /** What is kept. */
    int bytes() {
        return bytes;
    }

    private static int weight(String line) {
        return OBJECTS + 2 * line.length(); // at worst: in Latin 1 a character has one
    }

    int size() {
        return lines.size();
    }

    String get(int index) {
        return lines.get(index);
    }

    /**
     * The next line in which something stands, whatever its case.
     *
     * @param from where to begin; may lie outside
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
