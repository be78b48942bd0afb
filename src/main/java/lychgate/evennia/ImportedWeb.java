package lychgate.evennia;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What becomes of a game's settings for its website and its web client. */
final class ImportedWeb {
    private static final String ENABLED = "WEBSERVER_ENABLED";
    private static final String PORTS = "WEBSERVER_PORTS";
    private static final String CLIENT = "WEBCLIENT_ENABLED";
    private static final String SOCKET = "WEBSOCKET_CLIENT_ENABLED";
    private static final String SOCKET_PORT = "WEBSOCKET_CLIENT_PORT";
    private static final String SOCKET_URL = "WEBSOCKET_CLIENT_URL";
    private static final String STORE = "SESSION_ENGINE";

    /** Their names. */
    static final List<String> NAMES =
            List.of(
                    ENABLED,
                    PORTS,
                    "WEBSERVER_INTERFACES",
                    CLIENT,
                    SOCKET,
                    SOCKET_PORT,
                    "WEBSOCKET_CLIENT_INTERFACE",
                    SOCKET_URL,
                    STORE);

    private static final int USUAL_PORT = 4001;
    private static final int USUAL_SOCKET_PORT = 4002;

    private final GameSettings game;
    private final BiConsumer<String, String> leave;
    private final List<Pair> pairs = new ArrayList<>();

    /** A port for browsers, and the one on which the Server answers them. */
    private record Pair(int browsers, int server) {}

    /**
     * @param leave told of each setting that has no counterpart, and why
     */
    ImportedWeb(GameSettings game, BiConsumer<String, String> leave) {
        this.game = game;
        this.leave = leave;
        for (Object item : game.items(PORTS)) {
            Pair pair = pair(item);
            if (pair == null) {
                leave.accept(PORTS, item + " is not a pair of ports");
            } else {
                pairs.add(pair);
            }
        }
    }

    private static @Nullable Pair pair(Object item) {
        if (item instanceof List<?> two && two.size() == 2) {
            Integer browsers = ImportedSettings.port(two.getFirst());
            Integer server = ImportedSettings.port(two.getLast());
            return browsers == null || server == null ? null : new Pair(browsers, server);
        }
        return null;
    }

    private boolean isServed() {
        return game.isOn(ENABLED) && !pairs.isEmpty();
    }

    /** The section {@code [web]}. */
    void section(BiConsumer<String, Object> set) {
        set.accept("enabled", isServed());
        set.accept("port", (long) (pairs.isEmpty() ? USUAL_PORT : pairs.getFirst().browsers()));
        Integer sockets = ImportedSettings.port(game.number(SOCKET_PORT));
        if (sockets == null && game.values().containsKey(SOCKET_PORT)) {
            leave.accept(SOCKET_PORT, game.shown(SOCKET_PORT) + ImportedSettings.NO_PORT);
        }
        set.accept("websocket_port", (long) (sockets == null ? USUAL_SOCKET_PORT : sockets));
    }

    /** {@code evennia.website}; null if there is none. */
    @Nullable String website() {
        return isServed() ? "127.0.0.1:" + pairs.getFirst().server() : null;
    }

    /** Tells of what has no counterpart. */
    void leaveTheRest(String listen) {
        if (!isServed()) {
            return;
        }
        if (pairs.size() > 1) {
            leave.accept(PORTS, "the web has one port; a packet filter can redirect others to it");
        }
        interfaces("WEBSERVER_INTERFACES", listen);
        interfaces("WEBSOCKET_CLIENT_INTERFACE", listen);
        if (game.values().containsKey(CLIENT) && !game.isOn(CLIENT)) {
            leave.accept(CLIENT, "Lychgate's own page is at /play/ all the same");
        }
        if (game.values().containsKey(SOCKET) && !game.isOn(SOCKET)) {
            leave.accept(SOCKET, "WebSockets are where the web is");
        }
        if (!game.text(SOCKET_URL).isEmpty()) {
            leave.accept(
                    SOCKET_URL, "it must lead to /ws of web.port or web.tls.port (docs/bridge.md)");
        }
        String store = game.text(STORE);
        if (!store.isEmpty() && !store.equals(SessionStore.ENGINE)) {
            leave.accept(
                    STORE,
                    "logins on the website are taken over into the game only from "
                            + SessionStore.ENGINE);
        }
    }

    private void interfaces(String setting, String listen) {
        List<Object> all = game.items(setting);
        if (!all.isEmpty() && !game.isOn("LOCKDOWN_MODE") && !all.equals(List.of(listen))) {
            leave.accept(setting, ImportedSettings.ONE_ADDRESS);
        }
    }
}
