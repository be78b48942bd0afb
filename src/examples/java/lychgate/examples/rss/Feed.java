package lychgate.examples.rss;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** Reads the entries of a feed: RSS or Atom, of any version. */
final class Feed {
    /** Most entries of a feed that are looked at: the newest, which come first. */
    static final int MAX_ENTRIES = 200;

    private Feed() {}

    /**
     * The entries, in the feed's order.
     *
     * @throws IOException if it is no feed, or has a document type, which could name other files
     */
    static List<Entry> entries(byte[] xml) throws IOException {
        SyndFeedInput input = new SyndFeedInput();
        input.setAllowDoctypes(false);
        input.setPreserveWireFeed(false);
        List<Entry> entries = new ArrayList<>();
        try (XmlReader reader = new XmlReader(new ByteArrayInputStream(xml), true)) {
            for (SyndEntry each : input.build(reader).getEntries()) {
                if (entries.size() < MAX_ENTRIES) {
                    entries.add(entry(each));
                }
            }
        } catch (FeedException | IllegalArgumentException e) {
            throw new IOException("what came is no feed: " + e.getMessage(), e);
        }
        return entries;
    }

    private static Entry entry(SyndEntry from) {
        String link = text(from.getLink());
        String uri = text(from.getUri());
        Date changed = from.getUpdatedDate();
        return new Entry(
                (uri.isEmpty() ? link + text(from.getTitle()) : uri)
                        + (changed == null ? "" : " " + changed.toInstant()),
                text(from.getTitle()),
                link);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
