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
import java.util.Objects;
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
    private int held; // of these, guarded by them

    /** What a connection is waiting for. */
    private enum Waits {
        /** Its client sends, or reads. */
        FOR_CLIENT,
        /** A request is being answered. */
        FOR_US,
        /** We hold an answer until there is something to say. */
        HELD
    }

    private static final class State {
        private Waits waits = Waits.FOR_CLIENT; // no request yet
        private Scheduler.@Nullable Task deadline;
    }

    /**
     * What a server allows.
     *
     * @param connections one more closes the one that has kept us waiting longest
     * @param headers timeout for the headers of a connection's first request, and for a body
     * @param reason for the counter
     */
    public record Bounds(int connections, Duration headers, String reason) {}

    public HttpDeadlines(ServerConnector connector, Meters meters, Bounds bounds) {
        this.connector = connector;
        this.meters = meters;
        this.bounds = bounds;
    }

    /** Those of the port that a request has come to. */
    public static HttpDeadlines of(Request request) {
        ServerConnector connector =
                (ServerConnector) request.getConnectionMetaData().getConnector();
        return Objects.requireNonNull(connector.getBean(HttpDeadlines.class));
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
        synchronized (open) {
            open.put(connection, new State());
        }
        within(connection, bounds.headers, Waits.FOR_CLIENT);
        oldestOfTooMany().ifPresent(this::giveUp);
    }

    private Optional<Connection> oldestOfTooMany() {
        synchronized (open) {
            return open.size() - held <= bounds.connections
                    ? Optional.empty()
                    : open.entrySet().stream()
                            .filter(each -> each.getValue().waits == Waits.FOR_CLIENT)
                            .map(Map.Entry::getKey)
                            .findFirst();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        synchronized (open) {
            State state = remove(connection);
            if (state != null && state.deadline != null) {
                state.deadline.cancel();
            }
        }
    }

    private @Nullable State remove(Connection connection) {
        State state = open.remove(connection);
        if (state != null && state.waits == Waits.HELD) {
            held--;
        }
        return state;
    }

    /**
     * Gives a request that much time from now on for its answer, instead of {@link #NEXT}: whoever
     * handles it has seen it move by enough bytes to be worth waiting for.
     */
    public void extend(Request request, Duration time) {
        within(request.getConnectionMetaData().getConnection(), time, Waits.FOR_US);
    }

    /** The headers of a request have been received: its answer has a deadline, and the next. */
    public void asked(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        within(connection, NEXT, Waits.FOR_US);
        Request.addCompletionListener(
                request,
                _ -> {
                    within(connection, NEXT, Waits.FOR_CLIENT);
                    oldestOfTooMany().ifPresent(this::giveUp);
                });
    }

    /** The body of a request is being read: it has as much time as the headers had. */
    public void reads(Request request) {
        within(request.getConnectionMetaData().getConnection(), bounds.headers, Waits.FOR_CLIENT);
    }

    /** All of the body is here. */
    public void hasRead(Request request) {
        within(request.getConnectionMetaData().getConnection(), NEXT, Waits.FOR_US);
    }

    /**
     * The answer is held for that long at most, until there is something to say. Meanwhile the
     * connection does not count: who holds answers must bound them.
     */
    public void holds(Request request, Duration most) {
        within(request.getConnectionMetaData().getConnection(), most.plus(NEXT), Waits.HELD);
    }

    private void within(Connection connection, Duration time, Waits waits) {
        synchronized (open) {
            State state = remove(connection);
            if (state == null) {
                return; // it was closed
            }
            open.put(connection, state); // to the end of the order: it has completed a step
            held += waits == Waits.HELD ? 1 : 0;
            if (state.deadline != null) {
                state.deadline.cancel();
            }
            state.waits = waits;
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
            isOpen = remove(connection) != null;
        }
        if (isOpen) {
            meters.refused(bounds.reason);
            connection.getEndPoint().close();
        }
    }
}
