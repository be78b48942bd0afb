package lychgate.telnet;

import lychgate.characters.Graphemes;
import lychgate.characters.TerminalInput;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a client's input into lines. A line ends with CR LF, CR NUL, CR or LF, however these are
 * split into reads; a NUL anywhere else is dropped (KildClient sends one after each TTYPE answer).
 * Not thread safe.
 *
 * <p>A line that is too long is discarded to its end and reported once, so that its sender can be
 * told.
 *
 * <p>A client that sends each character as it is typed relies on the server to edit its line: BS
 * and DEL delete a character and Ctrl-U the line, and what a terminal sends for cursor and function
 * keys, or as an answer to a query, is ignored. If the client does not display what is typed
 * either, {@link #takeEcho} returns what to send it for that.
 */
public final class LineAssembler {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte NUL = 0;
    private static final byte BS = 8;
    private static final byte CTRL_U = 0x15;
    private static final byte DEL = 0x7f;
    private static final byte[] END = {CR, LF};
    private static final byte[] RUB_OUT = {BS, ' ', BS};

    /** Stands for a byte whose character can be decoded only with its whole line. */
    private static final int SOME_CHARACTER = 0xfffd;

    /** Maximum bytes of a character in UTF-8. */
    private static final int MAX_UTF8 = 4;

    /** What was found in the data. */
    public sealed interface Found {
        /** A complete line, without its end, in the bytes of the connection's character set. */
        record Line(byte[] bytes) implements Found {}

        /** A line that was too long; it has been discarded. */
        record TooLong() implements Found {}
    }

    private final int maxBytes;
    private final ByteBuilder line = new ByteBuilder();
    private final ByteBuilder echo = new ByteBuilder();
    private final TerminalInput input = new TerminalInput();
    private final ByteBuilder begun = new ByteBuilder(); // of an unfinished UTF-8 character
    private Charset charset = CharacterSets.DEFAULT;
    private boolean afterCr;
    private boolean discarding;
    private boolean characters;
    private boolean echoing;
    private boolean hidden;

    /**
     * @param maxBytes maximum bytes of a line; 0: no bound
     */
    public LineAssembler(int maxBytes) {
        this.maxBytes = maxBytes == 0 ? Integer.MAX_VALUE : maxBytes;
    }

    /** Sets the encoding, which determines where characters begin. */
    public void decodeAs(Charset declared) {
        charset = declared;
    }

    /** Whether the client sends each character as it is typed. */
    public boolean characters() {
        return characters;
    }

    /** Sets whether the client sends each character as it is typed, or whole lines. */
    public void expectCharacters(boolean on) {
        characters = on;
    }

    /** Sets whether what is typed is echoed. */
    public void echo(boolean on) {
        echoing = on;
    }

    /** Sets whether what is typed is hidden: then only line ends are echoed. */
    public void hide(boolean on) {
        hidden = on;
    }

    /** Returns what the client must be sent to display what was typed since the last call. */
    public byte[] takeEcho() {
        return echo.take();
    }

    /** The next line in the data, or null if no further line ends in it. */
    public @Nullable Found next(ByteBuffer data) {
        while (data.hasRemaining()) {
            byte b = data.get();
            boolean belongsToCr = afterCr && (b == LF || b == NUL);
            afterCr = b == CR;
            if (belongsToCr || b == NUL) {
                continue;
            }
            if (b == CR || b == LF) {
                return end();
            }
            if (characters) {
                type(b);
            } else {
                add(b);
            }
        }
        return null;
    }

    /** Bytes of the unfinished line. */
    public int pending() {
        return line.size() + begun.size();
    }

    /** Deletes the last user-perceived character typed (telnet EC). */
    public void eraseCharacter() {
        if (begun.size() > 0) {
            begun.clear(); // nothing of it is on the screen yet
            return;
        }
        byte[] tail = line.tail(CharacterSets.MAX_LOOK_BACK);
        StringBuilder text = new StringBuilder();
        for (int left = tail.length; left > 0 && text.length() < Graphemes.LONGEST; ) {
            int length = CharacterSets.lastCharacter(Arrays.copyOf(tail, left), charset);
            text.insert(0, text(tail, left - length, left));
            left -= length;
        }
        if (text.isEmpty()) {
            return;
        }
        int start = Graphemes.start(text, text.length());
        int kept = tail.length;
        for (int erased = text.length() - start; erased > 0; ) {
            int length = CharacterSets.lastCharacter(Arrays.copyOf(tail, kept), charset);
            erased -= text(tail, kept - length, kept).length();
            kept -= length;
        }
        line.removeLast(tail.length - kept);
        rubOut(text, start);
    }

    /** Deletes the line typed so far (telnet EL). */
    public void eraseLine() {
        begun.clear();
        String typed = CharacterSets.decode(line.take(), charset);
        for (int at = 0; at < typed.length(); at = Graphemes.end(typed, at)) {
            rubOut(typed, at);
        }
        discarding = false;
    }

    private String text(byte[] bytes, int from, int to) {
        return CharacterSets.decode(Arrays.copyOfRange(bytes, from, to), charset);
    }

    /** Echoes the removal of the character that begins there. */
    private void rubOut(CharSequence text, int start) {
        boolean shown = !Character.isISOControl(text.charAt(start));
        int width = shown ? Graphemes.width(text, start, Graphemes.end(text, start)) : 0;
        for (int column = 0; column < width; column++) {
            echo(RUB_OUT);
        }
    }

    /** Handles a typed byte: complete characters are added to the line, or edit it. */
    private void type(byte b) {
        boolean within = (b & 0xc0) == 0x80 && begun.size() > 0;
        if (!within) {
            endCharacter();
        }
        if (within || (charset.equals(StandardCharsets.UTF_8) && length(b) > 1)) {
            begun.add(b);
            int length = length(begun.tail(MAX_UTF8)[0]);
            if (begun.size() == length) {
                byte[] character = begun.take();
                typed(new String(character, StandardCharsets.UTF_8).codePointAt(0), character);
            }
        } else {
            typed(b < 0 ? SOME_CHARACTER : b, b);
        }
    }

    /** Adds the bytes of an incomplete character as they are. */
    private void endCharacter() {
        for (byte b : begun.take()) {
            typed(SOME_CHARACTER, b);
        }
    }

    private void typed(int codePoint, byte... bytes) {
        if (input.next(codePoint) instanceof TerminalInput.Unit.Single) {
            switch (codePoint) {
                case BS, DEL -> eraseCharacter();
                case CTRL_U -> eraseLine();
                default -> {
                    for (byte b : bytes) {
                        add(b);
                    }
                }
            }
        }
    }

    /** The length in UTF-8 of a character with this first byte; 1 if it is not a first byte. */
    private static int length(byte first) {
        int lead = first & 0xff;
        return lead < 0xc2 || lead > 0xf4 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : MAX_UTF8;
    }

    private void add(byte b) {
        if (line.size() == maxBytes) {
            discarding = true;
            line.clear();
        }
        if (!discarding) {
            line.add(b);
        }
        if (b < 0 || b >= ' ') {
            echo(b);
        }
    }

    private void echo(byte... bytes) {
        if (echoing && !hidden) {
            echo.add(bytes);
        }
    }

    private Found end() {
        endCharacter();
        input.next(CR); // aborts an unfinished sequence
        if (echoing) {
            echo.add(END);
        }
        if (discarding) {
            discarding = false;
            return new Found.TooLong();
        }
        return new Found.Line(line.take());
    }
}
