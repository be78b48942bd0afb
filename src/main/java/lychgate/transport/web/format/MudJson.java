package lychgate.transport.web.format;

import lychgate.oob.Gmcp;
import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.session.CommandTuple;
import lychgate.session.Values;
import lychgate.text.RenderStyle;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code json.mudstandards.org}, as of 2025-12-06: binary messages carry what is typed and shown,
 * text messages an {@link Envelope} each. Prompts come in one too, and so does the size of the
 * client's window.
 */
public final class MudJson implements Format {
    private static final String KIND = "json";
    private static final String GMCP = "gmcp";
    private static final String CLOSE = "websocket_close";

    /** Columns or rows beyond which a size is not believed. */
    private static final int MAX_SIZE = 65_535;

    @Override
    public Message text(CommandTuple text, RenderStyle style) {
        return Terminal.BINARY.text(text, style);
    }

    @Override
    public Message prompt(CommandTuple prompt, RenderStyle style, boolean hidden) {
        return new Message.Text(
                new Envelope(CommandTuple.PROMPT, "", Ansi.prompt(prompt, style)).write());
    }

    /** GMCP, name and body apart. */
    @Override
    public Message command(CommandTuple command) {
        String gmcp = new String(Gmcp.encode(command), StandardCharsets.UTF_8);
        int end = gmcp.indexOf(' ');
        String name = end < 0 ? gmcp : gmcp.substring(0, end);
        String body = end < 0 ? "" : gmcp.substring(end + 1);
        return new Message.Text(new Envelope(GMCP, name, body).write());
    }

    @Override
    public List<Received> read(Message message) {
        return switch (message) {
            case Message.Binary _ -> Terminal.typed(message, KIND);
            case Message.Text(String json) -> read(Envelope.read(json));
        };
    }

    private static List<Received> read(@Nullable Envelope envelope) {
        if (envelope == null) {
            return List.of(new Received.Malformed(KIND));
        }
        return switch (envelope.proto().toLowerCase(Locale.ROOT)) {
            case GMCP ->
                    envelope.id().isEmpty()
                            ? List.of(new Received.Malformed(KIND))
                            : MudGmcp.command(envelope.id() + " " + envelope.data());
            case CommandTuple.TEXT ->
                    envelope.data().isEmpty() ? List.of() : Utf8.lines(envelope.data());
            case CLOSE -> List.of(new Received.Leaves());
            case "terminal" -> size(envelope);
            default -> List.of(command(envelope));
        };
    }

    /** {@code {"proto":"terminal","id":"size","data":{"cols":80,"rows":24}}}. */
    private static List<Received> size(Envelope envelope) {
        try {
            if (envelope.id().equals("size")
                    && Json.read(envelope.data()) instanceof Map<?, ?> size
                    && size.get("cols") instanceof Long columns
                    && size.get("rows") instanceof Long rows
                    && isSize(columns)
                    && isSize(rows)) {
                return List.of(new Received.Size(columns.intValue(), rows.intValue()));
            }
        } catch (MalformedException e) {
            return List.of(new Received.Malformed(e.kind(KIND)));
        }
        return List.of(new Received.Malformed(KIND));
    }

    private static boolean isSize(long cells) {
        return cells > 0 && cells <= MAX_SIZE;
    }

    /** Any other protocol: its id is the command's name, or it is one itself. */
    private static Received command(Envelope envelope) {
        String name = envelope.id().isEmpty() ? envelope.proto() : envelope.id();
        if (name.isBlank()) {
            return new Received.Malformed(KIND);
        }
        if (envelope.data().isBlank()) {
            return new Received.Command(CommandTuple.of(name));
        }
        try {
            return new Received.Command(
                    switch (Json.read(envelope.data())) {
                        case Map<?, ?> kwargs ->
                                new CommandTuple(name, List.of(), Values.table(kwargs));
                        case List<?> args -> new CommandTuple(name, Values.list(args), Map.of());
                        case null -> CommandTuple.of(name).arg(null);
                        case Object value -> CommandTuple.of(name).arg(value);
                    });
        } catch (MalformedException e) {
            return new Received.Command(CommandTuple.of(name, envelope.data())); // no JSON: a text
        }
    }

    @Override
    public OutOfBand outOfBand() {
        return OutOfBand.GMCP;
    }
}
