package lychgate.testing;

import lychgate.session.Meters;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts under plain names: {@code malformed charset}, {@code refused unsent}, {@code lines IN}.
 */
public final class CountingMeters implements Meters {
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    /** How often something was counted. */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** All counts whose names begin so. */
    public Map<String, Long> counts(String beginning) {
        Map<String, Long> found = new TreeMap<>(counts);
        found.keySet().removeIf(name -> !name.startsWith(beginning));
        return found;
    }

    @Override
    public void opened(String transport) {
        add("opened " + transport, 1);
    }

    @Override
    public void closed(String transport) {
        add("closed " + transport, 1);
    }

    @Override
    public void moved(String from, String to) {
        add("moved " + from + " to " + to, 1);
    }

    @Override
    public void returned(Return how) {
        add("returned " + how, 1);
    }

    @Override
    public void resumeBytes(long more) {
        add("resume bytes", more);
    }

    @Override
    public void refused(String reason) {
        add("refused " + reason, 1);
    }

    @Override
    public void malformed(String kind) {
        add("malformed " + kind, 1);
    }

    @Override
    public void loginFailed() {
        add("login failed", 1);
    }

    @Override
    public void loginDelayed() {
        add("login delayed", 1);
    }

    @Override
    public void line(Direction direction) {
        add("lines " + direction, 1);
    }

    @Override
    public void bytes(Direction direction, long count) {
        add("bytes " + direction, count);
    }

    @Override
    public void roundTrip(Duration time) {
        add("round trips", 1);
    }

    @Override
    public void gameBack(long nanos) {
        add("back", 1);
    }

    @Override
    public void oobDropped() {
        add("oob dropped", 1);
    }

    private void add(String name, long more) {
        counts.merge(name, more, Long::sum);
    }
}
