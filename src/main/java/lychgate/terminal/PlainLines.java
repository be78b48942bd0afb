package lychgate.terminal;

import lychgate.characters.Graphemes;
import lychgate.characters.TerminalInput;

/**
 * Line input without an editor: for programs without a terminal, and for dumb terminals. On a
 * terminal, input is echoed and a character can be deleted.
 */
public final class PlainLines implements LineInput {
    private static final char DEL = '\u007f';

    private final TerminalInput input = new TerminalInput();
    private final LineHandler handler;
    private final int maxLength;
    private final boolean echo;
    private final String lineEnd;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private boolean tooLong;
    private boolean behindPrompt;
    private boolean hidden;
    private boolean afterReturn;

    /**
     * @param maxLength maximum length of a line in UTF-16 chars
     * @param echo whether there is a terminal, to which input is echoed
     */
    public PlainLines(LineHandler handler, int maxLength, boolean echo) {
        this.handler = handler;
        this.maxLength = maxLength;
        this.echo = echo;
        this.lineEnd = echo ? "\r\n" : "\n";
    }

    @Override
    public String take() {
        String all = out.toString();
        out.setLength(0);
        return all;
    }

    @Override
    public void typed(String characters) {
        characters.codePoints().filter(c -> !echo || isTyped(c)).forEach(this::typed);
    }

    /**
     * Whether it is a typed character, not part of an escape sequence for a key or a query's
     * answer.
     */
    private boolean isTyped(int codePoint) {
        return input.next(codePoint) instanceof TerminalInput.Unit.Single;
    }

    private void typed(int c) {
        boolean secondHalf = afterReturn && c == '\n';
        afterReturn = c == '\r';
        if (c == '\r' || (c == '\n' && !secondHalf)) {
            enter();
        } else if (echo && c < ' ') {
            control(c);
        } else if (echo && c == DEL) {
            eraseCharacter();
        } else if (c != '\n') {
            add(c);
        }
    }

    @Override
    public void show(String text) {
        leavePrompt();
        out.append(text.replace("\n", lineEnd));
        if (!text.endsWith("\n")) {
            out.append(lineEnd);
        }
    }

    @Override
    public void prompt(String text) {
        leavePrompt();
        out.append(text.replace("\n", lineEnd));
        behindPrompt = !text.isEmpty();
    }

    @Override
    public void hide(boolean now) {
        hidden = now;
    }

    @Override
    public void ended() {
        if (!line.isEmpty()) {
            enter();
        }
    }

    @Override
    public boolean hasUnfinishedLine() {
        return !line.isEmpty();
    }

    @Override
    public void end() {
        leavePrompt();
    }

    private void leavePrompt() {
        if (behindPrompt || (echo && !line.isEmpty())) {
            out.append(lineEnd);
            behindPrompt = false;
        }
    }

    private void enter() {
        if (echo) {
            out.append(lineEnd);
            behindPrompt = false;
        }
        String entered = line.toString();
        line.setLength(0);
        if (tooLong) {
            tooLong = false;
            handler.lineTooLong();
        } else {
            handler.entered(entered);
        }
    }

    private void control(int c) {
        switch (c) {
            case '\b' -> eraseCharacter();
            case '\t' -> add(' ');
            case 0x03 -> { // Ctrl-C
                out.append("^C").append(lineEnd);
                line.setLength(0);
                tooLong = false;
            }
            case 0x04 -> { // Ctrl-D
                if (line.isEmpty()) {
                    handler.quit();
                }
            }
            default -> {} // no function without an editor
        }
    }

    private void add(int c) {
        if (line.length() + Character.charCount(c) > maxLength) {
            tooLong = true;
            return;
        }
        line.appendCodePoint(c);
        if (echo && !hidden) {
            out.appendCodePoint(c);
        }
    }

    private void eraseCharacter() {
        if (line.isEmpty()) {
            return;
        }
        int start = Graphemes.start(line, line.length());
        int width = hidden ? 0 : Graphemes.width(line, start, line.length());
        line.setLength(start);
        out.append("\b \b".repeat(width));
    }
}
