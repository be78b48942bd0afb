package lychgate.nats;

import lychgate.address.HostPort;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a NATS server listens. Its text never shows the password.
 *
 * @param tls whether the connection is encrypted
 * @param userInfo {@code user:password}, percent-encoded as in the URL; null for none
 * @param host a name or an address; one of IPv6 without brackets
 * @param port from 1 to 65535
 */
public record ServerUrl(boolean tls, @Nullable String userInfo, String host, int port) {
    /** The port of a URL without one. */
    public static final int PORT = 4222;

    private static final Pattern NOTATION =
            Pattern.compile(
                    "(nats|tls)://(?:((?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})+)@)?"
                            + "((?:\\[[^\\]]*\\]|[^:/?#@\\[\\]]+))(:[0-9]+)?/?");

    private static final Pattern USER_INFO = Pattern.compile("//[^/\\s]*@");

    /**
     * What is written so, {@code nats://127.0.0.1:4222} or {@code tls://user:secret@[::1]}; null if
     * it is not that.
     */
    public static @Nullable ServerUrl parse(String text) {
        Matcher parts = NOTATION.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        String port = parts.group(4) == null ? ":" + PORT : parts.group(4);
        HostPort at = HostPort.parse(parts.group(3) + port);
        return at == null
                ? null
                : new ServerUrl(parts.group(1).equals("tls"), parts.group(2), at.host(), at.port());
    }

    /** A text in which URLs stand, without users and passwords. */
    public static String withoutUsers(String text) {
        return USER_INFO.matcher(text).replaceAll("//");
    }

    /** The whole URL, with user and password. */
    String secret() {
        return scheme() + (userInfo == null ? "" : userInfo + "@") + new HostPort(host, port);
    }

    /** The URL without user and password. */
    @Override
    public String toString() {
        return scheme() + new HostPort(host, port);
    }

    private String scheme() {
        return tls ? "tls://" : "nats://";
    }
}
