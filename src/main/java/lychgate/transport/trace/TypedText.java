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

    private static final byte DELETE = 0x7f;

    private enum Place {
        LINE_START,
        FIRST_WORD,
        REST
    }

    private Place place = Place.LINE_START;
    private int matched; // of PASSWORD, in the first word
    private int behind; // characters behind the first word and its blank that can be deleted
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
        behind = 0;
        starred = false;
    }

    /** Some of the line, or all of it, has been taken back by other means than what is typed. */
    void edited() {
        if (place != Place.LINE_START) {
            matched = PASSWORD.length;
            place = Place.REST;
        }
    }

    private void move(byte b) {
        boolean blank = isBlank(b);
        if (isEditing(b)) {
            edit(b);
        } else if (place == Place.REST) {
            behind = b < 0 ? -1 : behind + 1; // of how many bytes such a character is, is not known
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

    /** Where in the line the next goes is not known: its first word may become any. */
    private void edit(byte b) {
        boolean erases = b == '\b' || b == DELETE;
        if (erases && place == Place.LINE_START) {
            return; // there is nothing but blanks
        }
        if (erases && place == Place.REST && behind > 0) {
            behind--;
        } else {
            matched = PASSWORD.length;
        }
        place = Place.REST;
    }

    /** Whether it does not stand for itself; a tab in the first word may complete it. */
    private boolean isEditing(byte b) {
        return (b > 0 && b < ' ' && (b != '\t' || place == Place.FIRST_WORD)) || b == DELETE;
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
