package lychgate.server.runtime;

import lychgate.server.Message;
import lychgate.server.ServerSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The values that clients may query, and the sessions that watch them: by MSDP's REPORT or the
 * inputfunc {@code monitor}.
 */
final class Variables {
    /** Key of the task in {@link Endings} that forgets a session. */
    private static final Object WATCHING = new Object();

    /** Most variables that a session may watch in either way: more than a client has gauges. */
    static final int MAX_WATCHED = 128;

    private final Map<String, Variable> byName = new LinkedHashMap<>();
    private final Map<GameSession, Watcher> watchers = new HashMap<>();

    /** A value and the name under which it is sent. */
    private record Variable(String name, Function<ServerSession, @Nullable Object> value) {}

    /** What one session watches. */
    private static final class Watcher {
        private final Set<String> reported = new LinkedHashSet<>();
        private final Set<String> monitored = new LinkedHashSet<>();
        private final Map<String, String> lastSent = new HashMap<>();
    }

    void put(String name, Function<ServerSession, @Nullable Object> value) {
        byName.put(key(name), new Variable(name, value));
    }

    /** The names of all variables. */
    List<String> names() {
        return byName.values().stream().map(Variable::name).toList();
    }

    /** The name as the game spelled it; null if there is no such variable. */
    @Nullable String canonical(String name) {
        Variable variable = byName.get(key(name));
        return variable == null ? null : variable.name;
    }

    /** The value for a session; null if there is none. */
    @Nullable Object value(ServerSession session, String name) {
        Variable variable = byName.get(key(name));
        return variable == null ? null : variable.value.apply(session);
    }

    /** Sends the value under the variable's own name, as MSDP does. */
    void send(ServerSession session, String name) {
        String canonical = canonical(name);
        Object value = value(session, name);
        if (canonical != null) {
            session.msg(value == null ? Message.oob(canonical) : Message.oob(canonical).arg(value));
        }
    }

    /**
     * Sends the value now and whenever it changes; false if the session watches too many already.
     */
    boolean report(GameSession session, String name) {
        if (canonical(name) == null) {
            return true; // no such variable: nothing to send
        }
        Watcher watcher = watcher(session);
        if (!watch(watcher.reported, name)) {
            return false;
        }
        watcher.lastSent.put(key(name), String.valueOf(value(session, name)));
        send(session, name);
        return true;
    }

    private static boolean watch(Set<String> watched, String name) {
        boolean room = watched.size() < MAX_WATCHED || watched.contains(key(name));
        if (room) {
            watched.add(key(name));
        }
        return room;
    }

    void unreport(GameSession session, String name) {
        watcher(session).reported.remove(key(name));
    }

    void unreportAll(GameSession session) {
        watcher(session).reported.clear();
    }

    /** The names of the reported variables. */
    List<String> reported(GameSession session) {
        return canonical(watcher(session).reported);
    }

    /**
     * Notifies the client whenever the value changes; false if the session watches too many
     * already.
     */
    boolean monitor(GameSession session, String name) {
        return canonical(name) == null || watch(watcher(session).monitored, name);
    }

    void unmonitor(GameSession session, String name) {
        watcher(session).monitored.remove(key(name));
    }

    /** The names of the monitored variables. */
    List<String> monitored(GameSession session) {
        return canonical(watcher(session).monitored);
    }

    /**
     * A value has changed for a session: notifies its client if it watches the value and has not
     * been sent it.
     */
    void changed(GameSession session, String name) {
        Watcher watcher = watchers.get(session);
        if (watcher == null) {
            return;
        }
        String key = key(name);
        boolean reported = watcher.reported.contains(key);
        boolean monitored = watcher.monitored.contains(key);
        if (!reported && !monitored) {
            return;
        }
        Object value = value(session, name);
        String news = String.valueOf(value);
        if (news.equals(watcher.lastSent.put(key, news))) {
            return;
        }
        if (reported) {
            send(session, name);
        }
        if (monitored) {
            session.msg(
                    Message.oob("monitor").kwarg("name", canonical(name)).kwarg("value", value));
        }
    }

    private Watcher watcher(GameSession session) {
        return watchers.computeIfAbsent(
                session,
                _ -> {
                    session.endings().put(WATCHING, () -> watchers.remove(session));
                    return new Watcher();
                });
    }

    private List<String> canonical(Set<String> keys) {
        List<String> names = new ArrayList<>();
        for (String key : keys) {
            String name = canonical(key);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
