package lychgate.admin;

import lychgate.address.Listening;
import lychgate.address.Listening.Security;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Section {@code [admin]} of the configuration.
 *
 * @param enabled whether the portal can be monitored over HTTP
 * @param listenAddress the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param tokenFile holds what operators must show to see the page; null: only from this machine
 */
public record AdminConfig(
        boolean enabled, String listenAddress, int port, @Nullable Path tokenFile) {

    /** The defaults. */
    public static final AdminConfig DEFAULT = new AdminConfig(true, "127.0.0.1", 4010, null);

    /** The service. */
    public Listening listening() {
        return new Listening("admin", "admin.port", enabled, listenAddress, port, Security.PLAIN);
    }
}
