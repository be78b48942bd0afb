package lychgate.transport;

import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.terminal.CharacterDecoder;
import lychgate.terminal.LineEditor;
import lychgate.terminal.LineHandler;
import lychgate.terminal.LineInput;
import lychgate.terminal.PlainLines;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Typing of a client that sends each character and leaves echo and editing to the server: SSH, and
 * telnet in character mode (PuTTY, {@code mode character} of telnet).
 */
public final class TerminalTyping implements Typing {
    /** Columns assumed if the window size is unknown. */
    public static final int DEFAULT_COLUMNS = 80;

    /** Rows assumed if the window size is unknown. */
    public static final int DEFAULT_ROWS = 24;

    /** Maximum UTF-16 chars of a character. */
    private static final long MAX_CHARS_A_CHARACTER = 2;

    private static final String DELETE = "\u007f";
    private static final String CTRL_U = "\u0015";
    private static final String CTRL_C = "\u0003";

    private final LineInput line;
    private final Consumer<byte[]> client;
    private Charset charset = StandardCharsets.UTF_8;
    private CharacterDecoder decoder = new CharacterDecoder(charset);
    private int columns;
    private int rows;

    private TerminalTyping(LineInput line, Consumer<byte[]> client, int columns, int rows) {
        this.line = line;
        this.client = client;
        this.columns = columns;
        this.rows = rows;
        send(); // what sets up the terminal
    }

    /**
     * For a terminal on which lines can be edited.
     *
     * @param client takes the bytes to send
     * @param maxLine maximum characters of a line
     * @param columns width of the window
     * @param rows height of the window
     */
    public static TerminalTyping edited(
            LineHandler handler, Consumer<byte[]> client, int maxLine, int columns, int rows) {
        LineEditor editor = new LineEditor(handler, chars(maxLine), columns, rows);
        return new TerminalTyping(editor, client, columns, rows);
    }

    /**
     * For a client without a terminal, or with a dumb one.
     *
     * @param client takes the bytes to send
     * @param maxLine maximum characters of a line
     * @param echo whether to echo what is typed
     */
    public static TerminalTyping plain(
            LineHandler handler, Consumer<byte[]> client, int maxLine, boolean echo) {
        LineInput lines = new PlainLines(handler, chars(maxLine), echo);
        return new TerminalTyping(lines, client, DEFAULT_COLUMNS, DEFAULT_ROWS);
    }

    private static int chars(int characters) {
        return (int) Math.min(Integer.MAX_VALUE, characters * MAX_CHARS_A_CHARACTER);
    }

    @Override
    public void received(byte[] bytes) {
        press(decoder.decode(bytes));
    }

    @Override
    public void show(String markup, RenderStyle style) {
        showPlain(Renderer.render(markup, style));
    }

    @Override
    public void prompt(String markup, RenderStyle style, boolean awaited) {
        line.prompt(Renderer.render(markup, style));
        send();
    }

    @Override
    public void showPlain(String words) {
        line.show(words);
        send();
    }

    @Override
    public void hide(boolean now) {
        line.hide(now);
        send();
    }

    @Override
    public void apply(ClientFacts facts, Charset declared) {
        use(declared);
        resize(
                or(facts.get(Fact.WIDTH), DEFAULT_COLUMNS),
                or(facts.get(Fact.HEIGHT), DEFAULT_ROWS));
    }

    /** Sets the character set for input and output. */
    public void use(Charset other) {
        if (!other.equals(charset)) {
            charset = other;
            decoder = new CharacterDecoder(other);
        }
    }

    /** The client's window was resized. */
    public void resize(int newColumns, int newRows) {
        if (newColumns != columns || newRows != rows) {
            columns = newColumns;
            rows = newRows;
            line.resize(newColumns, newRows);
            send();
        }
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
        line.keepHistory(true);
    }

    @Override
    public boolean offerCompletions(List<String> words) {
        line.offerCompletions(words);
        return true;
    }

    @Override
    public void inputEnded() {
        line.ended();
        send();
    }

    @Override
    public boolean hasUnfinishedLine() {
        return line.hasUnfinishedLine();
    }

    @Override
    public void end() {
        line.end();
        send();
    }

    private static int or(@Nullable Integer said, int assumed) {
        return said == null ? assumed : said;
    }

    private void press(String characters) {
        line.typed(characters);
        send();
    }

    private void send() {
        String output = line.take();
        if (!output.isEmpty()) {
            client.accept(output.getBytes(charset));
        }
    }
}
