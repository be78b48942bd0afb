package lychgate.transport.web;

import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketConnection;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * Listens on a web port. Reads WebSockets on the thread that has seen that something arrived:
 * nothing there blocks, and a dozen frames of one are its turn. To wake up another thread for each
 * message takes longer than the message.
 */
final class WebConnector extends ServerConnector {
    private static final int ACCEPTORS = 0; // the selector accepts, too
    private static final int SELECTORS = 1;

    /**
     * The listen backlog: room for all players of a game coming back at once. The system resets
     * connections that it has no room for.
     */
    private static final int BACKLOG = 4096;

    WebConnector(Server server, ConnectionFactory... protocols) {
        super(server, ACCEPTORS, SELECTORS, protocols);
        setAcceptQueueSize(BACKLOG);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new EndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** One connection. */
    private static final class EndPoint extends SocketChannelEndPoint {
        EndPoint(
                SocketChannel channel,
                ManagedSelector selector,
                SelectionKey key,
                Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public void fillInterested(Callback arrived) {
            super.fillInterested(here(arrived));
        }

        @Override
        public boolean tryFillInterested(Callback arrived) {
            return super.tryFillInterested(here(arrived));
        }

        private Callback here(Callback arrived) {
            return getConnection() instanceof WebSocketConnection
                    ? Callback.from(
                            InvocationType.NON_BLOCKING, arrived::succeeded, arrived::failed)
                    : arrived;
        }
    }
}
