package lychgate.http;

import lychgate.session.Meters;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the number of HTTP connections and the time each may take for its next step; sending a
 * byte now and then does not extend it.
 */
public final class HttpDeadlines implements Connection.Listener {
    /** Timeout for the headers of a connection's first request. */
    public static final Duration HEADERS = Duration.ofSeconds(10);

    /** Timeout for reading an answer and sending the headers of the next request. */
    public static final Duration NEXT = Duration.ofSeconds(30);

    private final ServerConnector connector;
    private final Meters meters;
    private final Bounds bounds;
    private final Map<Connection, State> open = new LinkedHashMap<>(); // guarded by itself

    /** What a connection is waiting for. */
    private static final class State {
        private boolean answered = true; // no request yet
        private Scheduler.@Nullable Task deadline;
    }

    /**
     * What a server allows.
     *
     * @param connections one more closes the one that has kept us waiting longest
     * @param headers timeout for the headers of a connection's first request
     * @param reason for the counter
     */
    public record Bounds(int connections, Duration headers, String reason) {}

    public HttpDeadlines(ServerConnector connector, Meters meters, Bounds bounds) {
        this.connector = connector;
        this.meters = meters;
        this.bounds = bounds;
    }

    /** TLS below, and what a connection may be upgraded to, have deadlines of their own. */
    private static boolean isHttp(Connection connection) {
        return connection instanceof Connection.UpgradeFrom;
    }

    @Override
    public void onOpened(Connection connection) {
        if (!isHttp(connection)) {
            return;
        }
        Optional<Connection> oldest = Optional.empty();
        synchronized (open) {
            open.put(connection, new State());
            if (open.size() > bounds.connections) {
                oldest =
                        open.entrySet().stream()
                                .filter(each -> each.getValue().answered)
                                .map(Map.Entry::getKey)
                                .findFirst();
            }
        }
        oldest.ifPresent(this::giveUp);
        within(connection, bounds.headers, true);
    }

    @Override
    public void onClosed(Connection connection) {
        synchronized (open) {
            State state = open.remove(connection);
            if (state != null && state.deadline != null) {
                state.deadline.cancel();
            }
        }
    }

    /** Those of the connection that a request came over. */
    public static HttpDeadlines of(Request request) {
        return request.getConnectionMetaData()
                .getConnector()
                .getContainedBeans(HttpDeadlines.class)
                .iterator()
                .next();
    }

    /**
     * Gives a request that much time from now on for its answer, instead of {@link #NEXT}: whoever
     * handles it lets it wait, or has seen it move by enough bytes to be worth waiting for.
     */
    public void extend(Request request, Duration time) {
        within(request.getConnectionMetaData().getConnection(), time, false);
    }

    /** The headers of a request have been received: its answer has a deadline, and the next. */
    public void asked(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        within(connection, NEXT, false);
        Request.addCompletionListener(request, _ -> within(connection, NEXT, true));
    }

    private void within(Connection connection, Duration time, boolean answered) {
        synchronized (open) {
            State state = open.remove(connection);
            if (state == null) {
                return; // it was closed
            }
            open.put(connection, state); // to the end of the order: it has completed a step
            if (state.deadline != null) {
                state.deadline.cancel();
            }
            state.answered = answered;
            state.deadline =
                    connector
                            .getScheduler()
                            .schedule(
                                    () -> giveUp(connection),
                                    time.toMillis(),
                                    TimeUnit.MILLISECONDS);
        }
    }

    private void giveUp(Connection connection) {
        boolean isOpen;
        synchronized (open) {
            isOpen = open.remove(connection) != null;
        }
        if (isOpen) {
            meters.refused(bounds.reason);
            connection.getEndPoint().close();
        }
    }
}
