package lychgate.terminal;

import lychgate.characters.Graphemes;

/**
 * The part of a terminal's screen in which a line is typed: the prompt, the line behind it, wrapped
 * where the window ends. Knows where the terminal's cursor stands, and writes what brings the
 * screen up to date. Not thread safe.
 *
 * <p>Only relative movements are used, since nobody knows on which row of the window all this is. A
 * line that is longer than the window is shown in part, around the cursor.
 */
final class Screen {
    private static final String BELOW = "\u001b[J";
    private static final char MASK = '*';

    /** Narrowest and lowest window that is drawn for; smaller ones are drawn as if they were so. */
    private static final int MIN_SIZE = 4;

    /** Widest and highest window that is believed. */
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

    /** A place, counted from the first character of the prompt. */
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

    /** What is to be sent to the terminal, which is then forgotten here. */
    String take() {
        String all = out.toString();
        out.setLength(0);
        return all;
    }

    /** Sends something that does not move the cursor. */
    void control(String sequence) {
        out.append(sequence);
    }

    boolean isEmpty() {
        return end.equals(Place.ORIGIN);
    }

    /** Changes what stands before the line; nothing is drawn yet. */
    void changePrompt(String text) {
        prompt = text;
        promptWidth = width(text);
    }

    String prompt() {
        return prompt;
    }

    /** Whether each character is shown as a star; nothing is drawn yet. */
    void mask(boolean now) {
        masked = now;
    }

    boolean masked() {
        return masked;
    }

    /**
     * The window has another size. Terminals move what had been wrapped to where it is wrapped now,
     * and the cursor with it.
     */
    void resize(EditedLine line, int newColumns, int newRows) {
        size(newColumns, newRows);
        cursor = place(line.text(), line.cursor());
        end = place(line.text(), line.text().length());
        if (top > 0) {
            top = Math.min(top, cursor.row);
        }
        redraw(line);
    }

    /** Takes prompt and line off the screen; the cursor stands where they began. */
    void erase() {
        if (!isEmpty()) {
            moveTo(new Place(top, 0));
            out.append(BELOW);
        }
        home();
    }

    /** Writes lines where nothing is shown, each with its end; a page begins as a line does. */
    void write(String lines) {
        out.append(lines.replace("\n", "\r\n").replace("\f", "\f\r"));
    }

    /** Draws prompt and line where they are. */
    void redraw(EditedLine line) {
        erase();
        draw(line);
    }

    /** Draws prompt and line, where nothing of them is shown. */
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

    /** Shows what has changed in the line, and the cursor where it is now. */
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

    /** Goes to the beginning of the line below the one that was typed; nothing is shown then. */
    void leave(EditedLine line, String mark) {
        update(line);
        moveTo(end);
        out.append(mark);
        boolean below = mark.isEmpty() && end.column == 0 && end.row > 0; // wrapped to there
        out.append(below ? "\r" : "\r\n");
        home();
    }

    /** Clears the window, and draws at its top. */
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
            out.append(" \r"); // else the cursor would still wait at the end of the row above
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

    /** Where a character of the line stands. */
    private Place place(CharSequence text, int index) {
        Flow flow = new Flow();
        for (int at = 0; at < index; ) {
            at = flow.add(text, at);
        }
        return new Place(flow.row, flow.column);
    }

    /** Which character of the line is the first of a row. */
    private int startOfRow(CharSequence text, int row) {
        Flow flow = new Flow();
        int at = 0;
        while (at < text.length() && flow.row < row) {
            int next = flow.add(text, at);
            if (flow.row == row && flow.column > 0) {
                return at; // it did not fit into the row above
            }
            at = next;
        }
        return at;
    }

    /** Puts characters behind the prompt, row by row. */
    private final class Flow {
        private int row = promptWidth / columns;
        private int column = promptWidth % columns;

        /** Adds the character that begins there; where the next one does. */
        int add(CharSequence text, int at) {
            int next = Graphemes.end(text, at);
            int width = masked ? 1 : Graphemes.width(text, at, next);
            if (column + width > columns) { // a wide one at the end goes to the next row
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

    /** Columns of a text with escape sequences in it. */
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

    /** CSI sequences end with a letter, OSC strings with BEL or ESC \. */
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
