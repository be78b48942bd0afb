package lychgate.transport.web;

import lychgate.address.WebOrigin;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whose pages may open a WebSocket. A browser says where a page is from, and no page can change
 * that; whoever is no browser says what they like, or nothing.
 */
final class Origins {
    private final List<WebOrigin> allowed;
    private final Supplier<Set<Integer>> ports;

    /**
     * @param allowed besides our own host
     * @param ports on which our own pages are, now
     */
    Origins(List<WebOrigin> allowed, Supplier<Set<Integer>> ports) {
        this.allowed = allowed;
        this.ports = ports;
    }

    /** Whether a request comes from no page, from one of ours, or from one that is allowed. */
    boolean allow(HttpFields headers) {
        List<String> said = headers.getValuesList(HttpHeader.ORIGIN);
        if (said.isEmpty()) {
            return true;
        }
        WebOrigin origin = said.size() == 1 ? WebOrigin.parse(said.getFirst()) : null;
        return origin != null && (allowed.contains(origin) || isOwn(origin, headers));
    }

    /** Before us a proxy may speak TLS, so that the scheme says nothing. */
    private boolean isOwn(WebOrigin origin, HttpFields headers) {
        String host = headers.get(HttpHeader.HOST);
        WebOrigin asked = host == null ? null : WebOrigin.ofHost(origin.scheme(), host);
        return asked != null
                && asked.host().equals(origin.host())
                && (asked.port() == origin.port() || ports.get().contains(origin.port()));
    }
}
