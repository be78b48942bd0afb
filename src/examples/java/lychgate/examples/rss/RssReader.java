package lychgate.examples.rss;

import lychgate.plugin.OutboundLink;
import lychgate.plugin.OutboundSession;
import lychgate.session.CommandTuple;
import lychgate.session.Meters;
import lychgate.text.Spans;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at a feed again and again, and tells the game of each new entry. */
final class RssReader implements OutboundSession {
    /** Evennia's name of the protocol. */
    static final String PROTOCOL = "rssbot";

    private static final Logger log = LoggerFactory.getLogger(RssReader.class);

    private final RssConfig config;
    private final Meters meters;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final SeenEntries seen = new SeenEntries();

    RssReader(RssConfig config, Meters meters) {
        this.config = config;
        this.meters = meters;
    }

    @Override
    public String protocolKey() {
        return PROTOCOL;
    }

    @Override
    public String address() {
        return config.url().toString();
    }

    @Override
    public void start(OutboundLink game) {
        // ROME looks for its configuration with it
        Thread.currentThread().setContextClassLoader(RssReader.class.getClassLoader());
        try (Download download = new Download(config.url())) {
            do {
                look(download, game);
            } while (!stopped.await(config.rate().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Download download, OutboundLink game) throws InterruptedException {
        try {
            byte[] xml = download.fetch();
            if (xml != null) {
                for (Entry entry : seen.news(Feed.entries(xml))) {
                    game.dataIn(command(entry));
                }
            }
        } catch (IOException e) {
            meters.malformed("rss_feed");
            log.info("feed {} cannot be read, trying again: {}", config.url(), e.getMessage());
        }
    }

    private CommandTuple command(Entry entry) {
        return CommandTuple.of(OutboundLink.BOT_DATA_IN, Spans.escape(entry.words()))
                .kwarg("type", "entry")
                .kwarg("title", entry.title())
                .kwarg("link", entry.link())
                .kwarg("feed", config.url().toString());
    }

    /** A feed is only read. */
    @Override
    public void dataOut(List<CommandTuple> commands) {}

    @Override
    public void stop() {
        stopped.countDown();
    }
}
