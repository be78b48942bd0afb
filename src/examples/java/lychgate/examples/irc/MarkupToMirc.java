package lychgate.examples.irc;

import lychgate.text.Colour;
import lychgate.text.Colour.Cube;
import lychgate.text.Colour.Grey;
import lychgate.text.Colour.Named;
import lychgate.text.Colour.Rgb;
import lychgate.text.Colour.Weight;
import lychgate.text.Span;
import lychgate.text.Span.Effect;
import lychgate.text.Span.Ground;
import lychgate.text.Span.Link;
import lychgate.text.Spans;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Turns the game's markup into lines of IRC, with mIRC's colours and styles. */
final class MarkupToMirc {
    private static final char COLOUR = '\u0003';
    private static final char PLAIN = '\u000f';
    private static final int DEFAULT_COLOUR = 99;

    /** Longest line in characters; whoever writes more has not written it for IRC. */
    private static final int MAX_LINE = 8_000;

    /** The dark and the bright form of the eight colours, among mIRC's sixteen. */
    private static final int[] DARK = {1, 5, 3, 7, 2, 6, 10, 15};

    private static final int[] BRIGHT = {14, 4, 9, 8, 12, 13, 11, 0};

    /** mIRC's sixteen colours as RGB, to find the nearest. */
    private static final int[] PALETTE = {
        0xffffff, 0x000000, 0x00007f, 0x009300, 0xff0000, 0x7f0000, 0x9c009c, 0xfc7f00, 0xffff00,
        0x00fc00, 0x009393, 0x00ffff, 0x0000fc, 0xff00ff, 0x7f7f7f, 0xd2d2d2
    };

    /** How bright each step of the cube is. */
    private static final int[] STEPS = {0, 0x5f, 0x87, 0xaf, 0xd7, 0xff};

    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private final Set<Effect> styles = EnumSet.noneOf(Effect.class);
    private int letters = DEFAULT_COLOUR;
    private int ground = DEFAULT_COLOUR;
    private boolean afterColour;
    private boolean hasWords;

    private MarkupToMirc() {}

    /** The lines, none of them empty. */
    static List<String> lines(String markup) {
        MarkupToMirc converting = new MarkupToMirc();
        Spans.parse(markup).forEach(converting::add);
        converting.endLine();
        return converting.lines;
    }

    private void add(Span span) {
        switch (span) {
            case Span.Words(String words) -> words(words);
            case Span.LineBreak() -> endLine();
            case Span.Style(Effect effect, boolean on) -> style(effect, on);
            case Span.Paint(Ground of, Colour colour) -> paint(of, colour);
            case Span.Reset() -> reset();
            case Span.Sgr _ -> {} // for terminals
            case Link(Link.Kind kind, String target, List<Span> label) -> {
                label.forEach(this::add);
                if (kind == Link.Kind.URL && !label.equals(List.of(new Span.Words(target)))) {
                    words(" (" + target + ")");
                }
            }
        }
    }

    private void words(String words) {
        StringBuilder visible = new StringBuilder(words.length());
        words.replace("\t", "    ")
                .chars()
                .filter(c -> !Character.isISOControl(c))
                .forEach(c -> visible.append((char) c));
        if (visible.isEmpty() || line.length() > MAX_LINE) {
            return;
        }
        if (afterColour) {
            separate(visible.charAt(0));
        }
        afterColour = false;
        hasWords = true;
        line.append(visible);
    }

    /** A code would take a digit, or a comma, that follows it for its own. */
    private void separate(char next) {
        int digit = line.length() - 1;
        char before = line.charAt(digit - 1);
        if (Character.isDigit(next) && (before == COLOUR || before == ',')) {
            line.insert(digit, '0');
        } else if (next == ',') {
            line.append("\u0002\u0002"); // bold on and off
        }
    }

    private void style(Effect effect, boolean on) {
        if (on ? !styles.add(effect) : !styles.remove(effect)) {
            return;
        }
        switch (effect) {
            case BOLD -> toggle('\u0002');
            case ITALIC -> toggle('\u001d');
            case UNDERLINE -> toggle('\u001f');
            case INVERSE -> toggle('\u0016');
            case STRIKE -> toggle('\u001e');
            case BLINK -> {} // IRC has none
        }
    }

    private void toggle(char code) {
        line.append(code);
        afterColour = false;
    }

    private void paint(Ground of, Colour colour) {
        switch (of) {
            case FOREGROUND -> letters = foreground(colour);
            case BACKGROUND -> ground = background(colour);
        }
        line.append(COLOUR).append(letters);
        if (ground != DEFAULT_COLOUR) {
            line.append(',').append(ground);
        }
        afterColour = true;
    }

    private static int foreground(Colour colour) {
        return switch (colour) {
            case Named(int index, Weight weight) ->
                    weight == Weight.BRIGHT ? BRIGHT[index] : DARK[index];
            case Cube cube -> nearest(rgb(cube));
            case Grey(int level) -> nearest(0x010101 * (255 * level / 25));
            case Rgb(int red, int green, int blue) -> nearest(red << 16 | green << 8 | blue);
        };
    }

    /** As Evennia, the pure colours are dark behind letters, which then can be read. */
    private static int background(Colour colour) {
        if (colour instanceof Cube(int red, int green, int blue)
                && red % 5 == 0
                && green % 5 == 0
                && blue % 5 == 0) {
            return DARK[(red / 5) + 2 * (green / 5) + 4 * (blue / 5)];
        }
        return colour.equals(new Cube(2, 2, 2)) ? DARK[0] : foreground(colour);
    }

    private static int rgb(Cube cube) {
        return STEPS[cube.red()] << 16 | STEPS[cube.green()] << 8 | STEPS[cube.blue()];
    }

    private static int nearest(int rgb) {
        int best = 0;
        for (int i = 1; i < PALETTE.length; i++) {
            if (distance(rgb, PALETTE[i]) < distance(rgb, PALETTE[best])) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        int red = (one >> 16) - (other >> 16);
        int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
        int blue = (one & 0xff) - (other & 0xff);
        return red * red + green * green + blue * blue;
    }

    private void reset() {
        if (!styles.isEmpty()) {
            toggle(PLAIN);
        } else if (letters != DEFAULT_COLOUR || ground != DEFAULT_COLOUR) {
            line.append(COLOUR).append(DEFAULT_COLOUR);
            afterColour = true;
        }
        forget();
    }

    private void endLine() {
        if (hasWords) {
            lines.add(line.toString());
        }
        line.setLength(0);
        hasWords = false;
        forget();
        afterColour = false;
    }

    private void forget() {
        styles.clear();
        letters = DEFAULT_COLOUR;
        ground = DEFAULT_COLOUR;
    }
}
