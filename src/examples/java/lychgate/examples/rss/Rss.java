package lychgate.examples.rss;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.Settings;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Offers the game readers of feeds: {@code [plugins.rss]}. */
public final class Rss implements PortalPlugin {
    /** What our own games call it. */
    private static final String NAME = "rss";

    /** What Evennia's {@code RSSBot} calls it. */
    private static final String EVENNIAS_NAME = "evennia.server.portal.rss.RSSBotFactory";

    /** Often enough for news; sites complain about those who ask all the time. */
    private static final int LEAST_SECONDS = 60;

    private static final int MOST_SECONDS = 86_400;

    private List<String> furtherNames = List.of();
    private int least = LEAST_SECONDS;

    @Override
    public String name() {
        return NAME;
    }

    /**
     * {@code factories}: further names by which a game may ask; {@code least_seconds}: how often a
     * feed is fetched at the most, whatever the game wants.
     */
    @Override
    public void configure(Settings settings) {
        furtherNames = settings.texts("factories", List.of());
        least = settings.number("least_seconds", LEAST_SECONDS, 1, MOST_SECONDS);
    }

    @Override
    public void start(PortalApplication app) {
        Set<String> names = new HashSet<>(furtherNames);
        names.add(NAME);
        names.add(EVENNIAS_NAME);
        Duration shortest = Duration.ofSeconds(least);
        app.sessions()
                .offer(
                        names,
                        config -> new RssReader(RssConfig.of(config, shortest), app.meters()));
    }

    @Override
    public Set<String> transports() {
        return Set.of(RssReader.PROTOCOL);
    }

    /** Does nothing: the portal has ended the readers before, like all sessions. */
    @Override
    public void stop() {}
}
