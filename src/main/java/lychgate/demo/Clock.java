package lychgate.demo;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The current time, in words. */
final class Clock {
    private static final DateTimeFormatter WORDS =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT);

    private Clock() {}

    static String words() {
        return ZonedDateTime.now(ZoneOffset.UTC).format(WORDS);
    }
}
