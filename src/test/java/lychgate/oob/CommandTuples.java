package lychgate.oob;

import lychgate.session.CommandTuple;
import lychgate.session.Values;

import java.util.List;
import java.util.Map;

/** Commands from {@code ["name",[args],{kwargs}]}, as tests write them. */
final class CommandTuples {
    private CommandTuples() {}

    static CommandTuple read(String json) throws MalformedException {
        if (Json.read(json) instanceof List<?> parts
                && parts.get(0) instanceof String name
                && parts.get(1) instanceof List<?> args
                && parts.get(2) instanceof Map<?, ?> kwargs) {
            return new CommandTuple(name, Values.list(args), Values.table(kwargs));
        }
        throw new IllegalArgumentException(json);
    }
}
