package lychgate.examples.rss;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Knows which entries have been there before. The first look makes all of them known. */
final class SeenEntries {
    /** Most entries that are remembered: several times what a feed has at once. */
    static final int MAX_REMEMBERED = 5 * Feed.MAX_ENTRIES;

    private final Set<String> ids = new LinkedHashSet<>();
    private boolean looked;

    /** Those that are new, the oldest first; none at the first look. */
    List<Entry> news(List<Entry> entries) {
        List<Entry> news = new ArrayList<>();
        for (Entry entry : entries.reversed()) {
            if (!ids.remove(entry.id())) {
                news.add(entry);
            }
            ids.add(entry.id()); // as the newest
        }
        while (ids.size() > MAX_REMEMBERED) {
            ids.remove(ids.iterator().next());
        }
        if (!looked) {
            looked = true;
            return List.of();
        }
        return news;
    }
}
