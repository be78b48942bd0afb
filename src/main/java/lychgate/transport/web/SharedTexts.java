package lychgate.transport.web;

import lychgate.session.CommandTuple;
import lychgate.text.RenderStyle;
import lychgate.transport.web.format.Format;
import lychgate.transport.web.format.Frames;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Texts as frames, each made once for all clients that are shown it alike: what {@link
 * lychgate.transport.EncodedTexts} is to telnet. Any thread may ask.
 */
final class SharedTexts {
    /** Texts remembered. A broadcast is over before so many others have been sent. */
    private static final int SLOTS = 64;

    /** Characters above which a text is not remembered: bounds what is held. */
    private static final int MAX_REMEMBERED = 4 * 1024;

    private final AtomicReferenceArray<@Nullable Made> slots = new AtomicReferenceArray<>(SLOTS);

    private record Made(Format format, CommandTuple text, RenderStyle style, List<byte[]> frames) {}

    /** The frames of a text, which must not be changed. */
    List<byte[]> frames(Format format, CommandTuple text, RenderStyle style) {
        if (!(text.argument(0) instanceof String markup) || markup.length() > MAX_REMEMBERED) {
            return Frames.of(format.text(text, style));
        }
        int slot = (31 * markup.hashCode() + format.hashCode()) & (SLOTS - 1);
        Made made = slots.get(slot);
        if (made == null
                || !made.format.equals(format)
                || !made.text.equals(text)
                || !made.style.equals(style)) {
            made = new Made(format, text, style, Frames.of(format.text(text, style)));
            slots.set(slot, made);
        }
        return made.frames;
    }
}
