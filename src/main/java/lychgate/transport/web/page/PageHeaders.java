package lychgate.transport.web.page;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Pattern;

/** The headers of static files, besides those that describe the file. */
final class PageHeaders {
    /** Names and IPv4 addresses: a policy cannot name an IPv6 address. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?");

    private static final String OPENER = "Cross-Origin-Opener-Policy";
    private static final String RESOURCE = "Cross-Origin-Resource-Policy";
    private static final String ANY_SITE = "Access-Control-Allow-Origin";

    /**
     * For every file: a browser asks each time whether there is a newer one, as after an upgrade.
     */
    private static final List<HttpField> ALL =
            List.of(
                    new HttpField(HttpHeader.CACHE_CONTROL, "no-cache"),
                    new HttpField("X-Content-Type-Options", "nosniff"));

    private static final List<HttpField> OURS =
            List.of(
                    new HttpField("Referrer-Policy", "no-referrer"),
                    new HttpField(
                            "Permissions-Policy",
                            "camera=(), geolocation=(), microphone=(), payment=(), usb=()"));

    private PageHeaders() {}

    /** Adds those of the game's own files: it decides itself what its pages may do. */
    static void ofTheGame(HttpFields.Mutable headers) {
        ALL.forEach(headers::put);
    }

    /** Adds those of our own page. */
    static void ofOurs(Request request, HttpFields.Mutable headers) {
        ALL.forEach(headers::put);
        OURS.forEach(headers::put);
        headers.put("Content-Security-Policy", policy(request.getHeaders().get(HttpHeader.HOST)));
        headers.put(RESOURCE, "same-origin");
        if (request.isSecure()) {
            headers.put(OPENER, "same-origin"); // ignored with a complaint where there is no TLS
        }
    }

    /** Adds those of our script for other pages, also of other sites (web.allowed_origins). */
    static void ofTheScript(HttpFields.Mutable headers) {
        ALL.forEach(headers::put);
        headers.put(RESOURCE, "cross-origin");
        headers.put(ANY_SITE, "*");
    }

    /**
     * Scripts, styles and connections of our own host only; no text ever becomes markup (Trusted
     * Types); pages of the same site may frame ours. Older browsers do not count WebSockets of our
     * own host as {@code 'self'}: it is named too.
     */
    private static String policy(@Nullable String host) {
        boolean named = host != null && HOST.matcher(host).matches();
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " media-src 'self'; connect-src 'self'"
                + (named ? " ws://" + host + " wss://" + host : "")
                + "; manifest-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'self'; require-trusted-types-for 'script';"
                + " trusted-types 'none'";
    }
}
