package lychgate.nats;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Message;

import lychgate.session.Meters;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Counts and logs what the server or the library complains of. Called by the connection's one
 * thread.
 */
final class Troubles implements ErrorListener {
    private static final Logger log = LoggerFactory.getLogger(Troubles.class);

    /**
     * The same complaint is logged so often; a forbidden subject may be used 100 times a second.
     */
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    /** Different complaints that are remembered. */
    private static final int MAX_REMEMBERED = 64;

    private final Meters meters;
    private final LongSupplier nanoTime;
    private final java.util.function.Consumer<Consumer> slow;
    private final Map<String, Long> logged =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };
    private String last = "no answer";

    /**
     * @param slow gets the library's consumer for which messages are dropped
     */
    Troubles(Meters meters, LongSupplier nanoTime, java.util.function.Consumer<Consumer> slow) {
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.slow = slow;
    }

    /** Why there is no connection, as far as is known. */
    String last() {
        return last;
    }

    /** The server has sent {@code -ERR}. */
    @Override
    public void errorOccurred(Connection connection, String text) {
        String shown = shown(text);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("permissions violation")) {
            meters.refused("nats_permission");
            warn("the server refuses: " + shown + "; see the permissions of this portal's user");
        } else if (lower.contains("authorization") || lower.contains("authentication")) {
            meters.refused("nats_login");
            last = "the server refuses the credentials: " + shown;
        } else {
            meters.refused("nats_error");
            last = "the server says: " + shown;
            warn(last);
        }
    }

    /** A connection could not be made, or was lost. */
    @Override
    public void exceptionOccurred(Connection connection, Exception e) {
        log.debug("NATS: {}", shown(String.valueOf(e)));
        if (!last.startsWith("the server") || !isConsequence(e)) {
            last =
                    switch (e) {
                        case TimeoutException _ -> "no answer";
                        default ->
                                e.getMessage() == null
                                        ? e.getClass().getSimpleName()
                                        : shown(e.getMessage());
                    };
        }
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        meters.refused("nats_slow_consumer");
        warn("messages are dropped, because they are not handled fast enough");
        slow.accept(consumer);
    }

    @Override
    public void messageDiscarded(Connection connection, Message message) {
        meters.refused("nats_unsent");
    }

    /** Forgets why there was no connection. */
    void clear() {
        last = "no answer";
    }

    /** Logs a complaint, unless the same was logged a short time ago. */
    void warn(String text) {
        long now = nanoTime.getAsLong();
        Long before = logged.get(text);
        if (before == null || now - before >= AGAIN_NANOS) {
            logged.remove(text);
            logged.put(text, now);
            log.warn("NATS: {}", text);
        }
    }

    /** The server has said what is wrong, and then closed the connection. */
    private static boolean isConsequence(Exception e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("closed")
                || text.contains("reset")
                || e instanceof TimeoutException
                || e instanceof java.util.concurrent.CancellationException;
    }

    private static String shown(String text) {
        return ServerUrl.withoutUsers(text);
    }
}
