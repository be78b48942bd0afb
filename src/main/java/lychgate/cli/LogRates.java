package lychgate.cli;

import ch.qos.logback.classic.Level;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each kind of line may be logged, so that nobody can fill the log: the stack of a
 * failure once a minute for each place of origin, other lines up to a rate that only a flood
 * reaches. What is left out is counted. Time is handed in, in nanoseconds. Thread safe.
 */
final class LogRates {
    /** For how long a failure from the same place is not shown again, and lines are counted. */
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    /** Lines of a kind in a row: those of a thousand players who come back after a restart. */
    private static final int BURST = 1_000;

    /**
     * Lines of a kind in a second, in the long run. With the burst, and a few kinds at a time, that
     * is less than journald takes of a service (10,000 in 30 s), beyond which it drops any line.
     */
    private static final int PER_SECOND = 50;

    private static final long LINE_NANOS = Duration.ofSeconds(1).toNanos() / PER_SECOND;

    /** Kinds that are told apart, far more than there are statements; the others are one. */
    private static final int MAX_KINDS = 1_024;

    private final Map<Kind, State> states = new HashMap<>();
    private long leftOut;

    /** What lines have in common that are counted together. */
    sealed interface Kind {
        /** The logger of them. */
        String logger();

        /** Their level. */
        Level level();

        /**
         * Failures from one place.
         *
         * @param type of what was thrown first
         * @param place where
         */
        record Failure(String logger, Level level, String type, String place) implements Kind {}

        /**
         * Lines of one statement.
         *
         * @param format its text, without what is filled in
         */
        record Line(String logger, Level level, String format) implements Kind {}
    }

    /** How many of a kind were left out. */
    record Count(Kind kind, long lines) {}

    private static final class State {
        private long since; // the first that was left out, or the failure that was shown
        private long fullAt; // when the whole burst may be used again
        private long leftOut;
    }

    /** Whether a line of that kind is logged now; if not, it is counted. */
    synchronized boolean admits(Kind kind, long now) {
        boolean known = states.containsKey(kind) || states.size() < MAX_KINDS;
        Kind counted = known ? kind : others(kind);
        State state = states.get(counted);
        if (state == null) {
            state = new State();
            state.since = now - WINDOW_NANOS;
            state.fullAt = now;
            states.put(counted, state);
        }
        boolean admitted =
                switch (counted) {
                    case Kind.Failure _ -> now - state.since >= WINDOW_NANOS && state.leftOut == 0;
                    case Kind.Line _ -> state.fullAt - now <= (BURST - 1) * LINE_NANOS;
                };
        if (admitted) {
            state.fullAt = LINE_NANOS + (state.fullAt - now > 0 ? state.fullAt : now);
        }
        if (state.leftOut == 0 && (admitted || counted instanceof Kind.Line)) {
            state.since = now;
        }
        if (!admitted) {
            state.leftOut++;
            leftOut++;
        }
        return admitted;
    }

    /** What was left out in minutes that are over; it is counted anew from then on. */
    synchronized List<Count> due(long now) {
        List<Count> due = new ArrayList<>();
        states.forEach(
                (kind, state) -> {
                    if (state.leftOut > 0 && now - state.since >= WINDOW_NANOS) {
                        due.add(new Count(kind, state.leftOut));
                        state.leftOut = 0;
                    }
                });
        states.values()
                .removeIf(
                        state ->
                                state.leftOut == 0
                                        && now - state.since >= WINDOW_NANOS
                                        && now - state.fullAt >= 0);
        return due;
    }

    /** All that was left out and has not been said. */
    synchronized List<Count> rest() {
        List<Count> rest = new ArrayList<>();
        states.forEach(
                (kind, state) -> {
                    if (state.leftOut > 0) {
                        rest.add(new Count(kind, state.leftOut));
                    }
                });
        states.clear();
        return rest;
    }

    /** Lines that were left out since the start. */
    synchronized long leftOut() {
        return leftOut;
    }

    private static Kind others(Kind kind) {
        return switch (kind) {
            case Kind.Failure f -> new Kind.Failure(f.logger, f.level, "failures", "many places");
            case Kind.Line line -> new Kind.Line(line.logger, line.level, "…");
        };
    }
}
