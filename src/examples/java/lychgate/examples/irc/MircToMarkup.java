package lychgate.examples.irc;

import lychgate.text.Spans;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Turns what IRC's users type into markup: their colours and styles become tags, and tags of the
 * game that they type are words. Total: no input makes it throw.
 */
final class MircToMarkup {
    /** The tags of mIRC's sixteen colours. */
    private static final String[] LETTERS = {
        "|w", "|X", "|B", "|G", "|r", "|R", "|M", "|Y", "|y", "|g", "|C", "|c", "|b", "|m", "|x",
        "|W"
    };

    /** The tags of backgrounds in those colours. */
    private static final String GROUNDS = "wxbgrrmyygccbmxw";

    private static final int DEFAULT_COLOUR = 99;
    private static final int HEX_DIGITS = 6;

    private final String irc;
    private final StringBuilder markup = new StringBuilder();
    private final StringBuilder words = new StringBuilder();
    private int at;
    private final Set<String> styles = new LinkedHashSet<>(); // the letters of those that are on
    private boolean changed;

    private MircToMarkup(String irc) {
        this.irc = irc;
    }

    static String markup(String irc) {
        return new MircToMarkup(irc).convert();
    }

    private String convert() {
        while (at < irc.length()) {
            char c = irc.charAt(at++);
            switch (c) {
                case '\u0002' -> toggle("h");
                case '\u001d' -> toggle("i");
                case '\u001f' -> toggle("u");
                case '\u001e' -> toggle("s");
                case '\u0016' -> tag("|*");
                case '\u0003' -> colour();
                case '\u0004' -> hexColour();
                case '\u000f' -> plain();
                default -> {
                    if (!Character.isISOControl(c)) {
                        words.append(c);
                    }
                }
            }
        }
        endWords();
        return changed ? markup.append("|n").toString() : markup.toString();
    }

    private void colour() {
        int letters = number();
        if (letters < 0) {
            toNormal();
            return;
        }
        int ground = -1;
        if (at + 1 < irc.length() && irc.charAt(at) == ',' && isDigit(at + 1)) {
            at++;
            ground = number();
        }
        if (letters == DEFAULT_COLOUR && ground < 0) {
            toNormal();
        } else if (letters < LETTERS.length) {
            tag(LETTERS[letters]);
        }
        if (ground >= 0 && ground < GROUNDS.length()) {
            tag("|[" + GROUNDS.charAt(ground));
        }
    }

    /** One or two digits; -1 where there are none. */
    private int number() {
        if (!isDigit(at)) {
            return -1;
        }
        int number = irc.charAt(at++) - '0';
        return isDigit(at) ? 10 * number + irc.charAt(at++) - '0' : number;
    }

    private boolean isDigit(int i) {
        return i < irc.length() && irc.charAt(i) >= '0' && irc.charAt(i) <= '9';
    }

    private void hexColour() {
        int end = at;
        while (end < irc.length() && end < at + HEX_DIGITS && isHex(irc.charAt(end))) {
            end++;
        }
        if (end == at + HEX_DIGITS) {
            tag("|#" + irc.substring(at, end));
            at = end;
        } else {
            toNormal();
        }
    }

    private static boolean isHex(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    /** Ends the colours; the styles stay. */
    private void toNormal() {
        tag("|n");
        changed = !styles.isEmpty();
        styles.forEach(letter -> markup.append('|').append(letter));
    }

    private void plain() {
        tag("|n");
        styles.clear();
        changed = false;
    }

    private void toggle(String letter) {
        boolean on = !styles.remove(letter);
        if (on) {
            styles.add(letter);
        }
        tag("|" + (on ? letter : letter.toUpperCase(Locale.ROOT)));
    }

    private void tag(String tag) {
        endWords();
        markup.append(tag);
        changed = true;
    }

    private void endWords() {
        markup.append(Spans.escape(words.toString()));
        words.setLength(0);
    }
}
