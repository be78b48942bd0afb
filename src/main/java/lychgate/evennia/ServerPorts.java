package lychgate.evennia;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ports on which an Evennia Server itself listens, beside its link to the portal. */
public final class ServerPorts {
    private static final String ENABLED = "WEBSERVER_ENABLED";

    /** Pairs: the Portal's port, which is ours now, and the Server's. */
    private static final String PORTS = "WEBSERVER_PORTS";

    private ServerPorts() {}

    /**
     * Asks the game's settings.
     *
     * @return each port with the setting that it is from
     * @throws IOException if the settings cannot be read: the message is one sentence
     */
    public static Map<Integer, String> of(GamePython python, Path gameDir) throws IOException {
        return of(python.settings(gameDir, List.of(ENABLED, PORTS)));
    }

    static Map<Integer, String> of(GameSettings settings) {
        Map<Integer, String> ports = new HashMap<>();
        if (!Boolean.FALSE.equals(settings.values().get(ENABLED))
                && settings.values().get(PORTS) instanceof List<?> pairs) {
            for (Object pair : pairs) {
                if (pair instanceof List<?> both
                        && both.size() == 2
                        && both.getLast() instanceof Long port) {
                    ports.put(port.intValue(), PORTS);
                }
            }
        }
        return ports;
    }
}
