package lychgate.telnet;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/**
 * Finds the lines in what a client types. A line ends with CR LF, CR NUL, CR or LF, however these
 * are cut into reads; a NUL anywhere else is dropped (KildClient sends one after each TTYPE
 * answer). Not thread safe.
 *
 * <p>A line that is too long is dropped to its end and reported once, so that its sender can be
 * told.
 *
 * <p>A client that sends each character as it is typed has nobody else to edit its line: of those,
 * BS and DEL take a character back and Ctrl-U the line, and what cursor and function keys send is
 * left out. If it does not show what is typed either, {@link #takeEcho} says what it must be sent
 * for that.
 */
public final class LineAssembler {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte NUL = 0;
    private static final byte BS = 8;
    private static final byte CTRL_U = 0x15;
    private static final byte ESC = 0x1b;
    private static final byte DEL = 0x7f;
    private static final byte[] END = {CR, LF};
    private static final byte[] RUB_OUT = {BS, ' ', BS};

    /** What was found in a run of data. */
    public sealed interface Found {
        /** A whole line, without its end, in the bytes of the connection's character set. */
        record Line(byte[] bytes) implements Found {}

        /** A line that was longer than it may be; it is gone. */
        record TooLong() implements Found {}
    }

    /** Where in a key's sequence we are: ESC [ … final, or ESC O final. */
    private enum Key {
        NONE,
        ESCAPE,
        CONTROL_SEQUENCE,
        SINGLE_SHIFT
    }

    private final int maxBytes;
    private final ByteBuilder line = new ByteBuilder();
    private final ByteBuilder echo = new ByteBuilder();
    private Charset charset = CharacterSets.DEFAULT;
    private Key key = Key.NONE;
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
            if (!characters || !edits(b)) {
                add(b);
            }
        }
        return null;
    }

    /** Bytes of a line that has not ended yet. */
    public int pending() {
        return line.size();
    }

    /** Takes back the last character typed (telnet EC). */
    public void eraseCharacter() {
        int last = CharacterSets.lastCharacter(line.tail(CharacterSets.MAX_LOOK_BACK), charset);
        line.removeLast(last);
        if (last > 0) {
            echo(RUB_OUT);
        }
    }

    /** Takes back the line typed so far (telnet EL). */
    public void eraseLine() {
        String typed = CharacterSets.decode(line.take(), charset);
        for (int i = typed.codePointCount(0, typed.length()); i > 0; i--) {
            echo(RUB_OUT);
        }
        discarding = false;
    }

    /** Whether the byte is not text, but does something to it. */
    private boolean edits(byte b) {
        switch (key) {
            case NONE -> {
                switch (b) {
                    case BS, DEL -> eraseCharacter();
                    case CTRL_U -> eraseLine();
                    case ESC -> key = Key.ESCAPE;
                    default -> {
                        return false;
                    }
                }
            }
            case ESCAPE ->
                    key =
                            switch (b) {
                                case '[' -> Key.CONTROL_SEQUENCE;
                                case 'O' -> Key.SINGLE_SHIFT;
                                default -> Key.NONE;
                            };
            case CONTROL_SEQUENCE -> key = b >= '@' && b <= '~' ? Key.NONE : key;
            case SINGLE_SHIFT -> key = Key.NONE;
        }
        return true;
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
        key = Key.NONE;
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
