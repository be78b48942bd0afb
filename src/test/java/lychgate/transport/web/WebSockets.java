package lychgate.transport.web;

import lychgate.address.HostPort;
import lychgate.address.WebOrigin;
import lychgate.plugin.Limits;
import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/** WebSockets on a free port of this machine, for one test. */
final class WebSockets implements AutoCloseable {
    /** All as it is by default, but for the ports. */
    static final WebConfig CONFIG =
            new WebConfig(true, 0, 0, List.of(), null, 180, false, WebConfig.Tls.DEFAULT);

    /** The same, where the pages of another site may connect. */
    static WebConfig allowing(String origin) {
        List<WebOrigin> allowed = List.of(Objects.requireNonNull(WebOrigin.parse(origin)));
        return new WebConfig(true, 0, 0, allowed, null, 180, false, WebConfig.Tls.DEFAULT);
    }

    /** The same, where clients may come back for so many seconds. */
    static WebConfig resuming(int seconds) {
        return new WebConfig(true, 0, 0, List.of(), null, seconds, false, WebConfig.Tls.DEFAULT);
    }

    /** A second for TLS, and no other limit. */
    static final Limits QUICK = new Limits(0, 0, 0, 0, 6_000, 65_536, 1_048_576, 0, 0, 1);

    private final List<WebTransport> services;

    WebSockets(RecordingPortal portal, WebConfig config) {
        this(portal, config, null);
    }

    /** The same before a website of the game. */
    WebSockets(RecordingPortal portal, WebConfig config, @Nullable HostPort website) {
        services = WebTransport.enabled(config, "127.0.0.1", website);
        try {
            for (WebTransport service : services) {
                service.start(portal);
                portal.listens(service.name(), service.port().orElseThrow());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A service of the contract. */
    static SessionContract.Service listening(
            RecordingPortal portal, IntFunction<SessionContract.Client> client) {
        return listening(portal, CONFIG, "websocket", client);
    }

    /** The same with a configuration of its own, on the port of one service. */
    static SessionContract.Service listening(
            RecordingPortal portal,
            WebConfig config,
            String service,
            IntFunction<SessionContract.Client> client) {
        WebSockets web = new WebSockets(portal, config);
        return new SessionContract.Service() {
            @Override
            public SessionContract.Client connects() {
                return client.apply(web.port(service));
            }

            @Override
            public void close() {
                web.close();
            }
        };
    }

    /** The port of a service. */
    int port(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow()
                .port()
                .orElseThrow();
    }

    /** The number of AJAX sessions that hold a poll. */
    long polled() {
        return services.getFirst().polled();
    }

    /** What time alone brings about. */
    void tick(long now) {
        services.getFirst().tick(now);
    }

    /** The portal stops: no new connections. */
    void closeListeners() {
        services.forEach(WebTransport::closeListener);
    }

    @Override
    public void close() {
        services.forEach(WebTransport::stop);
    }
}
