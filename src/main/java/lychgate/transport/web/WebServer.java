package lychgate.transport.web;

import lychgate.address.BindFailure;
import lychgate.address.HostPort;
import lychgate.address.Listening;
import lychgate.address.Listening.Security;
import lychgate.http.HttpDeadlines;
import lychgate.http.PlainText;
import lychgate.plugin.Admission;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.Scheduler;
import lychgate.plugin.ServerTls;
import lychgate.transport.Conversations;
import lychgate.transport.web.ajax.Ajax;
import lychgate.transport.web.page.Page;
import lychgate.transport.web.session.Seat;
import lychgate.transport.web.website.Website;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.net.ssl.SSLEngine;

/** The HTTP server behind all web ports. It starts with the first port and stops with the last. */
final class WebServer {
    private static final Duration TICK = Duration.ofSeconds(1);

    /**
     * Maximum number of threads; none of them blocks, but for reading files of a game's own page.
     */
    private static final int MAX_THREADS = 4 + 2 * Runtime.getRuntime().availableProcessors();

    private static final int MIN_THREADS = 2;
    private static final long IDLE_MILLIS = 30_000;

    /** Maximum size of the request line and headers in bytes; a site's cookies take most of it. */
    private static final int MAX_HEADERS = 8 << 10;

    /**
     * Maximum number of plain HTTP connections per port, WebSockets aside; a browser opens up to
     * six.
     */
    private static final int MAX_CONNECTIONS = 1024;

    private static final HttpDeadlines.Bounds HTTP =
            new HttpDeadlines.Bounds(MAX_CONNECTIONS, HttpDeadlines.HEADERS, "web_http");

    /** Maximum bytes of pooled buffers, heap and direct each. */
    private static final long MAX_POOLED = 8 << 20;

    private static final int MAX_POOLED_BUFFER = 64 << 10;

    private final WebConfig config;
    private final @Nullable HostPort website;
    private final Set<WebSocketChannel> open = ConcurrentHashMap.newKeySet();
    private @Nullable Running running; // guarded by this

    /** The server while at least one port listens. */
    private record Running(
            Server server,
            Conversations conversations,
            SessionLoops loops,
            Ajax ajax,
            Scheduler.Cancellable ticks) {}

    /**
     * @param website the game's own web server, whose site is served too; null for none
     */
    WebServer(WebConfig config, @Nullable HostPort website) {
        this.config = config;
        this.website = website;
    }

    /** Starts listening on a port. */
    synchronized ServerConnector listen(Listening at, PortalApplication app) throws IOException {
        Server server = running(app).server;
        ServerConnector connector = connector(server, at, app);
        connector.setName(at.service());
        connector.setHost(at.address());
        connector.setPort(at.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.addBean(new HttpDeadlines(connector, app.meters(), HTTP));
        connector.addBean(new TlsDeadline(app));
        server.addConnector(connector);
        try {
            connector.start();
            return connector;
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            close(connector);
            throw BindFailure.of(at.key(), at.port(), cause);
        }
    }

    /** Whether there is no client. */
    synchronized boolean isEmpty() {
        return open.isEmpty() && (running == null || running.ajax.isEmpty());
    }

    /** Stops a port; after the last one, closes all connections and stops the server. */
    synchronized void close(ServerConnector connector) {
        Running now = running;
        if (now == null) {
            return;
        }
        now.server.removeConnector(connector);
        try {
            connector.stop();
            if (now.server.getConnectors().length == 0) {
                running = null;
                now.ticks.cancel();
                now.conversations.stop();
                open.forEach(WebSocketChannel::abort);
                now.ajax.stop();
                now.server.stop();
                now.loops.stop();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the web server cannot be stopped", e);
        }
    }

    private Running running(PortalApplication app) throws IOException {
        Running now = running;
        if (now == null) {
            now = start(app);
            running = now;
        }
        return now;
    }

    private Running start(PortalApplication app) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("lychgate-web");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        Server server =
                new Server(
                        threads,
                        new ScheduledExecutorScheduler("lychgate-web-timer", true),
                        new ArrayByteBufferPool(
                                0,
                                1024,
                                MAX_POOLED_BUFFER,
                                Integer.MAX_VALUE,
                                MAX_POOLED,
                                MAX_POOLED));
        Executor executor = task -> runOn(threads, task);
        Conversations conversations = new Conversations(app, System::nanoTime);
        SessionLoops loops = new SessionLoops();
        Spoken spoken =
                new Spoken(app, conversations, Duration.ofSeconds(config.resumeSeconds()), loops);
        Origins origins = new Origins(config.allowedOrigins(), () -> ports(app));
        Ajax ajax = new Ajax(app, new Browsers(app, origins, spoken));
        server.setHandler(
                new Site(
                        new Upgrades(
                                WebSocketServerComponents.ensureWebSocketComponents(server),
                                origins,
                                config.compression(),
                                app,
                                (arrival, place) -> begin(arrival, place, spoken, executor, app)),
                        ajax,
                        new Page(config.page(), app.meters()),
                        website == null ? null : website(server, website, app)));
        server.setErrorHandler(
                (request, response, callback) -> {
                    if (response.getStatus() == HttpStatus.BAD_REQUEST_400) {
                        app.meters().malformed("http_request");
                    }
                    return PlainText.refuse(request, response, callback);
                });
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("The web server cannot start: " + e.getMessage(), e);
        }
        return new Running(
                server,
                conversations,
                loops,
                ajax,
                app.scheduler().every(TICK, () -> tick(ajax, System.nanoTime())));
    }

    private static Website website(Server server, HostPort at, PortalApplication app) {
        Website website =
                new Website(at, app, request -> ForwardedFor.client(request, app.trustedProxies()));
        server.addBean(website); // starts and stops with it
        website.setServer(server);
        return website;
    }

    private void tick(Ajax ajax, long now) {
        open.forEach(channel -> channel.tick(now));
        ajax.tick(now);
    }

    /** Handles what is due at that moment; otherwise called once a second. */
    synchronized void tick(long now) {
        if (running != null) {
            tick(running.ajax, now);
        }
    }

    /** The number of AJAX sessions that hold a poll. */
    synchronized long polled() {
        return running == null ? 0 : running.ajax.polled();
    }

    private static ServerConnector connector(Server server, Listening at, PortalApplication app)
            throws IOException {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADERS);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        if (at.security() == Security.PLAIN) {
            return new WebConnector(server, plain);
        }
        SslConnectionFactory tls =
                new SslConnectionFactory(new OurTls(app.tls()), plain.getProtocol());
        return new WebConnector(server, tls, plain);
    }

    /** TLS with the portal's certificate, versions and ciphers. */
    private static final class OurTls extends SslContextFactory.Server {
        private final ServerTls tls;

        OurTls(ServerTls tls) {
            this.tls = tls;
            setSslContext(tls.context());
        }

        @Override
        public void customize(SSLEngine engine) {
            engine.setSSLParameters(tls.parameters());
        }
    }

    private static Set<Integer> ports(PortalApplication app) {
        return Stream.of(WebConfig.WEB, WebConfig.WEB_TLS, WebConfig.WEBSOCKET)
                .flatMapToInt(service -> app.port(service).stream())
                .boxed()
                .collect(Collectors.toSet());
    }

    private FrameHandler begin(
            Upgrades.Arrival arrival,
            Admission.Place place,
            Spoken spoken,
            Executor executor,
            PortalApplication app) {
        Seat seat = new Seat(place);
        WebSocketChannel channel =
                new WebSocketChannel(
                        app.meters(),
                        executor,
                        ended -> {
                            open.remove(ended);
                            seat.leave();
                        });
        channel.usedBy(spoken.with(arrival, seat, channel));
        open.add(channel);
        return channel;
    }

    /** Rejects tasks once the pool has stopped, as every executor does. */
    private static void runOn(QueuedThreadPool threads, Runnable task) {
        if (!threads.isRunning()) {
            throw new RejectedExecutionException("the web server has ended");
        }
        threads.execute(task);
    }
}
