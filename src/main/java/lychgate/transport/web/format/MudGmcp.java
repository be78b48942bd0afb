package lychgate.transport.web.format;

import lychgate.oob.Gmcp;
import lychgate.oob.MalformedException;
import lychgate.session.CommandTuple;
import lychgate.text.RenderStyle;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code gmcp.mudstandards.org}, as of 2025-12-06: binary messages carry what is typed and shown,
 * text messages GMCP, {@code Package.Name json}.
 */
public final class MudGmcp implements Format {
    private static final String KIND = "gmcp";

    @Override
    public Message text(CommandTuple text, RenderStyle style) {
        return Terminal.BINARY.text(text, style);
    }

    @Override
    public Message prompt(CommandTuple prompt, RenderStyle style, boolean hidden) {
        return Terminal.BINARY.prompt(prompt, style, hidden);
    }

    @Override
    public Message command(CommandTuple command) {
        return new Message.Text(new String(Gmcp.encode(command), StandardCharsets.UTF_8));
    }

    @Override
    public List<Received> read(Message message) {
        return switch (message) {
            case Message.Binary _ -> Terminal.typed(message, KIND);
            case Message.Text(String gmcp) -> command(gmcp);
        };
    }

    /** Reads a message of GMCP. */
    static List<Received> command(String gmcp) {
        try {
            return List.of(
                    new Received.Command(Gmcp.decode(gmcp.getBytes(StandardCharsets.UTF_8))));
        } catch (MalformedException e) {
            return List.of(new Received.Malformed(e.kind(KIND)));
        }
    }

    @Override
    public OutOfBand outOfBand() {
        return OutOfBand.GMCP;
    }
}
