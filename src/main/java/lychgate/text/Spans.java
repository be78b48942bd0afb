package lychgate.text;

import lychgate.text.Colour.Cube;
import lychgate.text.Colour.Grey;
import lychgate.text.Colour.Named;
import lychgate.text.Colour.Rgb;
import lychgate.text.Colour.Weight;
import lychgate.text.Span.Effect;
import lychgate.text.Span.Ground;
import lychgate.text.Span.Link;
import lychgate.text.Span.Paint;
import lychgate.text.Span.Reset;
import lychgate.text.Span.Style;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses markup, in one pass, into {@link Span}s.
 *
 * <p>The language is Evennia's: {@code |r |R |!R} colours, {@code |[R |[r} backgrounds, {@code |500
 * |[500} the cube, {@code |=m} greys, {@code |#ff8800 |#f80} 24-bit colour, {@code |h |u |i |s |^
 * |*} styles, {@code |n} back to normal, {@code |/ |- |_ |>} white space, {@code |lc COMMAND |lt
 * WORDS |le} and {@code |lu URL |lt WORDS |le} links; two pipes are a pipe and two opening braces a
 * brace. An unknown tag is displayed as written.
 *
 * <p>Of control characters, only line ends, TAB, BEL, FF and SGR sequences are interpreted; all
 * others are removed, so that a text can affect a terminal only through these spans. Total: no
 * input makes it throw.
 */
public final class Spans {
    private static final String NAMED = "xrgybmcw";
    private static final char ESC = '\u001b';
    private static final char CSI = '\u009b';
    private static final char OSC = '\u009d';
    private static final char DCS = '\u0090';
    private static final int MAX_SGR_PARAMETERS = 32;

    private final String markup;
    private final List<Span> spans = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private boolean linksAreOver;

    private Spans(String markup) {
        this.markup = markup;
    }

    /** The spans of a text. */
    public static List<Span> parse(String markup) {
        return List.copyOf(new Spans(markup).parse());
    }

    /** The text as markup that displays exactly these characters. */
    public static String escape(String text) {
        if (text.indexOf('|') < 0 && text.indexOf('{') < 0) {
            return text;
        }
        return text.replace("|", "||").replace("{", "{{");
    }

    private List<Span> parse() {
        int i = 0;
        while (i < markup.length()) {
            char c = markup.charAt(i);
            i =
                    switch (c) {
                        case '|' -> tag(i);
                        case '{' -> word('{', markup.startsWith("{{", i) ? i + 2 : i + 1);
                        case ESC -> escapeSequence(i);
                        case CSI -> controlSequence(i + 1);
                        case OSC, DCS -> behindString(i + 1);
                        case '\r' -> lineBreak(markup.startsWith("\r\n", i) ? i + 2 : i + 1);
                        case '\n' -> lineBreak(i + 1);
                        default -> ControlCharacters.isHeldBack(c) ? i + 1 : word(c, i + 1);
                    };
        }
        endWords();
        return spans;
    }

    /** Parses the tag that a pipe begins; returns the place after it. */
    private int tag(int at) {
        int i = at + 1;
        if (i == markup.length()) {
            return word('|', i);
        }
        char c = markup.charAt(i);
        return switch (c) {
            case '|' -> word('|', i + 1);
            case 'n' -> add(new Reset(), i + 1);
            case '/' -> lineBreak(i + 1);
            case '-' -> word('\t', i + 1);
            case '_' -> word(' ', i + 1);
            case '>' -> {
                words.append("    ");
                yield i + 1;
            }
            case 'h', 'H' -> style(Effect.BOLD, c == 'h', i);
            case 'i', 'I' -> style(Effect.ITALIC, c == 'i', i);
            case 'u', 'U' -> style(Effect.UNDERLINE, c == 'u', i);
            case 's', 'S' -> style(Effect.STRIKE, c == 's', i);
            case '^' -> style(Effect.BLINK, true, i);
            case '*' -> style(Effect.INVERSE, true, i);
            case '!' -> keepingWeight(i);
            case '[' -> colour(Ground.BACKGROUND, i + 1, at);
            case 'l' -> link(at);
            default -> colour(Ground.FOREGROUND, i, at);
        };
    }

    private int style(Effect effect, boolean on, int i) {
        return add(new Style(effect, on), i + 1);
    }

    /** {@code |!R}: the colour alone, as bright as it was. */
    private int keepingWeight(int bang) {
        int index = index(bang + 1, NAMED.toUpperCase(java.util.Locale.ROOT));
        return index < 0
                ? word('|', bang)
                : add(new Paint(Ground.FOREGROUND, new Named(index, Weight.AS_BEFORE)), bang + 2);
    }

    private int colour(Ground ground, int i, int pipe) {
        if (i >= markup.length()) {
            return word('|', pipe + 1);
        }
        char c = markup.charAt(i);
        if (c == '#') {
            return hex(ground, i + 1, pipe);
        }
        if (c == '=') {
            int level = index(i + 1, "abcdefghijklmnopqrstuvwxyz");
            return level < 0 ? word('|', pipe + 1) : add(new Paint(ground, new Grey(level)), i + 2);
        }
        if (digit(i) >= 0 && digit(i + 1) >= 0 && digit(i + 2) >= 0) {
            return add(new Paint(ground, new Cube(digit(i), digit(i + 1), digit(i + 2))), i + 3);
        }
        int index = NAMED.indexOf(Character.toLowerCase(c));
        if (index < 0) {
            return word('|', pipe + 1);
        }
        return add(new Paint(ground, named(ground, index, Character.isLowerCase(c))), i + 1);
    }

    /** The 16 colours have no bright backgrounds, so it becomes one of the cube. */
    private static Colour named(Ground ground, int index, boolean bright) {
        if (ground == Ground.FOREGROUND) {
            return new Named(index, bright ? Weight.BRIGHT : Weight.DARK);
        }
        if (!bright) {
            return new Named(index, Weight.AS_BEFORE);
        }
        return index == 0
                ? new Cube(2, 2, 2)
                : new Cube(5 * (index & 1), 5 * (index >> 1 & 1), 5 * (index >> 2 & 1));
    }

    private int hex(Ground ground, int i, int pipe) {
        for (int digits : new int[] {6, 3}) {
            if (isHex(i, digits)) {
                int n = Integer.parseInt(markup, i, i + digits, 16);
                Rgb rgb =
                        digits == 6
                                ? new Rgb(n >> 16, n >> 8 & 0xff, n & 0xff)
                                : new Rgb(0x11 * (n >> 8), 0x11 * (n >> 4 & 0xf), 0x11 * (n & 0xf));
                return add(new Paint(ground, rgb), i + digits);
            }
        }
        return word('|', pipe + 1);
    }

    private boolean isHex(int from, int digits) {
        if (from + digits > markup.length()) {
            return false;
        }
        for (int i = from; i < from + digits; i++) {
            if ("0123456789abcdefABCDEF".indexOf(markup.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private int digit(int i) {
        return index(i, "012345");
    }

    private int index(int i, String among) {
        return i < markup.length() ? among.indexOf(markup.charAt(i)) : -1;
    }

    private int link(int pipe) {
        boolean command = markup.startsWith("|lc", pipe);
        if (linksAreOver || (!command && !markup.startsWith("|lu", pipe))) {
            return word('|', pipe + 1);
        }
        int label = find("|lt", pipe + 3);
        int end = label < 0 ? -1 : find("|le", label + 3);
        if (end < 0) {
            linksAreOver = true; // nothing later closes either: spares a second look
            return word('|', pipe + 1);
        }
        String target = words(parse(markup.substring(pipe + 3, label)));
        List<Span> shown = parse(markup.substring(label + 3, end));
        return add(new Link(command ? Link.Kind.COMMAND : Link.Kind.URL, target, shown), end + 3);
    }

    /** The next place of a tag that does not follow an escaped pipe, or -1. */
    private int find(String tag, int from) {
        int i = from;
        while (i < markup.length()) {
            if (markup.startsWith("||", i)) {
                i += 2;
            } else if (markup.startsWith(tag, i)) {
                return i;
            } else {
                i++;
            }
        }
        return -1;
    }

    /** The words of spans, without styles, line ends and controls. */
    static String words(List<Span> spans) {
        StringBuilder text = new StringBuilder();
        for (Span span : spans) {
            switch (span) {
                case Span.Words(String words) ->
                        words.chars()
                                .filter(c -> !Character.isISOControl(c))
                                .forEach(c -> text.append((char) c));
                case Link link -> text.append(words(link.label()));
                case Span.LineBreak _, Style _, Paint _, Reset _, Span.Sgr _ -> {}
            }
        }
        return text.toString();
    }

    /** Adds an SGR sequence as a span; skips any other sequence. */
    private int escapeSequence(int esc) {
        int i = esc + 1;
        if (i == markup.length()) {
            return i;
        }
        char kind = markup.charAt(i);
        if (kind == '[') {
            return controlSequence(i + 1);
        }
        if (kind == ']' || kind == 'P' || kind == 'X' || kind == '^' || kind == '_') {
            return behindString(i + 1);
        }
        while (i < markup.length() && markup.charAt(i) >= ' ' && markup.charAt(i) < '0') {
            i++; // intermediates, as in ESC ( B
        }
        return i == markup.length() || Character.isISOControl(markup.charAt(i)) ? i : i + 1;
    }

    private int controlSequence(int from) {
        int i = from;
        while (i < markup.length() && markup.charAt(i) >= ' ' && markup.charAt(i) < '@') {
            i++; // parameters and intermediates (ECMA-48, 5.4)
        }
        if (i == markup.length() || markup.charAt(i) > '~') {
            return i;
        }
        if (markup.charAt(i) == 'm') {
            sgr(markup.substring(from, i));
        }
        return Character.isISOControl(markup.charAt(i)) ? i : i + 1;
    }

    private void sgr(String parameters) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : parameters.split(";", -1)) {
            if (number.length() > 3 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return;
            }
            numbers.add(number.isEmpty() ? 0 : Integer.parseInt(number));
        }
        if (numbers.size() <= MAX_SGR_PARAMETERS) {
            add(new Span.Sgr(numbers), 0);
        }
    }

    /** The place after a control string (OSC, DCS, …), which ends with BEL or ESC \. */
    private int behindString(int from) {
        for (int i = from; i < markup.length(); i++) {
            if (markup.charAt(i) == '\u0007') {
                return i + 1;
            }
            if (markup.startsWith("\u001b\\", i)) {
                return i + 2;
            }
        }
        return markup.length();
    }

    private int word(char c, int next) {
        words.append(c);
        return next;
    }

    private int lineBreak(int next) {
        return add(new Span.LineBreak(), next);
    }

    private int add(Span span, int next) {
        endWords();
        spans.add(span);
        return next;
    }

    private void endWords() {
        if (!words.isEmpty()) {
            spans.add(new Span.Words(words.toString()));
            words.setLength(0);
        }
    }
}
