package lychgate.terminal;

import lychgate.characters.Graphemes;

/**
 * The part of a terminal's screen with the prompt and the line being typed, wrapped at the width of
 * the window. Tracks the terminal's cursor and writes what updates the screen. Not thread safe.
 *
 * <p>Cursor movements are relative, since the row of the prompt is unknown. A line that is larger
 * than the window is shown in part, around the cursor.
 */
final class Screen {
    private static final String BELOW = "\u001b[J";
    private static final char MASK = '*';

    /** Minimum width and height; smaller windows are treated as this size. */
    private static final int MIN_SIZE = 4;

    /** Maximum width and height; larger windows are treated as this size. */
    private static final int MAX_SIZE = 2_000;

    private final StringBuilder out = new StringBuilder();
    private int columns;
    private int rows;
    private String prompt = "";
    private int promptWidth;
    private boolean masked;
    private int top;
    private Place cursor = Place.ORIGIN;
    private Place end = Place.ORIGIN;

    /** A position, relative to the first character of the prompt. */
    private record Place(int row, int column) {
        static final Place ORIGIN = new Place(0, 0);

        boolean isBefore(Place other) {
            return row < other.row || (row == other.row && column < other.column);
        }
    }

    Screen(int columns, int rows) {
        size(columns, rows);
    }

    int columns() {
        return columns;
    }

    /** Takes the output to send to the terminal. */
    String take() {
        String all = out.toString();
        out.setLength(0);
        return all;
    }

    /** Writes a sequence that does not move the cursor. */
    void control(String sequence) {
        out.append(sequence);
    }

    boolean isEmpty() {
        return end.equals(Place.ORIGIN);
    }

    /** Changes the prompt, without drawing it. */
    void changePrompt(String text) {
        prompt = text;
        promptWidth = width(text);
    }

    String prompt() {
        return prompt;
    }

    /** Sets whether characters are shown as asterisks, without drawing. */
    void mask(boolean now) {
        masked = now;
    }

    boolean masked() {
        return masked;
    }

    /** The window was resized. Terminals rewrap their lines, and the cursor moves along. */
    void resize(EditedLine line, int newColumns, int newRows) {
        size(newColumns, newRows);
        cursor = place(line.text(), line.cursor());
        end = place(line.text(), line.text().length());
        if (top > 0) {
            top = Math.min(top, cursor.row);
        }
        redraw(line);
    }

    /** Erases prompt and line; the cursor moves to where they began. */
    void erase() {
        if (!isEmpty()) {
            moveTo(new Place(top, 0));
            out.append(BELOW);
        }
        home();
    }

    /**
     * Writes complete lines where the prompt was erased; a form feed starts at the first column,
     * too.
     */
    void write(String lines) {
        out.append(lines.replace("\n", "\r\n").replace("\f", "\f\r"));
    }

    /** Erases and redraws prompt and line. */
    void redraw(EditedLine line) {
        erase();
        draw(line);
    }

    /** Draws prompt and line, which must not be on the screen. */
    void draw(EditedLine line) {
        CharSequence text = line.text();
        Place last = place(text, text.length());
        Place target = place(text, line.cursor());
        top = last.row < rows ? 0 : Math.max(0, target.row - rows + 2);
        int from = top == 0 ? 0 : startOfRow(text, top);
        int to = last.row < top + rows ? text.length() : startOfRow(text, top + rows - 1);
        line.takeChangedFrom();
        if (top == 0) {
            out.append(prompt);
        }
        cursor = new Place(top, 0);
        print(text, from, to);
        moveTo(target);
    }

    /** Draws what has changed in the line, and moves the cursor. */
    void update(EditedLine line) {
        CharSequence text = line.text();
        int from = line.takeChangedFrom();
        Place last = place(text, text.length());
        if (top > 0 || last.row >= rows) {
            redraw(line);
            return;
        }
        if (from <= text.length()) {
            Place changed = place(text, from);
            moveTo(changed);
            if (changed.isBefore(end)) {
                out.append(BELOW);
            }
            print(text, from, text.length());
        }
        moveTo(place(text, line.cursor()));
    }

    /** Moves to the line below the typed one, which stays on the screen. */
    void leave(EditedLine line, String mark) {
        update(line);
        moveTo(end);
        out.append(mark);
        boolean below = mark.isEmpty() && end.column == 0 && end.row > 0; // wrapped to there
        out.append(below ? "\r" : "\r\n");
        home();
    }

    /** Clears the window and draws at its top. */
    void clear(EditedLine line) {
        out.append("\u001b[H\u001b[2J");
        home();
        draw(line);
    }

    private void size(int newColumns, int newRows) {
        columns = Math.clamp(newColumns, MIN_SIZE, MAX_SIZE);
        rows = Math.clamp(newRows, MIN_SIZE, MAX_SIZE);
    }

    private void home() {
        top = 0;
        cursor = Place.ORIGIN;
        end = Place.ORIGIN;
    }

    private void print(CharSequence text, int from, int to) {
        for (int at = from; at < to; ) {
            int next = Graphemes.end(text, at);
            if (masked) {
                out.append(MASK);
            } else {
                out.append(text, at, next);
            }
            at = next;
        }
        end = place(text, to);
        cursor = end;
        if (end.column == 0 && end.row > 0) {
            out.append(" \r"); // otherwise the cursor stays at the end of the row above
        }
    }

    private void moveTo(Place target) {
        int down = target.row - cursor.row;
        if (target.column == cursor.column && down == 0) {
            return;
        }
        if (down < 0) {
            out.append("\u001b[").append(-down).append('A');
        } else if (down > 0) {
            out.append("\u001b[").append(down).append('B');
        }
        int right = target.column - cursor.column;
        if (target.column == 0) {
            out.append('\r');
        } else if (right == -1) {
            out.append('\b');
        } else if (right < 0) {
            out.append("\u001b[").append(-right).append('D');
        } else if (right > 0) {
            out.append("\u001b[").append(right).append('C');
        }
        cursor = target;
    }

    /** The position of a character of the line. */
    private Place place(CharSequence text, int index) {
        Flow flow = new Flow();
        for (int at = 0; at < index; ) {
            at = flow.add(text, at);
        }
        return new Place(flow.row, flow.column);
    }

    /** The index of the first character of a row. */
    private int startOfRow(CharSequence text, int row) {
        Flow flow = new Flow();
        int at = 0;
        while (at < text.length() && flow.row < row) {
            int next = flow.add(text, at);
            if (flow.row == row && flow.column > 0) {
                return at; // it did not fit in the row above
            }
            at = next;
        }
        return at;
    }

    /** Lays out characters after the prompt, row by row. */
    private final class Flow {
        private int row = promptWidth / columns;
        private int column = promptWidth % columns;

        /** Adds the character at an index. Returns the index of the next one. */
        int add(CharSequence text, int at) {
            int next = Graphemes.end(text, at);
            int width = masked ? 1 : Graphemes.width(text, at, next);
            if (column + width > columns) { // a wide character wraps to the next row
                row++;
                column = 0;
            }
            column += width;
            if (column == columns) {
                row++;
                column = 0;
            }
            return next;
        }
    }

    /** The width of a text in columns, without its escape sequences. */
    private static int width(String text) {
        int width = 0;
        for (int at = 0; at < text.length(); ) {
            if (text.charAt(at) == '\u001b') {
                at = endOfSequence(text, at);
            } else {
                int next = Graphemes.end(text, at);
                width += Graphemes.width(text, at, next);
                at = next;
            }
        }
        return width;
    }

    /** The end of an escape sequence: CSI ends with a letter, OSC with BEL or ESC \. */
    private static int endOfSequence(String text, int escape) {
        boolean osc = escape + 1 < text.length() && text.charAt(escape + 1) == ']';
        for (int at = escape + 2; at < text.length(); at++) {
            char c = text.charAt(at);
            if (osc ? c == '\u0007' || (c == '\\' && text.charAt(at - 1) == '\u001b') : c >= '@') {
                return at + 1;
            }
        }
        return text.length();
    }
}
