package lychgate.transport.web.session;

import lychgate.session.CommandTuple;
import lychgate.session.Values;
import lychgate.text.RenderStyle;
import lychgate.transport.TextCache;
import lychgate.transport.web.format.Format;
import lychgate.transport.web.format.Frames;

import java.util.List;

/** Texts as frames, made once for all clients with the same format and style. Thread safe. */
public final class SharedTexts {
    private final TextCache<Text, List<byte[]>> cache = new TextCache<>();

    private record Text(Format format, CommandTuple command, RenderStyle style) {
        List<byte[]> frames() {
            return Frames.of(format.text(command, style));
        }
    }

    /** The frames of a text, which must not be changed. */
    List<byte[]> frames(Format format, CommandTuple text, RenderStyle style) {
        int length = Values.text(text.argument(0)).length();
        return cache.get(new Text(format, text, style), length, Text::frames);
    }
}
