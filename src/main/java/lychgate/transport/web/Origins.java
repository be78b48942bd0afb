package lychgate.transport.web;

import lychgate.address.WebOrigin;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides which web pages may open a WebSocket, by the Origin header. A page cannot forge it; other
 * programs can send any Origin, or none.
 */
final class Origins {
    private final List<WebOrigin> allowed;
    private final Supplier<Set<Integer>> ports;

    /**
     * @param allowed besides our own host
     * @param ports the ports that serve our own pages now
     */
    Origins(List<WebOrigin> allowed, Supplier<Set<Integer>> ports) {
        this.allowed = allowed;
        this.ports = ports;
    }

    /** Whether the request has no Origin, our own, or an allowed one. */
    boolean allow(HttpFields headers) {
        List<String> said = headers.getValuesList(HttpHeader.ORIGIN);
        if (said.isEmpty()) {
            return true;
        }
        WebOrigin origin = said.size() == 1 ? WebOrigin.parse(said.getFirst()) : null;
        return origin != null && (allowed.contains(origin) || isOwn(origin, headers));
    }

    /** The scheme does not count: a proxy in front of us may terminate TLS. */
    private boolean isOwn(WebOrigin origin, HttpFields headers) {
        String host = headers.get(HttpHeader.HOST);
        WebOrigin asked = host == null ? null : WebOrigin.ofHost(origin.scheme(), host);
        return asked != null
                && asked.host().equals(origin.host())
                && (asked.port() == origin.port() || ports.get().contains(origin.port()));
    }
}
