package lychgate.transport.web.format;

import lychgate.session.CommandTuple;
import lychgate.text.RenderStyle;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/**
 * A terminal without telnet: UTF-8 and ANSI, and nothing out of band. {@code
 * terminal.mudstandards.org} sends it in binary messages, {@code ascii} in text messages. What is
 * typed may come in either.
 */
public final class Terminal implements Format {
    /** {@code terminal.mudstandards.org}. */
    public static final Terminal BINARY = new Terminal(Message.Binary::utf8);

    /** FluffOS's {@code ascii}. */
    public static final Terminal TEXT = new Terminal(Message.Text::new);

    private static final String KIND = "terminal";

    private final Function<String, Message> carried;

    private Terminal(Function<String, Message> carried) {
        this.carried = carried;
    }

    @Override
    public Message text(CommandTuple text, RenderStyle style) {
        return carried.apply(Ansi.lines(text, style));
    }

    @Override
    public Message prompt(CommandTuple prompt, RenderStyle style, boolean hidden) {
        return carried.apply(Ansi.prompt(prompt, style));
    }

    @Override
    public @Nullable Message command(CommandTuple command) {
        return null;
    }

    @Override
    public List<Received> read(Message message) {
        return typed(message, KIND);
    }

    /** Lines that were typed; nothing at all is not Enter here, but a sign of life. */
    static List<Received> typed(Message message, String kind) {
        String typed = Utf8.text(message);
        if (typed == null) {
            return List.of(new Received.Malformed(kind));
        }
        return typed.isEmpty() ? List.of() : Utf8.lines(typed);
    }

    @Override
    public OutOfBand outOfBand() {
        return OutOfBand.NONE;
    }
}
