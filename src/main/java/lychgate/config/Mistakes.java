package lychgate.config;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Collects mistakes, and suggests what may have been meant. */
final class Mistakes {
    private final List<Mistake> all = new ArrayList<>();

    /** A mistake and its line in the file; 0 if it is not in the file. */
    private record Mistake(int line, String sentence) {}

    void add(Origin origin, String sentence) {
        all.add(new Mistake(origin.line(), origin + ": " + sentence));
    }

    void throwIfAny() throws ConfigException {
        if (!all.isEmpty()) {
            all.sort(Comparator.comparingInt(m -> m.line == 0 ? Integer.MAX_VALUE : m.line));
            throw new ConfigException(all.stream().map(Mistake::sentence).toList());
        }
    }

    /** {@code "; did you mean X?"}, or nothing if no word is close enough. */
    static String didYouMean(String word, Collection<String> known) {
        String nearest = nearest(word, known);
        return nearest == null ? "" : "; did you mean " + nearest + "?";
    }

    private static @Nullable String nearest(String word, Collection<String> known) {
        int most = Math.max(2, word.length() / 3);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElse(null);
    }

    /** The Levenshtein distance: insertions, deletions and replacements of letters. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
