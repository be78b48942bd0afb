package lychgate.oob;

import static java.util.stream.Collectors.joining;

import lychgate.session.CommandTuple;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Commands as GMCP: {@code Package.Name} and a JSON value. Underscores in a name become the dots of
 * a package; a name without underscores is in the package {@code Core}. A few names are mapped to
 * those that clients expect.
 *
 * <pre>
 * (cmd_name, (), {})            Cmd.Name
 * (cmd_name, (arg,), {})        Cmd.Name arg
 * (cmd_name, (args,…), {})      Cmd.Name [arg, arg…]
 * (cmd_name, (), {kwargs})      Cmd.Name {kwargs}
 * (cmdname, (args,…), {kwargs}) Core.Cmdname [[args],{kwargs}]
 * </pre>
 */
public final class Gmcp {
    private static final String CORE = "core.";

    private static final Map<String, String> OUTGOING =
            Map.of(
                    "client_options", "Core.Supports.Get",
                    "get_inputfuncs", "Core.Commands.Get",
                    "get_value", "Char.Value.Get",
                    "repeat", "Char.Repeat.Update",
                    "monitor", "Char.Monitor.Update");

    private static final Map<String, String> INCOMING =
            Map.of(
                    "core.hello", "client_options",
                    "core.supports.get", "client_options",
                    "core.commands.get", "get_inputfuncs",
                    "char.value.get", "get_value",
                    "char.repeat.update", "repeat",
                    "char.monitor.update", "monitor");

    private Gmcp() {}

    /** The message for a command: what goes between {@code IAC SB GMCP} and {@code IAC SE}. */
    public static byte[] encode(CommandTuple command) {
        String name = packageName(command.name());
        String message = hasBody(command) ? name + " " + Json.write(body(command)) : name;
        return message.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a message.
     *
     * @throws MalformedException if it has no name, is not UTF-8, its body is not JSON, or it
     *     exceeds an {@link Allowance}
     */
    public static CommandTuple decode(byte[] message) throws MalformedException {
        String text = utf8(message);
        int end = endOfName(text);
        String name = commandName(text.substring(0, end));
        String body = text.substring(end).strip();
        if (body.isEmpty()) {
            return CommandTuple.of(name);
        }
        Object value = Json.read(body);
        return switch (value) {
            case Map<?, ?> kwargs -> new CommandTuple(name, List.of(), Values.table(kwargs));
            case List<?> list when isArgsAndKwargs(list) ->
                    new CommandTuple(
                            name,
                            Values.list((List<?>) list.get(0)),
                            Values.table((Map<?, ?>) list.get(1)));
            case List<?> args -> new CommandTuple(name, Values.list(args), Map.of());
            case null, default -> CommandTuple.of(name).arg(value);
        };
    }

    /** The GMCP name of a command. A name that contains a dot is a GMCP name already. */
    static String packageName(String command) {
        String fixed = OUTGOING.get(command.toLowerCase(Locale.ROOT));
        if (fixed != null) {
            return fixed;
        }
        if (command.indexOf('.') >= 0) {
            return command;
        }
        if (command.indexOf('_') < 0) {
            return "Core." + capitalised(command);
        }
        return Stream.of(command.split("_", -1)).map(Gmcp::capitalised).collect(joining("."));
    }

    /** The command name for a GMCP package name. */
    private static String commandName(String packageName) throws MalformedException {
        String lower = packageName.toLowerCase(Locale.ROOT);
        String fixed = INCOMING.get(lower);
        if (fixed != null) {
            return fixed;
        }
        String name = lower.startsWith(CORE) ? lower.substring(CORE.length()) : lower;
        if (name.chars().noneMatch(Character::isLetterOrDigit)) {
            throw new MalformedException("no name");
        }
        return name.replace('.', '_');
    }

    /** Capitalizes a part of a name; one that is all capitals stays as it is. */
    private static String capitalised(String part) {
        if (part.isEmpty() || part.equals(part.toUpperCase(Locale.ROOT))) {
            return part;
        }
        return part.substring(0, 1).toUpperCase(Locale.ROOT)
                + part.substring(1).toLowerCase(Locale.ROOT);
    }

    private static boolean hasBody(CommandTuple command) {
        return !command.args().isEmpty() || !command.kwargs().isEmpty();
    }

    private static @Nullable Object body(CommandTuple command) {
        if (command.kwargs().isEmpty()) {
            return command.args().size() == 1 ? command.args().getFirst() : command.args();
        }
        return command.args().isEmpty()
                ? command.kwargs()
                : List.of(command.args(), command.kwargs());
    }

    private static boolean isArgsAndKwargs(List<?> list) {
        return list.size() == 2 && list.get(0) instanceof List && list.get(1) instanceof Map;
    }

    /** A name ends at white space, or where a body begins without any. */
    public static int endOfName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || c == '{' || c == '[' || c == '"') {
                return i;
            }
        }
        return text.length();
    }

    private static String utf8(byte[] bytes) throws MalformedException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("not UTF-8");
        }
    }
}
