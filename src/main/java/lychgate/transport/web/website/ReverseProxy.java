package lychgate.transport.web.website;

import lychgate.address.Cidr;
import lychgate.address.HostPort;
import lychgate.http.HttpDeadlines;
import lychgate.http.PlainText;
import lychgate.plugin.PortalApplication;

import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Passes requests to the game's web server, and its answers back. */
final class ReverseProxy extends ProxyHandler.Reverse {
    private static final Logger log = LoggerFactory.getLogger(ReverseProxy.class);

    /** Connections to the game's web server; Evennia's has twenty threads. */
    private static final int MAX_CONNECTIONS = 64;

    /** Requests that wait for a connection: as many again as a restart leaves waiting. */
    private static final int MAX_WAITING = 256;

    /** Timeout for the next byte from the game's web server. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    /** Timeout for connecting to it: it is near. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /**
     * How long a connection is used: Evennia's web server closes those that are idle for 60 s, and
     * a request that crosses the close is lost.
     */
    private static final Duration MAX_AGE = Duration.ofSeconds(20);

    /** Timeout for the next {@link #STEP} of a request or its answer, above {@link #IDLE}. */
    private static final Duration NEXT_STEP = IDLE.plusSeconds(10);

    /** Bytes that must move within {@link #NEXT_STEP}: the slowest of modems is faster. */
    static final int STEP = 8 * 1024;

    /** Maximum size of an answer's headers in bytes; a site may set many cookies. */
    private static final int MAX_HEADERS = 32 * 1024;

    /** Headers of answers that are not passed on: ours has a date, and needs no name. */
    private static final Set<String> HIDDEN = Set.of("server", "x-powered-by", "date");

    private final HostPort server;
    private final PortalApplication app;
    private final Function<Request, InetAddress> clients;
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean toldOfCsrf = new AtomicBoolean();

    /**
     * @param server the game's web server
     * @param clients finds out who asks
     */
    ReverseProxy(HostPort server, PortalApplication app, Function<Request, InetAddress> clients) {
        super(Request::getHttpURI);
        this.server = server;
        this.app = app;
        this.clients = clients;
        setViaHost("lychgate");
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** A client on the threads, the timer and the buffers of our own server. */
    @Override
    protected HttpClient newHttpClient() {
        Server ours = getServer();
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setConnectTimeout(CONNECT);
        connector.setExecutor(ours.getThreadPool());
        connector.setScheduler(ours.getScheduler());
        connector.setByteBufferPool(ours.getByteBufferPool());
        HttpClientTransportDynamic transport = new HttpClientTransportDynamic(connector);
        transport.setConnectionPoolFactory(
                destination -> {
                    DuplexConnectionPool pool =
                            new DuplexConnectionPool(destination, MAX_CONNECTIONS);
                    pool.setMaxDuration(MAX_AGE.toMillis());
                    return pool;
                });
        return new HttpClient(transport);
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
        super.configureHttpClient(client);
        client.setName("lychgate-website");
        client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(MAX_WAITING);
        client.setIdleTimeout(IDLE.toMillis());
        client.setConnectTimeout(CONNECT.toMillis());
        client.setMaxResponseHeadersSize(MAX_HEADERS);
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        URI target = Target.at(server, request.getHttpURI());
        if (target == null) {
            app.meters().malformed("website_uri");
            PlainText.end(
                    HttpStatus.BAD_REQUEST_400, "This address is not valid.\n", response, callback);
            return true;
        }
        request.setAttribute(Target.class.getName(), target);
        request.addIdleTimeoutListener(_ -> false); // the game may think for longer
        HttpDeadlines.of(request).extend(request, NEXT_STEP);
        return super.handle(request, response, callback);
    }

    @Override
    protected org.eclipse.jetty.client.Request newProxyToServerRequest(
            Request request, HttpURI asked) {
        return getHttpClient()
                .newRequest((URI) request.getAttribute(Target.class.getName()))
                .method(request.getMethod());
    }

    @Override
    protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request toServer) {
        addViaHeader(request, toServer);
        toServer.headers(
                headers -> ForwardedHeaders.put(headers, clients.apply(request), scheme(request)));
    }

    /** As the client sees it: a trusted proxy before us may have ended its TLS. */
    private String scheme(Request request) {
        String said = request.getHeaders().get(HttpHeader.X_FORWARDED_PROTO);
        InetSocketAddress peer =
                (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
        boolean isBelieved =
                said != null
                        && (said.equals("http") || said.equals("https"))
                        && Cidr.anyContains(app.trustedProxies(), peer.getAddress());
        return isBelieved ? said : request.isSecure() ? "https" : "http";
    }

    @Override
    protected org.eclipse.jetty.client.Request.Content newProxyToServerRequestContent(
            Request request, Response response, org.eclipse.jetty.client.Request toServer) {
        Steps steps = new Steps(request);
        return new ProxyRequestContent(request) {
            @Override
            public Content.@Nullable Chunk read() {
                Content.Chunk chunk = super.read();
                if (Content.Chunk.isFailure(chunk)) {
                    request.setAttribute(Mistake.class.getName(), new Mistake(chunk.getFailure()));
                } else if (chunk != null) {
                    steps.moved(chunk.remaining());
                }
                return chunk;
            }
        };
    }

    @Override
    protected org.eclipse.jetty.client.Response.CompleteListener newServerToProxyResponseListener(
            Request request,
            org.eclipse.jetty.client.Request toServer,
            Response response,
            Callback callback) {
        return new Answer(request, toServer, response, callback);
    }

    @Override
    protected @Nullable HttpField filterServerToProxyResponseField(HttpField field) {
        return HIDDEN.contains(field.getLowerCaseName()) ? null : field;
    }

    @Override
    protected void onServerToProxyResponseFailure(
            Request request,
            org.eclipse.jetty.client.Request toServer,
            org.eclipse.jetty.client.Response fromServer,
            Response response,
            Callback callback,
            Throwable failure) {
        if (response.isCommitted()) {
            callback.failed(failure); // the client sees that it is incomplete
            return;
        }
        response.reset();
        if (request.getAttribute(Mistake.class.getName()) instanceof Mistake mistake) {
            int code = mistake.code();
            PlainText.end(code, HttpStatus.getMessage(code) + "\n", response, callback);
        } else if (failure instanceof RejectedExecutionException) {
            app.meters().refused("website_busy");
            Unavailable.answer(Unavailable.Why.BUSY, request, response, callback);
        } else {
            app.meters().refused("website_away");
            if (!away.getAndSet(true)) {
                log.warn("the game's website at {} does not answer: {}", server, why(failure));
            }
            Unavailable.answer(Unavailable.Why.AWAY, request, response, callback);
        }
    }

    private static String why(Throwable failure) {
        return switch (failure) {
            case ConnectException refused -> String.valueOf(refused.getMessage());
            case TimeoutException _ -> "nothing came for " + IDLE.toSeconds() + " s";
            case EOFException _ -> "the connection was closed";
            default -> failure.getClass().getSimpleName();
        };
    }

    /** The client's body could not be read: it is too long, or malformed, or broke off. */
    private record Mistake(Throwable failure) {
        int code() {
            return failure instanceof HttpException known
                    ? known.getCode()
                    : HttpStatus.BAD_REQUEST_400;
        }
    }

    /** Gives a request more time as long as it moves. */
    private static final class Steps {
        private final Request request;
        private int moved;

        Steps(Request request) {
            this.request = request;
        }

        void moved(int bytes) {
            moved += bytes;
            if (moved >= STEP) {
                moved = 0;
                HttpDeadlines.of(request).extend(request, NEXT_STEP);
            }
        }
    }

    /** The answer of the game's web server, on its way to the client. */
    private final class Answer extends ProxyResponseListener {
        private final Request request;
        private final Steps steps;
        private boolean begun;

        Answer(
                Request request,
                org.eclipse.jetty.client.Request toServer,
                Response response,
                Callback callback) {
            super(request, toServer, response, callback);
            this.request = request;
            this.steps = new Steps(request);
        }

        @Override
        public void onHeaders(org.eclipse.jetty.client.Response fromServer) {
            if (away.getAndSet(false)) {
                log.info("the game's website at {} answers again", server);
            }
            super.onHeaders(fromServer);
        }

        @Override
        public void onContent(
                org.eclipse.jetty.client.Response fromServer,
                Content.Chunk chunk,
                Runnable demander) {
            if (!begun) {
                begun = true;
                lookForCsrf(fromServer, chunk.getByteBuffer());
            }
            int bytes = chunk.remaining();
            super.onContent(
                    fromServer,
                    chunk,
                    () -> {
                        steps.moved(bytes); // the client has taken it
                        demander.run();
                    });
        }

        /** Django refuses forms whose Origin it does not know, and the operator should know why. */
        private void lookForCsrf(org.eclipse.jetty.client.Response fromServer, ByteBuffer begin) {
            if (fromServer.getStatus() == HttpStatus.FORBIDDEN_403
                    && "POST".equals(request.getMethod())
                    && StandardCharsets.UTF_8.decode(begin.duplicate()).toString().contains("CSRF")
                    && !toldOfCsrf.getAndSet(true)) {
                log.warn(
                        "the game's website has refused a form sent to {} (CSRF): if this goes on,"
                                + " add that site to CSRF_TRUSTED_ORIGINS in the game's settings"
                                + " (docs/bridge.md)",
                        request.getHeaders().get(HttpHeader.HOST));
            }
        }
    }
}
