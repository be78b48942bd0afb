package lychgate.transport.telnet;

import lychgate.telnet.option.TelnetOption;

import org.apache.mina.core.filterchain.IoFilter.NextFilter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The ways of texts and lines past the options that do not heed them. Texts are most of what goes
 * out, to everybody at once, and lines are most of what comes in; to be passed on by all sixteen
 * links would cost a shout an eighth of its time. Everything else passes link by link.
 *
 * <p>A place in the chain is the index of an option: {@link #BELOW_OPTIONS} is the text filter's,
 * the number of options is the dialect's, above them all.
 */
final class Shortcuts {
    /** The place of the text filter. */
    static final int BELOW_OPTIONS = -1;

    private final IoFilterChain chain;
    private final List<TelnetOption> options;
    private @Nullable NextFilter @Nullable [] textWays;
    private @Nullable NextFilter @Nullable [] lineWays;

    /** Looks at the chain when it is first used; by then all links are in it. */
    Shortcuts(IoFilterChain chain, List<TelnetOption> options) {
        this.chain = chain;
        this.options = options;
    }

    /** Sends a text down from a place to the next option below that heeds it, or to the filter. */
    void textDown(int from, Object text, IoSession io) {
        if (textWays == null) {
            textWays = new NextFilter[options.size() + 1];
        }
        NextFilter way = textWays[from];
        if (way == null) {
            way = below(from);
            textWays[from] = way;
        }
        if (way == null) {
            chain.fireFilterWrite(new DefaultWriteRequest(text));
        } else {
            way.filterWrite(io, new DefaultWriteRequest(text));
        }
    }

    /** Sends a line up from a place to the next option above that heeds it, or to the dialect. */
    void lineUp(int from, Object line, NextFilter next, IoSession io) {
        if (lineWays == null) {
            lineWays = new NextFilter[options.size() + 1];
        }
        NextFilter way = lineWays[from + 1];
        if (way == null) {
            way = above(from, next);
            lineWays[from + 1] = way;
        }
        way.messageReceived(io, line);
    }

    /** The link whose lower neighbour is to be written to; null for the chain's upper end. */
    private @Nullable NextFilter below(int from) {
        int heeding = from - 1;
        while (heeding >= 0 && !options.get(heeding).heedsTexts()) {
            heeding--;
        }
        int link = heeding + 1;
        return link == options.size() ? null : nextOf(link);
    }

    /** The link whose upper neighbour is to receive. */
    private NextFilter above(int from, NextFilter next) {
        int heeding = from + 1;
        while (heeding < options.size() && !options.get(heeding).heedsLines()) {
            heeding++;
        }
        return heeding == 0 ? next : nextOf(heeding - 1);
    }

    private NextFilter nextOf(int option) {
        return chain.getNextFilter(options.get(option).name());
    }
}
