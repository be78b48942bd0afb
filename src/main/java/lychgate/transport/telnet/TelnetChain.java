package lychgate.transport.telnet;

import lychgate.plugin.PortalApplication;
import lychgate.telnet.DeflaterPool;
import lychgate.telnet.option.TelnetOption;

import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.filterchain.IoFilterChainBuilder;
import org.apache.mina.core.session.IoSession;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts the filters of one connection together. */
final class TelnetChain implements IoFilterChainBuilder {
    private final Function<IoSession, TelnetSession> sessions;
    private final Supplier<List<TelnetOption>> options;
    private final DeflaterPool deflaters;
    private final EncodedTexts texts = new EncodedTexts();
    private final PortalApplication app;

    TelnetChain(
            Function<IoSession, TelnetSession> sessions,
            Supplier<List<TelnetOption>> options,
            DeflaterPool deflaters,
            PortalApplication app) {
        this.sessions = sessions;
        this.options = options;
        this.deflaters = deflaters;
        this.app = app;
    }

    /**
     * The telnet pipeline. Read downwards: from the wire to the session. What goes out runs it
     * upwards, so that an out-of-band command meets the last option first.
     */
    @Override
    public void buildFilterChain(IoFilterChain chain) {
        TelnetSession session = sessions.apply(chain.getSession());
        List<TelnetOption> fresh = options.get();
        TelnetCodecFilter codec = codec(session);
        session.codec(codec);
        NegotiationFilter negotiation = new NegotiationFilter(fresh, app.meters());
        session.negotiation(negotiation);
        chain.getSession().setAttribute(TelnetHandler.SESSION, session);

        chain.addLast("mailbox", new MailboxFilter(session.mailbox())); // from here on in order
        chain.addLast("outbox", session.outbox()); // one write under way
        chain.addLast("meter", new MeterFilter(app.meters()));
        chain.addLast("telnet", codec); // bytes <-> TelnetEvent
        chain.addLast("negotiation", negotiation); // Negotiation <-> OptionChange
        chain.addLast("text", text(session)); // Data <-> Line, Text, Prompt
        for (TelnetOption option : fresh) {
            chain.addLast(option.name(), new OptionFilter(option, session::later, app.meters()));
        }
    }

    private TelnetCodecFilter codec(TelnetSession session) {
        return new TelnetCodecFilter(
                app.limits().subnegotiationBytes(), deflaters, app.meters(), session::unreadable);
    }

    private TextFilter text(TelnetSession session) {
        return new TextFilter(session, texts, app.limits().lineLength(), app.meters());
    }
}
