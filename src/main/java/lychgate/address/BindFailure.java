package lychgate.address;

import java.io.IOException;

/** Why a service cannot listen, in a sentence that tells the operator what to do. */
public final class BindFailure {
    /** What the system says of a port below 1024, whose reason is seldom understood. */
    private static final String DENIED = "Permission denied";

    private BindFailure() {}

    /**
     * The failure to listen on the port of a setting.
     *
     * @param key of the setting, {@code telnet.port}
     */
    public static IOException of(String key, int port, Throwable cause) {
        return of(key, port, cause, "free it");
    }

    /**
     * The same where it is known who is likely to have the port.
     *
     * @param remedy how to free it
     */
    public static IOException of(String key, int port, Throwable cause, String remedy) {
        String why = String.valueOf(cause.getMessage());
        return new IOException(
                "%s %d: %s; %s or set another %s"
                        .formatted(
                                key,
                                port,
                                why,
                                why.startsWith(DENIED)
                                        ? "let this user listen there"
                                                + " (AmbientCapabilities=CAP_NET_BIND_SERVICE)"
                                        : remedy,
                                key),
                cause);
    }
}
