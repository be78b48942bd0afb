package lychgate.telnet.option;

import lychgate.session.Meters;

import java.util.List;
import java.util.Map;

/** What an option may ask about the connection's surroundings. */
public interface OptionContext {

    /** The MSSP table: the fields' names, each with its values, in order. */
    Map<String, List<String>> mssp();

    /** Whether the other end is a proxy that is trusted to report its player's address. */
    boolean trusted();

    /** The counters. */
    Meters meters();

    /** A monotonic clock, in nanoseconds. */
    long nanoTime();
}
