package lychgate.transport.web.website;

import lychgate.address.HostPort;

import org.eclipse.jetty.http.HttpURI;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What is asked of the game's web server. Path and query stay as the browser sent them; characters
 * that browsers send and URIs do not allow, such as {@code |} in a query, are percent-encoded.
 */
final class Target {
    /** Everything else that a path or query may contain is a letter, a digit or an escape. */
    private static final String ALLOWED = "-._~!$&'()*+,;=:@/?[]";

    private static final String ALLOWED_IN_PATHS = ALLOWED.replace("[]", "");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int ESCAPE = 3;
    private static final int DELETE = 0x7f;

    private Target() {}

    /** The URI that a request asks for, at a server; null if it is not a path there. */
    static @Nullable URI at(HostPort server, HttpURI asked) {
        String path = asked.getPath();
        if (path == null || !path.startsWith("/") || asked.getFragment() != null) {
            return null;
        }
        String query = asked.getQuery();
        String encodedPath = encoded(path, ALLOWED_IN_PATHS);
        String encodedQuery = query == null ? "" : encoded(query, ALLOWED);
        if (encodedPath == null || encodedQuery == null) {
            return null;
        }
        try {
            return new URI(
                    "http://" + server + encodedPath + (query == null ? "" : "?" + encodedQuery));
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** The text as a URI may contain it; null if it has a control character. */
    private static @Nullable String encoded(String text, String allowed) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c < ' ' || c == DELETE) {
                return null;
            }
            if (isLetterOrDigit(c) || allowed.indexOf(c) >= 0 || (c == '%' && isEscape(text, i))) {
                encoded.append((char) c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.toHexDigits(b));
                }
            }
        }
        return encoded.toString();
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isEscape(String text, int at) {
        return at + ESCAPE <= text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }
}
