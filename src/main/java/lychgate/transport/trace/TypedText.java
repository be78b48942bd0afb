package lychgate.transport.trace;

import java.io.ByteArrayOutputStream;

/**
 * Replaces with {@code ***} what must not be seen of typed text, however it is cut. Line ends (CR,
 * LF) stay. Works on bytes: in every character set we know, these and the blank are themselves.
 */
final class TypedText {
    /** How much of each line may be seen. */
    enum Seen {
        /** All; but of a command that sets a password its first word. */
        LINES,
        /** The first word. */
        FIRST_WORDS,
        /** Nothing. */
        NOTHING
    }

    private static final byte[] STARS = {'*', '*', '*'};

    /** A first word that holds this is followed by passwords: Evennia's {@code password a = b}. */
    private static final byte[] PASSWORD = {'p', 'a', 's', 's', 'w'};

    private enum Place {
        LINE_START,
        FIRST_WORD,
        REST
    }

    private Place place = Place.LINE_START;
    private int matched; // of PASSWORD, in the first word
    private boolean starred; // this line has its stars

    /**
     * Masks what was typed.
     *
     * @param secrets learns what was masked
     */
    byte[] mask(byte[] typed, Seen seen, Secrets secrets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(typed.length);
        for (byte b : typed) {
            if (b == '\r' || b == '\n') {
                endLine(secrets);
                out.write(b);
            } else if (b != 0) {
                boolean endsWord = place == Place.FIRST_WORD && isBlank(b);
                move(b);
                if (isSeen(seen) || (endsWord && seen != Seen.NOTHING)) {
                    out.write(b);
                } else {
                    secrets.masked(b, seen == Seen.LINES);
                    if (!starred) {
                        starred = true;
                        out.writeBytes(STARS);
                    }
                }
            }
        }
        return out.toByteArray();
    }

    /** Whether something of the line that is being typed has been masked. */
    boolean hasMasked() {
        return starred;
    }

    private void endLine(Secrets secrets) {
        secrets.lineEnded();
        place = Place.LINE_START;
        matched = 0;
        starred = false;
    }

    private void move(byte b) {
        boolean blank = isBlank(b);
        boolean edits = (b > 0 && b < ' ' && b != '\t') || b == 0x7f;
        if (edits) {
            place = Place.REST; // where in the line the next goes is not known
        } else if (place == Place.LINE_START && !blank) {
            place = Place.FIRST_WORD;
        } else if (place == Place.FIRST_WORD && blank) {
            place = Place.REST;
        }
        if (place == Place.FIRST_WORD && matched < PASSWORD.length) {
            int letter = b | 0x20; // lower case
            matched = letter == PASSWORD[matched] ? matched + 1 : letter == 'p' ? 1 : 0;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private boolean isSeen(Seen seen) {
        return switch (seen) {
            case LINES -> place != Place.REST || matched < PASSWORD.length;
            case FIRST_WORDS -> place != Place.REST;
            case NOTHING -> false;
        };
    }
}
