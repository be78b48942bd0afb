package lychgate.transport.web.format;

import lychgate.session.CommandTuple;
import lychgate.session.Values;
import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

/** Texts as a terminal in a browser shows them. */
final class Ansi {
    private Ansi() {}

    /** A text on lines of its own. */
    static String lines(CommandTuple text, RenderStyle style) {
        String shown = Renderer.render(Values.text(text.argument(0)), style);
        return ended(shown.endsWith("\n") ? shown : shown + "\n");
    }

    /** What stands before the player's input. */
    static String prompt(CommandTuple prompt, RenderStyle style) {
        return ended(Renderer.render(Values.text(prompt.argument(0)), style));
    }

    private static String ended(String lines) {
        return lines.replace("\n", "\r\n");
    }
}
