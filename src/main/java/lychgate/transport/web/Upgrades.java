package lychgate.transport.web;

import lychgate.address.Cidr;
import lychgate.http.PlainText;
import lychgate.http.Refusal;
import lychgate.plugin.Admission;
import lychgate.plugin.PortalApplication;
import lychgate.session.Browser;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Handles WebSocket upgrade requests: admission, Origin and subprotocol. */
final class Upgrades extends Handler.Abstract.NonBlocking {
    private static final String DEFLATE = "permessage-deflate";
    private static final String BROWSER = Browser.class.getName();

    /** Bytes that are read, and gathered to be written, at a time. */
    private static final int BUFFER = 4 * 1024;

    private final WebSocketComponents components;
    private final Handshaker handshaker = Handshaker.newInstance();
    private final Origins origins;
    private final boolean compression;
    private final PortalApplication app;
    private final Begin begin;

    /** Starts the session of a client that has been admitted. */
    interface Begin {
        /** Returns the handler of its WebSocket, which gives the place back when that closes. */
        FrameHandler with(Arrival arrival, Admission.Place place);
    }

    /**
     * A client whose WebSocket is about to open.
     *
     * @param address of the client
     * @param trusted whether it is a proxy that may report its player's address
     * @param secure whether it is connected over TLS
     * @param chosen the subprotocol
     * @param query of the request; empty for none
     * @param browser as the game's website knows it; null for none
     */
    record Arrival(
            InetAddress address,
            boolean trusted,
            boolean secure,
            Subprotocol chosen,
            String query,
            @Nullable Browser browser) {

        /** The name that Evennia gives such a client, which games know. */
        String client() {
            String[] parts = query.split("&", 3);
            String browser = parts.length > 1 ? parts[parts.length - 1] : "";
            return ClientName.of("websocket", browser, " [" + chosen.offered() + "]");
        }
    }

    Upgrades(
            WebSocketComponents components,
            Origins origins,
            boolean compression,
            PortalApplication app,
            Begin begin) {
        this.components = components;
        this.origins = origins;
        this.compression = compression;
        this.app = app;
        this.begin = begin;
    }

    /** Whether a request asks for a WebSocket, well-formed or not. */
    static boolean isAsked(Request request) {
        return request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!handshaker.isWebSocketUpgradeRequest(request)) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_VERSION, "13");
            say(HttpStatus.UPGRADE_REQUIRED_426, "A WebSocket is here.", response, callback);
        } else if (!origins.allow(request.getHeaders())) {
            app.meters().refused("origin");
            say(
                    HttpStatus.FORBIDDEN_403,
                    "Pages of that site may not connect here.",
                    response,
                    callback);
        } else {
            KnownBrowsers.find(
                    app,
                    key(request),
                    request,
                    browser -> upgrade(request, response, callback, browser),
                    callback::failed);
        }
        return true;
    }

    private void upgrade(
            Request request, Response response, Callback callback, @Nullable Browser browser) {
        request.setAttribute(BROWSER, browser);
        if (!handshaker.upgradeRequest(
                new Negotiator(), request, response, callback, components, Upgrades::configure)) {
            say(
                    HttpStatus.BAD_REQUEST_400,
                    "This is not a WebSocket handshake.",
                    response,
                    callback);
        }
    }

    /** What Evennia's page puts first into the query: the key of the browser's session there. */
    private static String key(Request request) {
        String query = request.getHttpURI().getQuery();
        return query == null ? "" : query.split("&", 2)[0];
    }

    /** No idle timeout: pings detect dead clients. */
    private static void configure(Configuration session) {
        session.setIdleTimeout(Duration.ZERO);
        session.setAutoFragment(true);
        session.setMaxFrameSize(WebSocketWire.MAX_MESSAGE);
        session.setInputBufferSize(BUFFER);
        session.setOutputBufferSize(BUFFER);
    }

    /** Called once the handshake has been validated. */
    private final class Negotiator implements WebSocketNegotiator {
        @Override
        public @Nullable FrameHandler negotiate(
                ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
            InetAddress client = ForwardedFor.client(request, app.trustedProxies());
            switch (app.admission().admitReturning(client)) {
                case Admission.Refused why -> {
                    app.meters().refused(why.reason());
                    say(Refusal.status(why), why.message(), response, callback);
                    return null;
                }
                case Admission.Admitted(Admission.Place place) -> {
                    Request.addCompletionListener(
                            request,
                            failure -> {
                                if (failure != null) {
                                    place.giveBack(); // nothing will be opened
                                }
                            });
                    return begin.with(arrival(client, request, response), place);
                }
            }
        }
    }

    private Arrival arrival(
            InetAddress client, ServerUpgradeRequest request, ServerUpgradeResponse response) {
        response.setExtensions(
                compression
                        ? request.getExtensions().stream()
                                .filter(each -> each.getName().equals(DEFLATE))
                                .limit(1)
                                .toList()
                        : List.of());
        Subprotocol chosen = Subprotocol.among(request.getSubProtocols());
        if (chosen == null) {
            app.meters().malformed("subprotocol");
        } else {
            response.setAcceptedSubProtocol(chosen.offered());
        }
        String query = request.getHttpURI().getQuery();
        return new Arrival(
                client,
                Cidr.anyContains(app.trustedProxies(), client),
                request.getConnectionMetaData().isSecure(),
                chosen == null ? Subprotocol.UNNAMED : chosen,
                query == null ? "" : query,
                request.getAttribute(BROWSER) instanceof Browser browser ? browser : null);
    }

    private static void say(int status, String text, Response response, Callback callback) {
        PlainText.end(status, text + "\n", response, callback);
    }
}
