package lychgate.transport;

import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Texts as bytes, each made once for all clients that are shown it alike: a shout to a thousand
 * players is rendered a few times, not a thousand. Any thread may ask.
 *
 * <p>Remembers the last few by their hash; two threads that miss at once both make it, which is
 * harmless.
 */
public final class EncodedTexts {
    /** Texts remembered. A broadcast is over before so many others have been sent. */
    private static final int SLOTS = 64;

    /** Characters above which a text is not remembered: bounds what is held to about a megabyte. */
    private static final int MAX_REMEMBERED = 4 * 1024;

    private final AtomicReferenceArray<@Nullable Encoded> slots = new AtomicReferenceArray<>(SLOTS);

    private record Encoded(
            String markup, RenderStyle style, Charset charset, boolean line, byte[] bytes) {
        boolean is(String otherMarkup, RenderStyle otherStyle, Charset other, boolean asLine) {
            return line == asLine
                    && charset.equals(other)
                    && style.equals(otherStyle)
                    && markup.equals(otherMarkup);
        }
    }

    /**
     * The bytes of a text, which must not be changed.
     *
     * @param line whether it stands on a line of its own, and ends it
     */
    public byte[] encode(String markup, RenderStyle style, Charset charset, boolean line) {
        int slot = hash(markup, style, charset, line) & (SLOTS - 1);
        Encoded known = slots.get(slot);
        if (known != null && known.is(markup, style, charset, line)) {
            return known.bytes;
        }
        byte[] bytes = lines(Renderer.render(markup, style), line).getBytes(charset);
        if (markup.length() <= MAX_REMEMBERED) {
            slots.set(slot, new Encoded(markup, style, charset, line, bytes));
        }
        return bytes;
    }

    private static int hash(String markup, RenderStyle style, Charset charset, boolean line) {
        int hash = 31 * (31 * markup.hashCode() + style.hashCode()) + charset.hashCode();
        return 2 * hash + (line ? 1 : 0);
    }

    private static String lines(String text, boolean line) {
        String ended = line && !text.endsWith("\n") ? text + "\n" : text;
        return ended.replace("\n", "\r\n");
    }
}
