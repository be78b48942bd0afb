package lychgate.terminal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The lines that were entered before, the oldest first. Bounded. Not thread safe. */
final class History {
    /** Lines that are kept: more than anybody looks through. */
    private static final int MAX_LINES = 200;

    /** Characters that are kept in all: bounds what a session may cost. */
    private static final int MAX_CHARACTERS = 16 * 1024;

    private final List<String> lines = new ArrayList<>(0);
    private int characters;

    /** Keeps a line, unless it is empty, the same again, or very long. */
    void add(String line) {
        if (line.isBlank()
                || line.length() > MAX_CHARACTERS
                || (!lines.isEmpty() && lines.getLast().equals(line))) {
            return;
        }
        lines.add(line);
        characters += line.length();
        while (lines.size() > MAX_LINES || characters > MAX_CHARACTERS) {
            characters -= lines.removeFirst().length();
        }
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
