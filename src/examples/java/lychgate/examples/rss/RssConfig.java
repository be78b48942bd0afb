package lychgate.examples.rss;

import lychgate.session.Values;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the game wants: the keys are those of Evennia.
 *
 * @param url of the feed ({@code url})
 * @param rate the time between two looks at it ({@code rate}, in seconds)
 */
record RssConfig(URI url, Duration rate) {
    /** Where the game says nothing: as Evennia's {@code RSS_UPDATE_INTERVAL}. */
    private static final Duration DEFAULT_RATE = Duration.ofMinutes(10);

    private static final Duration LONGEST_RATE = Duration.ofDays(7);

    /** Only what is on the web: a file of the server is not for players. */
    private static final List<String> SCHEMES = List.of("http", "https");

    /**
     * Reads it.
     *
     * @param shortest time between two looks
     * @throws IllegalArgumentException if something is missing or cannot be meant
     */
    static RssConfig of(Map<String, @Nullable Object> config, Duration shortest) {
        Duration wanted =
                config.get("rate") instanceof Number n && n.longValue() > 0
                        ? Duration.ofSeconds(Math.min(n.longValue(), LONGEST_RATE.toSeconds()))
                        : DEFAULT_RATE;
        return new RssConfig(
                url(Values.text(config.get("url"))),
                wanted.compareTo(shortest) < 0 ? shortest : wanted);
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text.strip());
            String scheme = url.getScheme();
            if (scheme != null
                    && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))
                    && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new IllegalArgumentException("the feed's url cannot be \"" + text + "\"");
    }
}
