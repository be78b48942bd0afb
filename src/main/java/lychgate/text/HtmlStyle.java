package lychgate.text;

import lychgate.text.Colour.Cube;
import lychgate.text.Colour.Grey;
import lychgate.text.Colour.Named;
import lychgate.text.Colour.Rgb;
import lychgate.text.Span.Effect;
import lychgate.text.Span.Ground;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The current style of a text rendered as HTML: its colours and effects. */
final class HtmlStyle {
    private static final int DEFAULT_FOREGROUND = 7;
    private static final int DEFAULT_BACKGROUND = 0;
    private static final int BRIGHT = 8;

    /** Effects that have a class of their own, in the order in which Evennia writes them. */
    private static final Map<Effect, String> CLASSES = classes();

    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private @Nullable Colour foreground;
    private @Nullable Colour background;

    /** A colour, either by its number among the 256 or exact. */
    private record Shade(int index, @Nullable Rgb exact) {}

    /** The attributes of an element with this style; empty for the default style. */
    String attributes() {
        List<String> classes = new ArrayList<>();
        List<String> styles = new ArrayList<>();
        describe(classes, styles);
        StringBuilder attributes = new StringBuilder();
        if (!classes.isEmpty()) {
            attributes.append(" class=\"").append(String.join(" ", classes)).append('"');
        }
        if (!styles.isEmpty()) {
            attributes.append(" style=\"").append(String.join(" ", styles)).append('"');
        }
        return attributes.toString();
    }

    private void describe(List<String> classes, List<String> styles) {
        Shade front = shade(foreground, DEFAULT_FOREGROUND, effects.contains(Effect.BOLD));
        boolean inverse = effects.contains(Effect.INVERSE);
        boolean brightBehind =
                background instanceof Named(int _, Colour.Weight weight)
                        && weight == Colour.Weight.BRIGHT;
        Shade behind = shade(background, DEFAULT_BACKGROUND, brightBehind);
        describe(
                inverse ? front : behind,
                DEFAULT_BACKGROUND,
                "bgcolor",
                "background-color",
                classes,
                styles);
        describe(inverse ? behind : front, DEFAULT_FOREGROUND, "color", "color", classes, styles);
        CLASSES.forEach(
                (effect, name) -> {
                    if (effects.contains(effect)) {
                        classes.add(name);
                    }
                });
    }

    private static void describe(
            Shade shade,
            int otherwise,
            String className,
            String property,
            List<String> classes,
            List<String> styles) {
        if (shade.exact != null) {
            styles.add(property + ": " + css(shade.exact) + ";");
        } else if (shade.index != otherwise) {
            classes.add(String.format(Locale.ROOT, "%s-%03d", className, shade.index));
        }
    }

    /** A colour as the page's stylesheet knows it; bold makes the first eight bright. */
    private static Shade shade(@Nullable Colour colour, int otherwise, boolean bold) {
        if (colour instanceof Rgb rgb) {
            return new Shade(rgb.cube().index(), rgb);
        }
        int index = colour == null ? otherwise : plainIndex(colour);
        return new Shade(bold && index < BRIGHT ? index + BRIGHT : index, null);
    }

    private static int plainIndex(Colour colour) {
        return switch (colour) {
            case Named named -> named.index();
            case Cube cube -> cube.index();
            case Grey grey -> grey.index();
            case Rgb rgb -> rgb.cube().index();
        };
    }

    private static String css(Rgb rgb) {
        return String.format(Locale.ROOT, "#%02x%02x%02x", rgb.red(), rgb.green(), rgb.blue());
    }

    /** Switches an effect on or off. */
    void set(Effect effect, boolean on) {
        if (on) {
            effects.add(effect);
        } else {
            effects.remove(effect);
        }
    }

    /** Sets a colour; a bright or dark foreground also sets or clears bold. */
    void paint(Ground ground, Colour colour) {
        if (ground == Ground.BACKGROUND) {
            background = colour;
            return;
        }
        foreground = colour;
        if (colour instanceof Named(int _, Colour.Weight weight)
                && weight != Colour.Weight.AS_BEFORE) {
            set(Effect.BOLD, weight == Colour.Weight.BRIGHT);
        }
    }

    /** Returns to the default style. */
    void reset() {
        foreground = null;
        background = null;
        effects.clear();
    }

    /** Applies the parameters of an SGR sequence. */
    void sgr(List<Integer> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            int p = parameters.get(i);
            if (p == 38 || p == 48) {
                Ground ground = p == 38 ? Ground.FOREGROUND : Ground.BACKGROUND;
                if (i + 2 < parameters.size() && parameters.get(i + 1) == 5) {
                    paint(ground, indexed(parameters.get(i + 2) & 0xff));
                    i += 2;
                } else if (i + 4 < parameters.size() && parameters.get(i + 1) == 2) {
                    paint(
                            ground,
                            new Rgb(
                                    parameters.get(i + 2) & 0xff,
                                    parameters.get(i + 3) & 0xff,
                                    parameters.get(i + 4) & 0xff));
                    i += 4;
                }
            } else {
                sgr(p);
            }
        }
    }

    private void sgr(int p) {
        if (p == 0) {
            reset();
        } else if (p >= 30 && p <= 37) {
            foreground = new Named(p - 30, Colour.Weight.AS_BEFORE);
        } else if (p == 39) {
            foreground = null;
        } else if (p >= 40 && p <= 47) {
            background = new Named(p - 40, Colour.Weight.AS_BEFORE);
        } else if (p == 49) {
            background = null;
        } else {
            for (Effect effect : Effect.values()) {
                if (p == effect.sgr(true) || p == effect.sgr(false)) {
                    set(effect, p == effect.sgr(true));
                }
            }
        }
    }

    private static Colour indexed(int index) {
        if (index < BRIGHT) {
            return new Named(index, Colour.Weight.DARK);
        }
        if (index < 16) {
            return new Named(index - BRIGHT, Colour.Weight.BRIGHT);
        }
        if (index >= 232) {
            return new Grey(index - 231);
        }
        int n = index - 16;
        return new Cube(n / 36, n / 6 % 6, n % 6);
    }

    private static Map<Effect, String> classes() {
        Map<Effect, String> classes = new LinkedHashMap<>();
        classes.put(Effect.BLINK, "blink");
        classes.put(Effect.UNDERLINE, "underline");
        classes.put(Effect.ITALIC, "italic");
        classes.put(Effect.STRIKE, "strike");
        return classes;
    }
}
