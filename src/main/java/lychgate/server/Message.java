package lychgate.server;

import com.google.errorprone.annotations.CompileTimeConstant;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.text.Layout;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a game sends: words, a prompt, or any out-of-band command. Immutable; each method gives a
 * new one.
 *
 * <pre>{@code
 * session.msg("The bell |wrings|n.");
 * session.msg(Message.oob("room_info").kwarg("name", "Porch").kwarg("exits", List.of("north")));
 * session.msg(Message.of(new CharVitals(90, 100)), Message.prompt("> "));
 * }</pre>
 */
public final class Message {
    private final CommandTuple command;
    private final OutputOptions options;

    private Message(CommandTuple command, OutputOptions options) {
        this.command = command;
        this.options = options;
    }

    /** A line of text: markup that is a compile-time constant. */
    public static Message text(@CompileTimeConstant String markup) {
        return text(Markup.of(markup));
    }

    /** A line of text. */
    public static Message text(Markup words) {
        return new Message(CommandTuple.text(words.source()), OutputOptions.NONE);
    }

    /** Lines of text that are laid out for a client: a table, or columns. */
    public static Message text(Layout layout, ClientFacts client) {
        return text(layout.shownTo(client));
    }

    /** A prompt: markup that is a compile-time constant. */
    public static Message prompt(@CompileTimeConstant String markup) {
        return prompt(Markup.of(markup));
    }

    /** A prompt. */
    public static Message prompt(Markup words) {
        return new Message(
                CommandTuple.of(CommandTuple.PROMPT, words.source()), OutputOptions.NONE);
    }

    /** An out-of-band command without arguments, until some are added. */
    public static Message oob(String name) {
        return new Message(CommandTuple.of(name), OutputOptions.NONE);
    }

    /** An existing command. */
    public static Message of(CommandTuple command) {
        return new Message(command, OutputOptions.NONE);
    }

    /**
     * An out-of-band command from a record: named after the record ({@code CharVitals} becomes
     * {@code char_vitals}), with its components as keyword arguments, named in the same form.
     */
    public static Message of(Record event) {
        return new Message(
                new CommandTuple(
                        snakeCase(event.getClass().getSimpleName()), List.of(), table(event)),
                OutputOptions.NONE);
    }

    /** Adds an argument, which may be null. */
    public Message arg(@Nullable Object value) {
        return new Message(command.arg(plain(value)), options);
    }

    /** Adds arguments. */
    public Message args(@Nullable Object... values) {
        Message all = this;
        for (Object value : values) {
            all = all.arg(value);
        }
        return all;
    }

    /** Adds a keyword argument. */
    public Message kwarg(String key, @Nullable Object value) {
        return new Message(command.kwarg(key, plain(value)), options);
    }

    /** Shown as it is written, without interpreting markup. */
    public Message raw() {
        return option(OutputOption.RAW, true);
    }

    /** Shown without colour and style. */
    public Message noColour() {
        return option(OutputOption.NOCOLOR, true);
    }

    /**
     * Wrapped between words at the width of the client's window, also for clients that otherwise
     * wrap by themselves. Web pages always do so by themselves.
     *
     * <p>A line that fits stays as it is. A continued line is indented as the line that it
     * continues. Text for terminals that cannot wrap (SSH, telnet in character mode) is wrapped
     * without this; {@code option(OutputOption.WRAP, false)} prevents it.
     */
    public Message wrap() {
        return option(OutputOption.WRAP, true);
    }

    /** Shown with an option that overrides the settings of client and session. */
    public Message option(OutputOption option, boolean on) {
        return new Message(command, options.with(option, on));
    }

    /** The command to send over the link. */
    public CommandTuple command() {
        return options.said().isEmpty()
                ? command
                : command.kwarg(CommandTuple.OPTIONS, options.table());
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Markup markup -> markup.source();
            case PlayerText text -> text.typed();
            case Secret _ -> throw new IllegalArgumentException("a secret is not sent to clients");
            case Record event -> table(event);
            case Collection<?> items -> plain(items);
            case Map<?, ?> entries -> plain(entries);
            case null, default -> value;
        };
    }

    private static Map<String, @Nullable Object> plain(Map<?, ?> entries) {
        Map<String, @Nullable Object> table = new LinkedHashMap<>();
        entries.forEach((key, value) -> table.put(String.valueOf(key), plain(value)));
        return table;
    }

    private static List<@Nullable Object> plain(Collection<?> items) {
        List<@Nullable Object> list = new ArrayList<>();
        items.forEach(item -> list.add(plain(item)));
        return list;
    }

    private static Map<String, @Nullable Object> table(Record event) {
        Map<String, @Nullable Object> table = new LinkedHashMap<>();
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true); // the record may be a private one
                Object value = component.getAccessor().invoke(event);
                table.put(snakeCase(component.getName()), plain(value));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException(
                        event.getClass().getName() + " cannot be read as a command", e);
            }
        }
        return table;
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
