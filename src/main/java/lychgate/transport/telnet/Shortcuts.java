package lychgate.transport.telnet;

import lychgate.telnet.option.TelnetOption;

import org.apache.mina.core.filterchain.IoFilter.NextFilter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Routes texts and lines past the options that do not handle them. Texts are most of the output,
 * often to all sessions at once, and lines are most of the input; passing them through all sixteen
 * filters would take an eighth of the time of a broadcast. All other messages pass filter by
 * filter.
 *
 * <p>A place in the chain is the index of an option; {@link #BELOW_OPTIONS} stands for the text
 * filter, and the number of options for the dialect.
 */
final class Shortcuts {
    /** The place of the text filter. */
    static final int BELOW_OPTIONS = -1;

    private final IoFilterChain chain;
    private final List<TelnetOption> options;
    private @Nullable NextFilter @Nullable [] textWays;
    private @Nullable NextFilter @Nullable [] lineWays;

    /** The chain is looked up on first use, when it is complete. */
    Shortcuts(IoFilterChain chain, List<TelnetOption> options) {
        this.chain = chain;
        this.options = options;
    }

    /** Sends a text down from the top of the chain. */
    void textDown(Object text, IoSession io) {
        textDown(options.size(), text, io);
    }

    /**
     * Sends a text down from a place to the next option that handles texts, or to the text filter.
     */
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

    /** Sends a line up from a place to the next option that handles lines, or to the dialect. */
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

    /** The filter above the one to write to; null if that is the top of the chain. */
    private @Nullable NextFilter below(int from) {
        int heeding = from - 1;
        while (heeding >= 0 && !options.get(heeding).heedsTexts()) {
            heeding--;
        }
        int link = heeding + 1;
        return link == options.size() ? null : nextOf(link);
    }

    /** The filter below the one to receive. */
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
