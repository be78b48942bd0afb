package lychgate.transport.web;

import lychgate.address.Listening;
import lychgate.address.Listening.Security;
import lychgate.address.WebOrigin;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * Section {@code [web]} of the configuration, and what is below it.
 *
 * @param enabled whether the web is served without TLS
 * @param port of HTTP, with WebSockets at {@code /ws}; 0 for any free one
 * @param websocketPort of WebSockets at any path; 0 for any free one
 * @param allowedOrigins whose pages may open a WebSocket, besides our own
 * @param page the folder of the game's own page; null: ours
 * @param resumeSeconds how long a session waits for a client that may come back; 0: not at all
 * @param compression whether WebSockets are compressed for clients that can (permessage-deflate)
 * @param tls the web over TLS, on a port of its own
 */
public record WebConfig(
        boolean enabled,
        int port,
        int websocketPort,
        List<WebOrigin> allowedOrigins,
        @Nullable Path page,
        int resumeSeconds,
        boolean compression,
        Tls tls) {
    static final String WEB = "web";
    static final String WEB_TLS = "web-tls";
    static final String WEBSOCKET = "websocket";

    /** Sessions by HTTP requests alone: no service, but a transport. */
    static final String AJAX = "ajax";

    /** What holds where the configuration says nothing. */
    public static final WebConfig DEFAULT =
            new WebConfig(true, 4001, 4002, List.of(), null, 180, false, Tls.DEFAULT);

    public WebConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /**
     * Section {@code [web.tls]}.
     *
     * @param enabled whether the web is served over TLS
     * @param port to listen on; 0 for any free one
     */
    public record Tls(boolean enabled, int port) {

        /** What holds where the configuration says nothing. */
        public static final Tls DEFAULT = new Tls(false, 4043);
    }

    /** The services, on an address of this machine. */
    public List<Listening> listening(String address) {
        return List.of(
                new Listening(WEB, "web.port", enabled, address, port, Security.PLAIN),
                new Listening(
                        WEB_TLS, "web.tls.port", tls.enabled, address, tls.port, Security.TLS),
                new Listening(
                        WEBSOCKET,
                        "web.websocket_port",
                        enabled,
                        address,
                        websocketPort,
                        Security.PLAIN));
    }
}
