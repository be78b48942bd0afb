package lychgate.transport.telnet;

import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.telnet.CharacterSets;
import lychgate.terminal.CharacterDecoder;
import lychgate.terminal.Dialogue;
import lychgate.terminal.LineEditor;
import lychgate.terminal.TerminalType;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.List;

/**
 * Each character as it is typed, at a terminal that asked us to echo (PuTTY, {@code mode character}
 * of telnet): the line is edited here, with the same keys as over SSH.
 */
final class EditedTyping implements Typing, Dialogue.Typist {
    /** UTF-16 chars that a character may have. */
    private static final long MAX_CHARS_A_CHARACTER = 2;

    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;
    private static final String DELETE = "\u007f";
    private static final String CTRL_U = "\u0015";
    private static final String CTRL_C = "\u0003";

    private final Ends ends;
    private final LineEditor editor;
    private Charset charset = CharacterSets.DEFAULT;
    private CharacterDecoder decoder = new CharacterDecoder(charset);
    private int columns = DEFAULT_COLUMNS;
    private int rows = DEFAULT_ROWS;
    private boolean begun;

    /**
     * @param maxLine characters that a line may have
     */
    EditedTyping(Ends ends, int maxLine) {
        this.ends = ends;
        this.editor =
                new LineEditor(
                        this,
                        (int) Math.min(Integer.MAX_VALUE, maxLine * MAX_CHARS_A_CHARACTER),
                        DEFAULT_COLUMNS,
                        DEFAULT_ROWS);
    }

    /**
     * Whether the client's terminal is one on which a line can be edited. Screen readers are better
     * served by characters that come once and stay.
     */
    static boolean suits(ClientFacts facts) {
        String terminal = facts.get(Fact.TERMINAL);
        return terminal != null
                && TerminalType.of(terminal, null).cursor()
                && !facts.is(Fact.SCREENREADER);
    }

    @Override
    public void typed(byte[] bytes) {
        press(decoder.decode(bytes));
    }

    @Override
    public void show(String markup, RenderStyle style) {
        editor.show(Renderer.render(markup, style));
        send();
    }

    @Override
    public void prompt(String markup, RenderStyle style, boolean awaited) {
        editor.prompt(Renderer.render(markup, style));
        send();
    }

    @Override
    public void say(String words) {
        editor.show(words);
        send();
    }

    @Override
    public void hidden(boolean now) {
        editor.hidden(now);
        send();
    }

    @Override
    public void adopt(ClientFacts facts, Charset declared) {
        if (!declared.equals(charset)) {
            charset = declared;
            decoder = new CharacterDecoder(declared);
        }
        resize(
                or(facts.get(Fact.WIDTH), DEFAULT_COLUMNS),
                or(facts.get(Fact.HEIGHT), DEFAULT_ROWS));
    }

    @Override
    public void eraseCharacter() {
        press(DELETE);
    }

    @Override
    public void eraseLine() {
        press(CTRL_U);
    }

    @Override
    public void interrupt() {
        press(CTRL_C);
    }

    @Override
    public void loggedIn() {
        editor.remembering(true);
    }

    @Override
    public boolean completes(List<String> words) {
        editor.completes(words);
        return true;
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public void end() {
        editor.end();
        send();
    }

    // What the editor tells.

    @Override
    public void entered(String line) {
        begun = false;
        ends.entered(line);
    }

    @Override
    public void enteredTooMuch() {
        begun = false;
        ends.enteredTooMuch();
    }

    @Override
    public void leaves() {
        ends.leaves();
    }

    private void resize(int newColumns, int newRows) {
        if (newColumns != columns || newRows != rows) {
            columns = newColumns;
            rows = newRows;
            editor.resize(newColumns, newRows);
            send();
        }
    }

    private static int or(@Nullable Integer said, int assumed) {
        return said == null ? assumed : said;
    }

    private void press(String characters) {
        begun = true;
        editor.typed(characters);
        send();
    }

    private void send() {
        String bytes = editor.take();
        if (!bytes.isEmpty()) {
            ends.send(bytes.getBytes(charset));
        }
    }
}
