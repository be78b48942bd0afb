package lychgate.examples.rss;

/**
 * An entry of a feed, as far as players are told of it.
 *
 * @param id by which it is known again: the feed's own, and when it was changed
 */
record Entry(String id, String title, String link) {
    /** Longest text in characters that is taken from a feed: what is longer is cut. */
    static final int MAX_TEXT = 500;

    Entry {
        id = cut(id);
        title = cut(title);
        link = cut(link);
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT - 1) + "…";
    }

    /** What players are told. */
    String words() {
        return title.isEmpty() || link.isEmpty() ? title + link : title + " - " + link;
    }
}
