package lychgate.evennia.wire;

import lychgate.amp.PickleWriter;
import lychgate.amp.Pickled.Tuple;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The status that Evennia's launcher asks for and prints. */
public final class PortalStatus {
    private PortalStatus() {}

    /**
     * The pickle that the launcher expects.
     *
     * @param withProcesses whether to include process numbers
     */
    public static byte[] of(
            PortalProcess portal,
            boolean withProcesses,
            boolean gameIsThere,
            @Nullable Long gamePid,
            Map<?, ?> gameInfo) {
        return PickleWriter.write(
                Tuple.of(
                        true,
                        gameIsThere,
                        withProcesses ? ProcessHandle.current().pid() : null,
                        withProcesses ? gamePid : null,
                        info(portal),
                        gameInfo));
    }

    private static Map<String, Object> info(PortalProcess portal) {
        Map<String, Integer> ports = portal.ports();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("servername", portal.name());
        info.put("version", "Lychgate " + portal.version());
        info.put("errors", "");
        info.put("info", "");
        info.put("lockdown_mode", "");
        info.put("amp", String.join("", lines(ports, "amp", "amp")));
        info.put("telnet", lines(ports, "telnet", "telnet"));
        info.put("telnet_ssl", lines(ports, "telnet-tls", "telnet+ssl"));
        info.put("ssh", lines(ports, "ssh", "ssh"));
        info.put("webclient", lines(ports, "websocket", "webclient-websocket"));
        info.put("webserver_proxy", lines(ports, "web", "webserver-proxy"));
        info.put("webserver_internal", List.of());
        return info;
    }

    private static List<String> lines(Map<String, Integer> ports, String service, String shown) {
        Integer port = ports.get(service);
        return port == null ? List.of() : List.of(shown + ": " + port);
    }
}
