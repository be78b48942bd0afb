package lychgate.terminal;

import lychgate.characters.Graphemes;

import java.util.function.IntPredicate;

/**
 * The line being edited: its characters, the cursor, and the kill buffer. Bounded. Not thread safe.
 */
final class EditedLine {
    private final int maxLength;
    private final StringBuilder text = new StringBuilder();
    private String killed = "";
    private boolean killing;
    private int cursor;
    private int changedFrom = Integer.MAX_VALUE;
    private boolean tooLong;

    /**
     * @param maxLength maximum length in UTF-16 chars
     */
    EditedLine(int maxLength) {
        this.maxLength = maxLength;
    }

    /** A live view of the characters. */
    CharSequence text() {
        return text;
    }

    int cursor() {
        return cursor;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** Whether more was typed than fits. */
    boolean tooLong() {
        return tooLong;
    }

    /** The first changed index since the last call; beyond the end if nothing changed. */
    int takeChangedFrom() {
        int from = changedFrom;
        changedFrom = Integer.MAX_VALUE;
        return from;
    }

    /** Inserts at the cursor. Returns whether it fits. */
    boolean insert(String typed) {
        killing = false;
        if (text.length() + typed.length() > maxLength) {
            tooLong = true;
            return false;
        }
        text.insert(cursor, typed);
        changed(cursor);
        cursor += typed.length();
        return true;
    }

    /** Replaces the line and moves the cursor to its end. */
    void replace(CharSequence other) {
        killing = false;
        tooLong = false;
        text.setLength(0);
        text.append(other, 0, Math.min(other.length(), maxLength));
        cursor = text.length();
        changed(0);
    }

    /** Moves the cursor by one grapheme. Returns whether there is one. */
    boolean move(boolean right) {
        return moveTo(beside(right));
    }

    boolean moveWord(boolean right) {
        return moveTo(word(right));
    }

    void moveToEnd(boolean right) {
        moveTo(right ? text.length() : 0);
    }

    /** Deletes the grapheme beside the cursor. Returns whether there is one. */
    boolean delete(boolean right) {
        killing = false;
        return !remove(beside(right)).isEmpty();
    }

    boolean killWord(boolean right) {
        return kill(word(right));
    }

    boolean killToEnd(boolean right) {
        return kill(right ? text.length() : 0);
    }

    /** Inserts the kill buffer. Returns whether there was anything and it fits. */
    boolean yank() {
        return !killed.isEmpty() && insert(killed);
    }

    /**
     * Transposes the characters around the cursor, or before it at the end of the line. Returns
     * whether there are two.
     */
    boolean swap() {
        int second = cursor == text.length() ? beside(false) : cursor;
        if (second == 0 || text.isEmpty()) {
            return false;
        }
        int first = Graphemes.start(text, second);
        int end = Graphemes.end(text, second);
        String swapped = text.substring(second, end) + text.substring(first, second);
        killing = false;
        text.replace(first, end, swapped);
        changed(first);
        cursor = end;
        return true;
    }

    private boolean kill(int to) {
        boolean more = killing;
        boolean left = to < cursor;
        String removed = remove(to);
        if (removed.isEmpty()) {
            return false;
        }
        if (!more) {
            killed = removed;
        } else if (killed.length() + removed.length() <= maxLength) {
            killed = left ? removed + killed : killed + removed;
        }
        killing = true;
        return true;
    }

    private String remove(int to) {
        int from = Math.min(cursor, to);
        int end = Math.max(cursor, to);
        String removed = text.substring(from, end);
        if (from < end) {
            text.delete(from, end);
            changed(from);
            cursor = from;
        }
        return removed;
    }

    private boolean moveTo(int place) {
        killing = false;
        boolean moved = place != cursor;
        cursor = place;
        return moved;
    }

    private int beside(boolean right) {
        if (right) {
            return cursor == text.length() ? cursor : Graphemes.end(text, cursor);
        }
        return cursor == 0 ? 0 : Graphemes.start(text, cursor);
    }

    /** The end of the next word, or the start of the previous one. */
    private int word(boolean right) {
        return past(past(cursor, right, c -> !isWord(c)), right, EditedLine::isWord);
    }

    private int past(int from, boolean right, IntPredicate these) {
        int at = from;
        while (right ? at < text.length() : at > 0) {
            int c = right ? Character.codePointAt(text, at) : Character.codePointBefore(text, at);
            if (!these.test(c)) {
                break;
            }
            at += right ? Character.charCount(c) : -Character.charCount(c);
        }
        return at;
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || Character.getType(codePoint) == Character.NON_SPACING_MARK
                || codePoint == '\'';
    }

    private void changed(int from) {
        int before = from == 0 ? 0 : Graphemes.start(text, from);
        boolean joined =
                from > 0 && Graphemes.end(text, before) > from; // a combining mark was typed
        changedFrom = Math.min(changedFrom, joined ? before : from);
    }
}
