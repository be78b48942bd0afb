package lychgate.telnet.option;

import lychgate.session.Meters;

import java.util.List;
import java.util.Map;

/** What the options of one connection may ask about what is around them. */
public interface OptionContext {

    /** What lists of games are told: names of fields, each with its values, in order. */
    Map<String, List<String>> mssp();

    /** Whether the other end is a proxy that is believed when it says where its player is. */
    boolean trusted();

    /** Counts what happens. */
    Meters meters();

    /** A clock that only goes forward, in nanoseconds. */
    long nanoTime();
}
