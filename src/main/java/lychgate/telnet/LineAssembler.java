package lychgate.telnet;

import lychgate.characters.Graphemes;
import lychgate.characters.TerminalInput;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the lines in what a client types. A line ends with CR LF, CR NUL, CR or LF, however these
 * are cut into reads; a NUL anywhere else is dropped (KildClient sends one after each TTYPE
 * answer). Not thread safe.
 *
 * <p>A line that is too long is dropped to its end and reported once, so that its sender can be
 * told.
 *
 * <p>A client that sends each character as it is typed has nobody else to edit its line: of those,
 * BS and DEL take a character back and Ctrl-U the line, and what a terminal sends for cursor and
 * function keys, or as an answer, is left out. If it does not show what is typed either, {@link
 * #takeEcho} says what it must be sent for that.
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

    /** Stands for a byte whose character only its whole line tells. */
    private static final int SOME_CHARACTER = 0xfffd;

    /** Bytes that a character has in UTF-8 at most. */
    private static final int MAX_UTF8 = 4;

    /** What was found in a run of data. */
    public sealed interface Found {
        /** A whole line, without its end, in the bytes of the connection's character set. */
        record Line(byte[] bytes) implements Found {}

        /** A line that was longer than it may be; it is gone. */
        record TooLong() implements Found {}
    }

    private final int maxBytes;
    private final ByteBuilder line = new ByteBuilder();
    private final ByteBuilder echo = new ByteBuilder();
    private final TerminalInput input = new TerminalInput();
    private final ByteBuilder begun = new ByteBuilder(); // bytes of a character in UTF-8
    private Charset charset = CharacterSets.DEFAULT;
    private boolean afterCr;
    private boolean discarding;
    private boolean characters;
    private boolean echoing;
    private boolean hidden;

    /**
     * @param maxBytes bytes that a line may have; 0: no bound
     */
    public LineAssembler(int maxBytes) {
        this.maxBytes = maxBytes == 0 ? Integer.MAX_VALUE : maxBytes;
    }

    /** What the bytes are in: where characters begin. */
    public void charset(Charset declared) {
        charset = declared;
    }

    /** Whether the client sends each character as it is typed. */
    public boolean characters() {
        return characters;
    }

    /** The client sends each character as it is typed, or whole lines. */
    public void characters(boolean on) {
        characters = on;
    }

    /** What is typed is to be echoed, or no more. */
    public void echoing(boolean on) {
        echoing = on;
    }

    /** What is typed is hidden: of that, the line ends alone are echoed. */
    public void hidden(boolean on) {
        hidden = on;
    }

    /** What the client must be sent to see what it has typed since the last time. */
    public byte[] takeEcho() {
        return echo.take();
    }

    /** The next line in the data, or null when no line ends there any more. */
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

    /** Bytes of a line that has not ended yet. */
    public int pending() {
        return line.size() + begun.size();
    }

    /** Takes back the last character typed, as people see it (telnet EC). */
    public void eraseCharacter() {
        if (begun.size() > 0) {
            begun.clear(); // nothing of it has been shown yet
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

    /** Takes back the line typed so far (telnet EL). */
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

    /** Takes the character that begins there off the screen. */
    private void rubOut(CharSequence text, int start) {
        boolean shown = !Character.isISOControl(text.charAt(start));
        int width = shown ? Graphemes.width(text, start, Graphemes.end(text, start)) : 0;
        for (int column = 0; column < width; column++) {
            echo(RUB_OUT);
        }
    }

    /** Takes a byte from somebody who types: whole characters are added, or do something. */
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

    /** Adds bytes that began a character and had no end, as they are. */
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

    /** Bytes of the character in UTF-8 that begins with that one; 1 where it begins none. */
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
        input.next(CR); // cuts off what had begun
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
