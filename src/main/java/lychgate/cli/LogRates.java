package lychgate.cli;

import ch.qos.logback.classic.Level;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Limits how often each kind of line is logged, so that nobody can fill the log: a stack trace once
 * a minute for each place it comes from, other lines up to a rate that only a flood reaches.
 * Suppressed lines are counted. The time is passed in, in nanoseconds. Thread safe.
 */
final class LogRates {
    /** How long a stack trace from the same place is suppressed, and the period of the counts. */
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    /** Maximum burst of a kind: the lines of a thousand players who reconnect after a restart. */
    private static final int BURST = 1_000;

    /**
     * Sustained rate of a kind, in lines a second. With the burst, and a few kinds at a time, this
     * stays below journald's limit for a service (10,000 in 30 s), beyond which it drops any line.
     */
    private static final int PER_SECOND = 50;

    private static final long LINE_NANOS = Duration.ofSeconds(1).toNanos() / PER_SECOND;

    /** Maximum number of kinds, far more than there are log statements; further ones share one. */
    private static final int MAX_KINDS = 1_024;

    private final Map<Kind, State> states = new HashMap<>();
    private long leftOut;

    /** A kind of line, counted together. */
    sealed interface Kind {
        /** Their logger. */
        String logger();

        /** Their level. */
        Level level();

        /**
         * Stack traces from one place.
         *
         * @param type the type of the root cause
         * @param place where it was thrown
         */
        record Failure(String logger, Level level, String type, String place) implements Kind {}

        /**
         * Lines of one statement.
         *
         * @param format its format string
         */
        record Line(String logger, Level level, String format) implements Kind {}
    }

    /** The number of suppressed lines of a kind. */
    record Count(Kind kind, long lines) {}

    private static final class State {
        private long since; // the first suppressed line, or the stack trace that was logged
        private long fullAt; // when the full burst is available again
        private long leftOut;
    }

    /** Whether to log a line of that kind now; if not, it is counted. */
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

    /** Takes the counts of the minutes that are over; counting starts again from zero. */
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

    /** Takes all counts that have not been reported. */
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

    /** The number of suppressed lines since the start. */
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
