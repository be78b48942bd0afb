package lychgate.plugin;

import java.util.List;

/**
 * The keys of one section of the configuration, read by their owner: each method reads one key and
 * returns its value, or the default if it is not set. An invalid value is reported to the operator
 * with file and line, and the default returned; keys that nobody read are reported too.
 */
public interface Settings {

    /** {@code true} or {@code false}. */
    boolean flag(String key, boolean otherwise);

    /** A whole number within bounds. */
    int number(String key, int otherwise, int least, int most);

    /** A port, 0 to 65535; 0 for any free one. */
    int port(String key, int otherwise);

    /** A text. */
    String text(String key, String otherwise);

    /** One of the given words. */
    String choice(String key, String otherwise, List<String> choices);

    /** A list of texts. */
    List<String> texts(String key, List<String> otherwise);
}
