package lychgate.admin;

import lychgate.address.BindFailure;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lets the portal be watched over HTTP: {@code /healthz}, whether it serves; {@code /readyz},
 * whether the game is there too, and all is well with it; {@code /metrics}, its counters as
 * Prometheus reads them.
 */
public final class AdminHttp implements PortalPlugin {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** The text format of Prometheus, which reads it by its version. */
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    /** Threads: one accepts, one selects, the rest answer. */
    private static final int MAX_THREADS = 6;

    private static final int MIN_THREADS = 2;
    private static final long IDLE_MILLIS = 30_000;

    private final AdminConfig config;
    private final Supplier<List<String>> unready;
    private final Supplier<String> metrics;
    private @Nullable Server server;
    private @Nullable ServerConnector connector;

    /**
     * @param unready why the portal is not ready, a reason each; empty if it is
     * @param metrics all counters, in the text format of Prometheus
     */
    public AdminHttp(AdminConfig config, Supplier<List<String>> unready, Supplier<String> metrics) {
        this.config = config;
        this.unready = unready;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "admin";
    }

    @Override
    public void start(PortalApplication application) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("lychgate-admin-http");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        Server http = new Server(threads);
        HttpConfiguration plain = new HttpConfiguration();
        plain.setSendServerVersion(false);
        ServerConnector listening =
                new ServerConnector(http, 1, 1, new HttpConnectionFactory(plain));
        listening.setHost(config.listenAddress());
        listening.setPort(config.port());
        listening.setIdleTimeout(IDLE_MILLIS);
        http.addConnector(listening);
        http.setHandler(new Pages());
        server = http;
        connector = listening;
        try {
            http.start();
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw BindFailure.of("admin.port", config.port(), cause);
        }
    }

    /** Who watches is no player. */
    @Override
    public Set<String> transports() {
        return Set.of();
    }

    @Override
    public OptionalInt port() {
        return connector == null || connector.getLocalPort() <= 0
                ? OptionalInt.empty()
                : OptionalInt.of(connector.getLocalPort());
    }

    @Override
    public void stop() {
        if (server != null) {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("the admin's HTTP cannot be stopped", e);
            }
        }
    }

    private final class Pages extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            switch (Request.getPathInContext(request)) {
                case "/healthz" -> say(HttpStatus.OK_200, "ok\n", response, callback);
                case "/readyz" -> {
                    List<String> reasons = unready.get();
                    boolean ready = reasons.isEmpty();
                    say(
                            ready ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503,
                            ready ? "ok\n" : String.join("\n", reasons) + "\n",
                            response,
                            callback);
                }
                case "/metrics" ->
                        say(HttpStatus.OK_200, METRICS, metrics.get(), response, callback);
                default ->
                        say(
                                HttpStatus.NOT_FOUND_404,
                                "/healthz, /readyz, /metrics\n",
                                response,
                                callback);
            }
            return true;
        }

        private void say(int status, String text, Response response, Callback callback) {
            say(status, TEXT, text, response, callback);
        }

        private void say(
                int status, String type, String text, Response response, Callback callback) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            Content.Sink.write(response, true, text, callback);
        }
    }
}
