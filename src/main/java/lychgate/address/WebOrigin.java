package lychgate.address;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a web page (RFC 6454): as browsers send it and operators allow it.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in small letters; an address of IPv6 in brackets
 * @param port also where it is the scheme's own
 */
public record WebOrigin(String scheme, String host, int port) {
    /** Nothing behind the port: an origin has no path, not even {@code /}. */
    private static final Pattern ORIGIN =
            Pattern.compile(
                    "(?i)(https?)://(" + "\\[[0-9a-f:.]+]|[a-z0-9._-]+" + ")(?::([0-9]{1,5}))?");

    /** What a Host header is, {@code host} or {@code host:port} (RFC 9110, 7.2). */
    private static final Pattern AUTHORITY =
            Pattern.compile("(?i)(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::([0-9]{1,5}))?");

    private static final int MAX_PORT = 65_535;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** The origin of that notation, {@code https://example.org:8443}; null if it is not one. */
    public static @Nullable WebOrigin parse(String text) {
        Matcher parts = ORIGIN.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        return of(scheme, parts.group(2), parts.group(3));
    }

    /**
     * The origin of pages fetched from a Host; null if that is malformed.
     *
     * @param scheme by which they are fetched
     */
    public static @Nullable WebOrigin ofHost(String scheme, String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches() ? of(scheme, parts.group(1), parts.group(2)) : null;
    }

    private static @Nullable WebOrigin of(String scheme, String host, @Nullable String digits) {
        int own = scheme.equals("https") ? HTTPS : HTTP;
        int port = digits == null ? own : Integer.parseInt(digits);
        return port > MAX_PORT ? null : new WebOrigin(scheme, host.toLowerCase(Locale.ROOT), port);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
