package lychgate.portal;

import lychgate.admin.AdminClient;
import lychgate.admin.AdminClient.Form;
import lychgate.admin.Answer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The portals of one home that a test starts. At first, telnet on any port of this machine is all
 * that they offer. Closing it stops those that still run, the last first.
 */
final class TestedPortals implements AutoCloseable {
    private final Home home;
    private final Map<String, String> settings = new HashMap<>();
    private final List<String> announced = new ArrayList<>();
    private final Deque<Portal> running = new ArrayDeque<>();

    TestedPortals(Path folder) {
        home = Home.at(folder);
        settings.put("telnet.port", "0");
        settings.put("admin.enabled", "false");
        settings.put("telnet.tls.enabled", "false");
        settings.put("ssh.enabled", "false");
        settings.put("web.enabled", "false");
        settings.put("portal.interface", "127.0.0.1");
    }

    Home home() {
        return home;
    }

    /** What the command line sets; may be changed. */
    Map<String, String> settings() {
        return settings;
    }

    /** The lines that starts have announced; may be changed. */
    List<String> announced() {
        return announced;
    }

    /** Starts a portal. If that fails, it is not among those that run. */
    void start(Portal portal) throws StartException {
        portal.start(announced::add);
        running.push(portal);
    }

    void stop(Portal portal) {
        running.remove(portal);
        portal.stop();
    }

    /** The port that was announced first for a service. */
    int port(String service) {
        String name = service + ": ";
        return announced.stream()
                .filter(line -> line.startsWith(name))
                .mapToInt(line -> Integer.parseInt(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    /** Asks the portal that runs, as the operator's commands do. */
    Answer ask(String command, String... arguments) throws IOException {
        return AdminClient.ask(home.var(), command, List.of(arguments), Form.BOTH);
    }

    @Override
    public void close() {
        running.forEach(Portal::stop);
    }
}
