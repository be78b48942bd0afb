package lychgate.admin;

import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * A portal that takes no newcomers, and ends when the last session has.
 *
 * @param since how long it has been draining
 * @param left the time after which it ends with those who are left; null: it waits for them
 */
public record Draining(Duration since, @Nullable Duration left) {
    /** The same for scripts. */
    record Script(long seconds, @Nullable Long secondsLeft) {}

    /** For scripts. */
    Script script() {
        return new Script(since.toSeconds(), left == null ? null : left.toSeconds());
    }

    /** Reads what {@link #script} has become as JSON. */
    static Draining read(Fields draining) throws MalformedException {
        Long left = draining.optionalNumber("seconds_left");
        return new Draining(
                Duration.ofSeconds(draining.number("seconds")),
                left == null ? null : Duration.ofSeconds(left));
    }

    /** For people. */
    public String text() {
        return "draining for "
                + Durations.text(since)
                + ", ends when the last session has"
                + (left == null ? "" : ", or in " + Durations.text(left));
    }
}
