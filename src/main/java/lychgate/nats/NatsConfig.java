package lychgate.nats;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * Section {@code [nats]}.
 *
 * @param servers of one cluster; any of them will do. At least one
 * @param credentials a {@code .creds} file; null for none, or those in the URLs
 * @param ca a PEM file with the authorities that sign the servers' certificates; null for those of
 *     the system
 * @param realm all portals and games that know of one another; see {@link Subjects#isName}
 * @param portal the number of this process, from 1 to {@link #MAX_PORTAL}; no other may have it
 * @param shard the game that sessions are brought to first, or that is served here
 * @param serve whether this process's own game takes sessions of other portals
 */
public record NatsConfig(
        List<ServerUrl> servers,
        @Nullable Path credentials,
        @Nullable Path ca,
        String realm,
        int portal,
        String shard,
        boolean serve) {
    /** The name under which a portal that serves announces the port of its server. */
    public static final String SERVICE = "nats";

    /** The greatest number of a portal: session numbers have 12 bits for it. */
    public static final int MAX_PORTAL = 4095;

    /** The defaults. */
    public static final NatsConfig DEFAULT =
            new NatsConfig(
                    List.of(new ServerUrl(false, null, "127.0.0.1", ServerUrl.PORT)),
                    null,
                    null,
                    "main",
                    1,
                    "main",
                    false);

    public NatsConfig {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no server");
        }
        if (portal < 1 || portal > MAX_PORTAL) {
            throw new IllegalArgumentException("portal " + portal);
        }
    }

    /** The subjects of the realm. */
    public Subjects subjects() {
        return new Subjects(realm);
    }

    /** Whether the connection is encrypted: all URLs say so, or none. */
    boolean isEncrypted() {
        return servers.getFirst().tls();
    }
}
