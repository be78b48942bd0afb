package lychgate.terminal;

import lychgate.characters.Graphemes;

import java.util.ArrayList;
import java.util.List;

/**
 * A terminal as far as a line editor needs one: wraps as VT100 and its children do (the cursor
 * waits behind the last column until a character comes), scrolls, and knows wide characters.
 */
final class VirtualTerminal {
    private final List<String[]> screen = new ArrayList<>();
    private final int columns;
    private final int rows;
    private int row;
    private int column;
    private boolean waiting;
    private int bells;

    VirtualTerminal(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        for (int i = 0; i < rows; i++) {
            screen.add(blank());
        }
    }

    /** Shows what it is sent. */
    void receive(String output) {
        for (int at = 0; at < output.length(); ) {
            char c = output.charAt(at);
            switch (c) {
                case '\r' -> {
                    column = 0;
                    waiting = false;
                    at++;
                }
                case '\n' -> {
                    waiting = false;
                    down();
                    at++;
                }
                case '\b' -> {
                    column = Math.max(0, column - 1);
                    waiting = false;
                    at++;
                }
                case '\u0007' -> {
                    bells++;
                    at++;
                }
                case '\u001b' -> at = sequence(output, at + 2);
                default -> {
                    int end = Graphemes.end(output, at);
                    put(output.substring(at, end), Graphemes.width(output, at, end));
                    at = end;
                }
            }
        }
    }

    /** The rows with something on them, without what is blank at their ends. */
    String text() {
        StringBuilder all = new StringBuilder();
        for (String[] cells : screen) {
            all.append(String.join("", cells).stripTrailing()).append('\n');
        }
        return all.toString().stripTrailing();
    }

    /** Where the cursor is, as {@code row,column}. */
    String cursor() {
        return row + "," + column;
    }

    int bells() {
        return bells;
    }

    private void put(String character, int width) {
        if (waiting || column + width > columns) {
            column = 0;
            down();
            waiting = false;
        }
        screen.get(row)[column] = character;
        if (width == 2) {
            screen.get(row)[column + 1] = "";
        }
        column += width;
        if (column == columns) {
            column--;
            waiting = true;
        }
    }

    private int sequence(String output, int from) {
        int end = from;
        while (output.charAt(end) < '@') {
            end++;
        }
        String parameter = output.substring(from, end);
        int n = parameter.matches("[0-9]+") ? Integer.parseInt(parameter) : 1;
        waiting = false;
        switch (output.charAt(end)) {
            case 'A' -> row = Math.max(0, row - n);
            case 'B' -> row = Math.min(rows - 1, row + n);
            case 'C' -> column = Math.min(columns - 1, column + n);
            case 'D' -> column = Math.max(0, column - n);
            case 'H' -> {
                row = 0;
                column = 0;
            }
            case 'J' -> {
                for (int r = parameter.equals("2") ? 0 : row; r < rows; r++) {
                    for (int c = r == row && parameter.isEmpty() ? column : 0; c < columns; c++) {
                        screen.get(r)[c] = " ";
                    }
                }
            }
            default -> {} // colours, modes
        }
        return end + 1;
    }

    private void down() {
        if (row == rows - 1) {
            screen.removeFirst();
            screen.add(blank());
        } else {
            row++;
        }
    }

    private String[] blank() {
        String[] cells = new String[columns];
        java.util.Arrays.fill(cells, " ");
        return cells;
    }
}
