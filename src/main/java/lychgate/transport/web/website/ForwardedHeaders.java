package lychgate.transport.web.website;

import lychgate.address.Addresses;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.Locale;

/**
 * Says to the game's web server who asks: exactly one X-Forwarded-For, the client's address.
 * Evennia believes this portal, so nothing that a client sends may say the same.
 */
final class ForwardedHeaders {
    private static final String FORWARDED = "x-forwarded-";

    private ForwardedHeaders() {}

    /**
     * Whether a header of the client must not reach the game. A name with an underscore is the same
     * to Django as one with a hyphen.
     */
    static boolean isForged(HttpField field) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        return name.startsWith(FORWARDED)
                || name.equals("forwarded")
                || name.equals("x-real-ip")
                || name.indexOf('_') >= 0;
    }

    /**
     * Replaces them by our own.
     *
     * @param headers of the request to the game
     * @param client the address of who asks
     * @param scheme by which they ask
     */
    static void put(HttpFields.Mutable headers, InetAddress client, String scheme) {
        for (Iterator<HttpField> each = headers.iterator(); each.hasNext(); ) {
            if (isForged(each.next())) {
                each.remove();
            }
        }
        headers.put(HttpHeader.X_FORWARDED_FOR, Addresses.text(client));
        headers.put(HttpHeader.X_FORWARDED_PROTO, scheme);
        String host = headers.get(HttpHeader.HOST);
        if (host != null) {
            headers.put(HttpHeader.X_FORWARDED_HOST, host);
        }
    }
}
