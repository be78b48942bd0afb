package lychgate.transport.web.format;

import lychgate.oob.Json;
import lychgate.oob.MalformedException;
import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Values;
import lychgate.text.HtmlRenderer;
import lychgate.text.RenderStyle;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code v1.evennia.com}: every command is a JSON array, {@code ["name",[args],{kwargs}]}, both
 * ways. Text and prompts are HTML that is safe to insert.
 */
public final class V1 implements Format {
    private static final String KIND = "v1";

    /** How a prompt says that what is typed must not be seen. */
    private static final String TYPE = "type";

    private static final String PASSWORD = "password";

    private static final String CLOSE = "websocket_close";

    /** The keyword that carries an input's number. */
    private static final String NUMBER = "cseq";

    /** Names that are the portal's own: no client may tell the game so. */
    private static final Set<String> RESERVED = Set.of("options", "self");

    private static final V1 NUMBERED = new V1(true);

    private final boolean numbered;

    /** For clients whose session ends with its connection. */
    public V1() {
        this(false);
    }

    private V1(boolean numbered) {
        this.numbered = numbered;
    }

    @Override
    public Message text(CommandTuple text, RenderStyle style) {
        return shown(CommandTuple.TEXT, text, style);
    }

    @Override
    public Message prompt(CommandTuple prompt, RenderStyle style, boolean hidden) {
        CommandTuple typed = hidden ? prompt.kwarg(TYPE, PASSWORD) : prompt;
        return shown(CommandTuple.PROMPT, typed, style);
    }

    private static Message shown(String name, CommandTuple command, RenderStyle style) {
        List<@Nullable Object> args = new ArrayList<>(command.args());
        String html = HtmlRenderer.render(Values.text(command.argument(0)), style);
        if (args.isEmpty()) {
            args.add(html);
        } else {
            args.set(0, html);
        }
        CommandTuple bare = command.without(CommandTuple.OPTIONS);
        return message(new CommandTuple(name, args, bare.kwargs()));
    }

    @Override
    public Message command(CommandTuple command) {
        return message(command.without(CommandTuple.OPTIONS));
    }

    private static Message message(CommandTuple command) {
        return new Message.Text(Json.write(command));
    }

    @Override
    public List<Received> read(Message message) {
        String json = Utf8.text(message);
        try {
            if (json != null
                    && Json.read(json) instanceof List<?> parts
                    && parts.size() >= 3
                    && parts.get(0) instanceof String name
                    && parts.get(1) instanceof List<?> args
                    && parts.get(2) instanceof Map<?, ?> kwargs
                    && !name.isEmpty()) {
                return input(new CommandTuple(name, Values.list(args), Values.table(kwargs)));
            }
        } catch (MalformedException e) {
            return List.of(new Received.Malformed(e.kind(KIND)));
        }
        return List.of(new Received.Malformed(KIND));
    }

    private List<Received> input(CommandTuple command) {
        if (!numbered || !(command.kwargs().get(NUMBER) instanceof Long number)) {
            return read(command);
        }
        List<Received> all = new ArrayList<>();
        all.add(new Received.Numbered(number));
        all.addAll(read(command.without(NUMBER)));
        return all;
    }

    private static List<Received> read(CommandTuple command) {
        if (command.is(CommandTuple.TEXT)) {
            return command.argument(0) instanceof String typed
                    ? Utf8.lines(typed)
                    : List.of(new Received.Malformed(KIND));
        }
        if (command.is(CLOSE)) {
            return List.of(new Received.Leaves());
        }
        if (command.is(SessionMessage.NAME)) {
            SessionMessage message = SessionMessage.read(command);
            return List.of(
                    message == null
                            ? new Received.Malformed("session")
                            : new Received.Session(message));
        }
        if (RESERVED.stream().anyMatch(command::is)) {
            return List.of(new Received.Malformed("reserved_name"));
        }
        return List.of(new Received.Command(command.without(CommandTuple.OPTIONS)));
    }

    @Override
    public Format numbered() {
        return NUMBERED;
    }

    @Override
    public ColourDepth colours() {
        return ColourDepth.TRUECOLOR;
    }

    @Override
    public OutOfBand outOfBand() {
        return OutOfBand.PLAIN;
    }

    @Override
    public boolean hidesInput() {
        return true;
    }
}
