package lychgate.server.runtime;

import lychgate.server.GameHost;
import lychgate.server.InputFunc;
import lychgate.session.CommandTuple;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What clients may have repeated. It ends with the session that asked for it. */
final class Repeats {
    /** The shortest interval that a client may ask for. */
    static final int MIN_SECONDS = 5;

    /** The interval where a client asks for none. */
    static final int DEFAULT_SECONDS = 60;

    private final ServerSessionHandler handler;
    private final Map<String, InputFunc> byName = new TreeMap<>();

    /** Key of a repetition among what ends with a session. */
    private record Repetition(String name) {}

    Repeats(ServerSessionHandler handler) {
        this.handler = handler;
    }

    void put(String name, InputFunc func) {
        byName.put(key(name), func);
    }

    /**
     * Begins to repeat; the same again takes the place of what was. False: there is no such thing.
     */
    boolean start(GameSession session, String name, int seconds) {
        InputFunc func = byName.get(key(name));
        if (func == null) {
            return false;
        }
        CommandTuple call = CommandTuple.of("repeat", name);
        GameHost.Timer timer =
                handler.every(
                        Duration.ofSeconds(Math.max(MIN_SECONDS, seconds)),
                        () -> handler.attempt(session, () -> func.handle(session, call)));
        session.atEnd(new Repetition(key(name)), timer::cancel);
        return true;
    }

    /** Ends a repetition; false where there was none. */
    boolean stop(GameSession session, String name) {
        return session.end(new Repetition(key(name)));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
