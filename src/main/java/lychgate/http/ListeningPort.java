package lychgate.http;

import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

import java.util.OptionalInt;

/** The port on which a connector really listens. */
public final class ListeningPort {
    private ListeningPort() {}

    /** The port of a connector; empty if there is none, or if it does not listen. */
    public static OptionalInt of(@Nullable ServerConnector connector) {
        return connector == null || connector.getLocalPort() <= 0
                ? OptionalInt.empty()
                : OptionalInt.of(connector.getLocalPort());
    }
}
