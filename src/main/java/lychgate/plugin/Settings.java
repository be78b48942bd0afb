package lychgate.plugin;

import java.util.List;

/**
 * The keys of one section of the configuration, read by whoever knows them: each method reads one
 * key and gives its value, or the default where it is not set. A value that is not allowed is
 * reported to the operator with file and line, and the default given; so are keys that nobody read.
 */
public interface Settings {

    /** {@code true} or {@code false}. */
    boolean flag(String key, boolean otherwise);

    /** A whole number within bounds. */
    int number(String key, int otherwise, int least, int most);

    /** A port: 0 for any free one, to 65535. */
    int port(String key, int otherwise);

    /** A text. */
    String text(String key, String otherwise);

    /** One of some words. */
    String choice(String key, String otherwise, List<String> choices);

    /** A list of texts. */
    List<String> texts(String key, List<String> otherwise);
}
