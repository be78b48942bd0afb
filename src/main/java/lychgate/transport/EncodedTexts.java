package lychgate.transport;

import lychgate.text.RenderStyle;
import lychgate.text.Renderer;

import java.nio.charset.Charset;

/**
 * Texts as bytes, rendered and encoded once for all clients with the same style and character set.
 * Thread safe.
 */
public final class EncodedTexts {
    private final TextCache<Text, byte[]> cache = new TextCache<>();

    private record Text(String markup, RenderStyle style, Charset charset, boolean line) {
        byte[] encoded() {
            String text = Renderer.render(markup, style);
            String ended = line && !text.endsWith("\n") ? text + "\n" : text;
            return ended.replace("\n", "\r\n").getBytes(charset);
        }
    }

    /**
     * Returns the bytes of a text, which must not be modified.
     *
     * @param line whether to end the text with a line end, if it has none
     */
    public byte[] encode(String markup, RenderStyle style, Charset charset, boolean line) {
        return cache.get(new Text(markup, style, charset, line), markup.length(), Text::encoded);
    }
}
