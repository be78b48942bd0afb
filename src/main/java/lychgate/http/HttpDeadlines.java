package lychgate.admin;

import lychgate.session.Meters;

import org.eclipse.jetty.io.Connection;
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
final class HttpDeadlines implements Connection.Listener {
    /** Maximum number of connections; one more closes the one that has kept us waiting longest. */
    static final int MAX_CONNECTIONS = 64;

    /** Timeout for the headers of a connection's first request. */
    static final Duration HEADERS = Duration.ofSeconds(10);

    /** Timeout for reading an answer and sending the headers of the next request. */
    static final Duration NEXT = Duration.ofSeconds(30);

    private final ServerConnector connector;
    private final Meters meters;
    private final Duration headers;
    private final Map<Connection, State> open = new LinkedHashMap<>(); // guarded by itself

    /** What a connection is waiting for. */
    private static final class State {
        private boolean answered = true; // no request yet
        private Scheduler.@Nullable Task deadline;
    }

    HttpDeadlines(ServerConnector connector, Meters meters, Duration headers) {
        this.connector = connector;
        this.meters = meters;
        this.headers = headers;
    }

    @Override
    public void onOpened(Connection connection) {
        Optional<Connection> oldest = Optional.empty();
        synchronized (open) {
            open.put(connection, new State());
            if (open.size() > MAX_CONNECTIONS) {
                oldest =
                        open.entrySet().stream()
                                .filter(each -> each.getValue().answered)
                                .map(Map.Entry::getKey)
                                .findFirst();
            }
        }
        oldest.ifPresent(this::giveUp);
        within(connection, headers, true);
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

    /** The headers of a request have been received. */
    void asked(Connection connection) {
        within(connection, NEXT, false);
    }

    /** The request has been answered. */
    void answered(Connection connection) {
        within(connection, NEXT, true);
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
            meters.refused("admin_http");
            connection.getEndPoint().close();
        }
    }
}
