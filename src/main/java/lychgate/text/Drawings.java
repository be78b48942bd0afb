package lychgate.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Removes drawings made of characters from a text, so that a screen reader reads its words alone: a
 * login screen's banner, boxes, rules.
 *
 * <p>What has no letter or digit is part of a drawing, and so is one character repeated. A dash or
 * an ampersand between two words stays.
 */
final class Drawings {
    /** What may stand alone between two words. */
    private static final List<String> BETWEEN_WORDS =
            List.of("-", "--", "\u2013", "\u2014", "&", "+", "/");

    /** Repetitions of a character from which it is a drawing. */
    private static final int REPEATED = 3;

    private Drawings() {}

    /** The words of a text, line by line, without lines that have none. */
    static String removed(List<Span> spans) {
        StringBuilder text = new StringBuilder();
        List<Span> line = new ArrayList<>();
        for (Span span : spans) {
            if (span instanceof Span.LineBreak) {
                addLine(line, text);
                line.clear();
            } else {
                line.add(span);
            }
        }
        addLine(line, text);
        return text.toString();
    }

    private static void addLine(List<Span> line, StringBuilder text) {
        List<String> words = words(Spans.words(LinkLabels.completed(line, false)));
        if (!words.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append(String.join(" ", words));
        }
    }

    private static List<String> words(String line) {
        List<String> pieces = List.of(line.strip().split("\\s+", -1));
        List<String> words = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            boolean between =
                    i > 0
                            && i + 1 < pieces.size()
                            && isWord(pieces.get(i - 1))
                            && isWord(pieces.get(i + 1))
                            && BETWEEN_WORDS.contains(piece);
            if (between || isWord(piece)) {
                words.add(piece);
            }
        }
        return words;
    }

    private static boolean isWord(String piece) {
        return piece.codePoints().anyMatch(Character::isLetterOrDigit)
                && (piece.length() < REPEATED || piece.codePoints().distinct().count() > 1);
    }
}
