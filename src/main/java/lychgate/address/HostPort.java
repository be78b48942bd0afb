package lychgate.address;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where another server listens.
 *
 * @param host a name or an address; one of IPv6 without brackets
 * @param port from 1 to 65535
 */
public record HostPort(String host, int port) {
    private static final Pattern NOTATION =
            Pattern.compile("(?i)(?:\\[([0-9a-f:.]+)]|([a-z0-9._-]+)):([0-9]{1,5})");

    private static final int MAX_PORT = 65_535;

    /** What is written so, {@code localhost:4005} or {@code [::1]:4005}; null if it is not that. */
    public static @Nullable HostPort parse(String text) {
        Matcher parts = NOTATION.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        String bracketed = parts.group(1);
        int port = Integer.parseInt(parts.group(3));
        if (port < 1 || port > MAX_PORT) {
            return null;
        }
        if (bracketed != null) {
            return Addresses.isLiteral(bracketed) ? new HostPort(bracketed, port) : null;
        }
        return new HostPort(parts.group(2), port);
    }

    /** The same as it is written in a URL. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
