package lychgate.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;

import org.jspecify.annotations.Nullable;

/**
 * The thread of those subscriptions that are seldom sent anything and never block: claims,
 * heartbeats, pings. Each connection has one.
 */
final class SharedThread {
    private @Nullable Connection connection;
    private @Nullable Dispatcher dispatcher;

    /** That of a connection; made if there is none. */
    synchronized Dispatcher of(Connection asked) {
        Dispatcher there = dispatcher;
        if (there == null || !asked.equals(connection)) {
            there = asked.createDispatcher();
            there.setPendingLimits(
                    Subscription.PendingLimits.DEFAULT.messages(),
                    Subscription.PendingLimits.DEFAULT.bytes());
            connection = asked;
            dispatcher = there;
        }
        return there;
    }
}
