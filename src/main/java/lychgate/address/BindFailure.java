package lychgate.address;

import java.io.IOException;

/** A failed bind, as a sentence that tells the operator what to do. */
public final class BindFailure {
    /** The system's message for a privileged port, which says too little. */
    private static final String DENIED = "Permission denied";

    private BindFailure() {}

    /**
     * A failure to bind the port of a setting.
     *
     * @param key the setting, {@code telnet.port}
     */
    public static IOException of(String key, int port, Throwable cause) {
        return of(key, port, cause, "free it");
    }

    /**
     * The same, when it is known what is likely to use the port.
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
