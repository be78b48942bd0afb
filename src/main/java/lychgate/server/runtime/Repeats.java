package lychgate.server.runtime;

import lychgate.server.GameHost;
import lychgate.server.InputFunc;
import lychgate.session.CommandTuple;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What clients may have repeated; a repetition ends with its session. */
final class Repeats {
    /** The shortest interval. */
    static final int MIN_SECONDS = 5;

    /** The interval if the client names none. */
    static final int DEFAULT_SECONDS = 60;

    /** Most repetitions of a session. */
    static final int MAX_REPEATED = 16;

    private final GameThread thread;
    private final SessionWork work;
    private final Map<String, InputFunc> byName = new TreeMap<>();

    /** The outcome of a request to repeat something. */
    enum Outcome {
        STARTED,
        UNKNOWN,
        TOO_MANY
    }

    /** Key of a repetition in {@link Endings}. */
    private record Repetition(String name) {}

    Repeats(GameThread thread, SessionWork work) {
        this.thread = thread;
        this.work = work;
    }

    void put(String name, InputFunc func) {
        byName.put(key(name), func);
    }

    /** Starts a repetition, replacing one of the same name. */
    Outcome start(GameSession session, String name, int seconds) {
        InputFunc func = byName.get(key(name));
        if (func == null) {
            return Outcome.UNKNOWN;
        }
        Repetition repetition = new Repetition(key(name));
        if (!session.endings().contains(repetition) && repeated(session) >= MAX_REPEATED) {
            return Outcome.TOO_MANY;
        }
        CommandTuple call = CommandTuple.of("repeat", name);
        GameHost.Timer timer =
                thread.every(
                        Duration.ofSeconds(Math.max(MIN_SECONDS, seconds)),
                        () -> work.run(session, "repeat", () -> repeat(session, func, call)));
        session.endings().put(repetition, timer::cancel);
        return Outcome.STARTED;
    }

    private void repeat(GameSession session, InputFunc func, CommandTuple call) {
        work.attempt(session, () -> func.handle(session, call));
    }

    private long repeated(GameSession session) {
        return byName.keySet().stream()
                .filter(name -> session.endings().contains(new Repetition(name)))
                .count();
    }

    /** Ends a repetition; false if there is none. */
    boolean stop(GameSession session, String name) {
        return session.endings().run(new Repetition(key(name)));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
