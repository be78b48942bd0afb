package lychgate.transport;

import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A cache of rendered and encoded texts. Clients with the same style and character set share one
 * encoding: a shout to a thousand players is rendered a few times, not a thousand. Thread safe.
 *
 * <p>Keeps the latest text of each hash slot; two threads that miss at the same time both encode
 * it, which is harmless.
 */
public final class EncodedTexts {
    /** Cached texts. A broadcast is over before this many others have been sent. */
    private static final int SLOTS = 64;

    /** Maximum length of a cached text, in characters; bounds the cache to about 1 MB. */
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
     * Returns the bytes of a text, which must not be modified.
     *
     * @param line whether to end the text with a line end, if it has none
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
