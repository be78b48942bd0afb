package lychgate.admin;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Periods as operators type them: {@code 7d}, {@code 12h}, {@code 1d12h}, {@code 90} seconds. */
public final class Periods {
    /** The longest that can be asked for; what is to last longer needs no end. */
    static final Duration MAX = Duration.ofDays(3_650);

    /** A text with an example of each form, for whoever has typed something else. */
    public static final String FORMS = "30s, 15m, 12h, 7d, 2w or 1d12h, at most 3650d";

    private static final Pattern PARTS = Pattern.compile("(?:[0-9]{1,9}[wdhms])+|[0-9]{1,9}");
    private static final Pattern PART = Pattern.compile("([0-9]+)([wdhms]?)");
    private static final Map<String, Duration> UNITS =
            Map.of(
                    "w", Duration.ofDays(7),
                    "d", Duration.ofDays(1),
                    "h", Duration.ofHours(1),
                    "m", Duration.ofMinutes(1),
                    "s", Duration.ofSeconds(1),
                    "", Duration.ofSeconds(1));

    private Periods() {}

    /** The period; null if the text is none, or of no length, or longer than {@link #MAX}. */
    public static @Nullable Duration parse(String text) {
        if (!PARTS.matcher(text).matches()) {
            return null;
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            Duration unit = UNITS.getOrDefault(part.group(2), Duration.ZERO);
            sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
        }
        return sum.isZero() || sum.compareTo(MAX) > 0 ? null : sum;
    }
}
