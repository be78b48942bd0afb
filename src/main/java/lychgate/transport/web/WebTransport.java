package lychgate.transport.web;

import lychgate.address.HostPort;
import lychgate.address.Listening;
import lychgate.http.ListeningPort;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;

import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** One web port, as a service of the portal. */
public final class WebTransport implements PortalPlugin {
    private final WebServer server;
    private final Listening listening;
    private @Nullable ServerConnector connector;

    private WebTransport(WebServer server, Listening listening) {
        this.server = server;
        this.listening = listening;
    }

    /**
     * The services for the enabled ports, which share one server.
     *
     * @param address the address to listen on
     * @param website the game's own web server, whose site is served too; null for none
     */
    public static List<WebTransport> enabled(
            WebConfig config, String address, @Nullable HostPort website) {
        WebServer server = new WebServer(config, website);
        return config.listening(address).stream()
                .filter(Listening::enabled)
                .map(listening -> new WebTransport(server, listening))
                .toList();
    }

    @Override
    public String name() {
        return listening.service();
    }

    @Override
    public void start(PortalApplication app) throws IOException {
        connector = server.listen(listening, app);
    }

    /** The same for every port. */
    @Override
    public Set<String> transports() {
        return Set.of(WebConfig.WEBSOCKET, WebConfig.AJAX);
    }

    @Override
    public OptionalInt port() {
        return ListeningPort.of(connector);
    }

    @Override
    public void closeListener() {
        if (connector != null) {
            connector.close();
        }
    }

    @Override
    public boolean drained() {
        return server.isEmpty();
    }

    @Override
    public void stop() {
        if (connector != null) {
            server.close(connector);
            connector = null;
        }
    }

    /** The number of AJAX sessions that hold a poll; for tests. */
    long polled() {
        return server.polled();
    }

    /** Handles what is due at that moment; for tests. */
    void tick(long now) {
        server.tick(now);
    }
}
