package lychgate.admin;

import java.time.Duration;

/** Durations as people write them: {@code 3d 4h}, {@code 12m}, {@code 5s}. */
final class Durations {
    private Durations() {}

    /** In its two largest units. */
    static String text(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + "d " + duration.toHoursPart() + "h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + "h " + duration.toMinutesPart() + "m";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + "m " + duration.toSecondsPart() + "s";
        }
        return duration.toSeconds() + "s";
    }
}
