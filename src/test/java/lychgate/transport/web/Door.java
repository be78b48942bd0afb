package lychgate.transport.web;

import java.util.ArrayList;
import java.util.List;

/** A way by which browsers come in: each has the same rules. */
enum Door {
    WEBSOCKET_PORT("websocket", "/?key&page&browser"),
    WEB_PORT("web", "/ws"),
    AJAX("web", "/webclientdata");

    private static final String FORM =
            AjaxPeer.form("mode", "init", "csessid", "", "cuid", "page", "browserstr", "test");

    private final String service;
    private final String path;

    Door(String service, String path) {
        this.service = service;
        this.path = path;
    }

    int port(WebSockets web) {
        return web.port(service);
    }

    /** The status that a session begins with. */
    int welcome() {
        return this == AJAX ? 200 : 101;
    }

    /** The status of the answer to a request that is right but for these headers. */
    int asks(WebSockets web, String... headers) {
        return asksFor(web, path, "localhost:" + port(web), headers);
    }

    /** The same by another target, at another host. */
    int asksFor(WebSockets web, String target, String host, String... headers) {
        List<String> lines = new ArrayList<>();
        lines.add((this == AJAX ? "POST " : "GET ") + target + " HTTP/1.1");
        lines.add("Host: " + host);
        if (this == AJAX) {
            lines.add("Content-Type: application/x-www-form-urlencoded");
            lines.add("Content-Length: " + FORM.length());
        } else {
            lines.add("Upgrade: websocket");
            lines.add("Connection: Upgrade");
            lines.add("Sec-WebSocket-Version: 13");
            lines.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        }
        lines.addAll(List.of(headers));
        String request = String.join("\r\n", lines) + "\r\n\r\n" + (this == AJAX ? FORM : "");
        try (AjaxPeer peer = new AjaxPeer(port(web))) {
            return peer.sends(request).status();
        }
    }

    /** The path of its sessions. */
    String path() {
        return path;
    }
}
