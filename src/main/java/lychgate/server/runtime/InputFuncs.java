package lychgate.server.runtime;

import lychgate.server.InputFunc;
import lychgate.server.ServerSession;
import lychgate.session.CommandTuple;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The table of inputfuncs. Names are case-insensitive. */
final class InputFuncs {
    /** The name of the inputfunc that handles what no other does. */
    static final String DEFAULT = "default";

    private final Map<String, Entry> byName = new TreeMap<>();

    private record Entry(String description, InputFunc func) {}

    void put(String name, String description, InputFunc func) {
        byName.put(name.toLowerCase(Locale.ROOT), new Entry(description, func));
    }

    void handle(ServerSession session, CommandTuple input) {
        Entry entry = byName.get(input.name().toLowerCase(Locale.ROOT));
        Entry otherwise = byName.get(DEFAULT);
        if (entry != null) {
            entry.func.handle(session, input);
        } else if (otherwise != null) {
            otherwise.func.handle(session, input);
        }
    }

    /** All names, each with its description. */
    Map<String, String> descriptions() {
        Map<String, String> all = new LinkedHashMap<>();
        byName.forEach((name, entry) -> all.put(name, entry.description));
        return all;
    }
}
