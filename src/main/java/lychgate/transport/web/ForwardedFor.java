package lychgate.transport.web;

import lychgate.address.Addresses;
import lychgate.address.Cidr;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a client's address behind proxies: the right-most address of X-Forwarded-For that is not
 * one of our trusted proxies. Addresses to the left of it come from the client and cannot be
 * trusted.
 */
final class ForwardedFor {
    /** Some proxies add the client's port. */
    private static final Pattern WITH_PORT =
            Pattern.compile("\\[([^\\[\\]]+)](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}");

    private static final Pattern COMMA = Pattern.compile(",");

    private ForwardedFor() {}

    /**
     * The address of the client that sends a request.
     *
     * @param trusted the proxies whose headers are believed
     */
    static InetAddress client(Request request, List<Cidr> trusted) {
        InetSocketAddress peer =
                (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
        return client(
                peer.getAddress(),
                request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR),
                trusted);
    }

    /**
     * The client's address.
     *
     * @param peer the address that has connected
     * @param headers all values of X-Forwarded-For, in their order
     * @param trusted the proxies whose headers are believed
     */
    static InetAddress client(InetAddress peer, List<String> headers, List<Cidr> trusted) {
        InetAddress client = peer;
        List<String> hops =
                headers.stream().flatMap(COMMA::splitAsStream).map(String::strip).toList();
        for (String hop : hops.reversed()) {
            if (!Cidr.anyContains(trusted, client)) {
                return client;
            }
            InetAddress before = address(hop);
            if (before == null) {
                return client; // the proxy gave no usable address
            }
            client = before;
        }
        return client;
    }

    private static @Nullable InetAddress address(String hop) {
        Matcher withPort = WITH_PORT.matcher(hop);
        if (!withPort.matches()) {
            return Addresses.literal(hop);
        }
        String bracketed = withPort.group(1);
        return Addresses.literal(bracketed == null ? withPort.group(2) : bracketed);
    }
}
