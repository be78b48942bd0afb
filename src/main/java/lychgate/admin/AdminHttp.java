package lychgate.admin;

import lychgate.address.BindFailure;
import lychgate.http.HttpDeadlines;
import lychgate.http.ListeningPort;
import lychgate.http.PlainText;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;

import org.eclipse.jetty.http.HttpCompliance;
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
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Monitoring over HTTP: {@code /healthz}, whether the portal serves; {@code /readyz}, whether the
 * game does too; {@code /metrics}, the counters for Prometheus. It answers GET and HEAD requests
 * whose Host is this machine, and changes nothing.
 */
public final class AdminHttp implements PortalPlugin {

    /** The text format of Prometheus, which reads it by its version. */
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    /** Threads: one accepts, one selects, the others answer. */
    private static final int MAX_THREADS = 6;

    private static final int MIN_THREADS = 2;
    private static final long IDLE_MILLIS = 30_000;

    /**
     * Maximum size of a request line and its headers; monitoring clients send a few hundred bytes.
     */
    static final int MAX_HEADERS = 8 << 10;

    /** Connections at a time: whoever watches has one or two. */
    static final int MAX_CONNECTIONS = 64;

    private static final String METHODS = "GET, HEAD";

    private final AdminConfig config;
    private final Supplier<List<String>> unready;
    private final Supplier<String> metrics;
    private final Page page;
    private final OwnHost own;
    private final Duration headers;
    private @Nullable Server server;
    private @Nullable ServerConnector connector;

    /**
     * @param unready why the portal is not ready, a reason each; empty if it is
     * @param metrics all counters, in the text format of Prometheus
     * @param page for operators
     */
    public AdminHttp(
            AdminConfig config,
            Supplier<List<String>> unready,
            Supplier<String> metrics,
            Page page) {
        this(config, unready, metrics, page, OwnHost.ofThisMachine(), HttpDeadlines.HEADERS);
    }

    /** With other host names and another header timeout. */
    AdminHttp(
            AdminConfig config,
            Supplier<List<String>> unready,
            Supplier<String> metrics,
            Page page,
            OwnHost own,
            Duration headers) {
        this.config = config;
        this.unready = unready;
        this.metrics = metrics;
        this.page = page;
        this.own = own;
        this.headers = headers;
    }

    /** A page for operators. */
    public interface Page {
        /** Whether a path is the page's. */
        boolean has(String path);

        /** Whether the page takes POST requests at a path. */
        boolean takesPost(String path);

        /** Answers a request for one of its paths: GET, HEAD, or POST where it is taken. */
        void answer(Request request, Response response, Callback callback);
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
        plain.setRequestHeaderSize(MAX_HEADERS);
        plain.setHttpCompliance(HttpCompliance.STRICT);
        ServerConnector listening =
                new ServerConnector(http, 1, 1, new HttpConnectionFactory(plain));
        listening.setHost(config.listenAddress());
        listening.setPort(config.port());
        listening.setIdleTimeout(IDLE_MILLIS);
        HttpDeadlines deadlines =
                new HttpDeadlines(
                        listening,
                        application.meters(),
                        new HttpDeadlines.Bounds(MAX_CONNECTIONS, headers, "admin_http"));
        listening.addBean(deadlines);
        http.addConnector(listening);
        http.setHandler(new Pages(deadlines));
        http.setErrorHandler(PlainText::refuse);
        server = http;
        connector = listening;
        try {
            http.start();
        } catch (Exception e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw BindFailure.of("admin.port", config.port(), cause);
        }
    }

    /** Monitoring clients are no sessions. */
    @Override
    public Set<String> transports() {
        return Set.of();
    }

    @Override
    public OptionalInt port() {
        return ListeningPort.of(connector);
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
        private final HttpDeadlines deadlines;

        Pages(HttpDeadlines deadlines) {
            this.deadlines = deadlines;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            deadlines.asked(request);
            String method = request.getMethod();
            String path = Request.getPathInContext(request);
            if (!isForUs(request)) {
                PlainText.end(
                        HttpStatus.MISDIRECTED_REQUEST_421, "not this host\n", response, callback);
            } else if (page.takesPost(path)) {
                if (method.equals("POST")) {
                    page.answer(request, response, callback);
                } else {
                    refuse("POST", response, callback);
                }
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                refuse(METHODS, response, callback);
            } else if (hasBody(request)) {
                PlainText.end(HttpStatus.PAYLOAD_TOO_LARGE_413, "no body\n", response, callback);
            } else if (page.has(path)) {
                page.answer(request, response, callback);
            } else {
                answer(request, response, callback);
            }
            return true;
        }

        private static void refuse(String methods, Response response, Callback callback) {
            response.getHeaders().put(HttpHeader.ALLOW, methods);
            PlainText.end(HttpStatus.METHOD_NOT_ALLOWED_405, methods + "\n", response, callback);
        }

        /** A request without a Host is HTTP/1.0: later versions have been refused by then. */
        private boolean isForUs(Request request) {
            String host = request.getHeaders().get(HttpHeader.HOST);
            String target = request.getHttpURI().getAuthority();
            return (host == null || own.isOwn(host)) && (target == null || own.isOwn(target));
        }

        private static boolean hasBody(Request request) {
            return request.getLength() > 0
                    || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        }

        private void answer(Request request, Response response, Callback callback) {
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
                                "/, /healthz, /readyz, /metrics\n",
                                response,
                                callback);
            }
        }

        private void say(int status, String text, Response response, Callback callback) {
            say(status, PlainText.TYPE, text, response, callback);
        }

        private void say(
                int status, String type, String text, Response response, Callback callback) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            Content.Sink.write(response, true, text, callback);
        }
    }
}
