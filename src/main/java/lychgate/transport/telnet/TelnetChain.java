package lychgate.transport.telnet;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.ServerTls;
import lychgate.telnet.DeflaterPool;
import lychgate.telnet.option.OptionContext;
import lychgate.telnet.option.TelnetOption;

import org.apache.mina.core.filterchain.IoFilter.NextFilter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.filterchain.IoFilterChainBuilder;
import org.apache.mina.core.session.IoSession;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Puts the filters of one connection together. */
final class TelnetChain implements IoFilterChainBuilder {
    private final Listener listener;
    private final Function<IoSession, Executor> loops;
    private final Function<IoSession, Visitor> visitors;
    private final Function<OptionContext, List<TelnetOption>> options;
    private final DeflaterPool deflaters;
    private final EncodedTexts texts = new EncodedTexts();
    private final PortalApplication app;

    /**
     * @param loops the thread that reads each connection
     * @param visitors who each connection is, as far as it is known when it is made
     * @param options new ones, for one connection
     */
    TelnetChain(
            Listener listener,
            Function<IoSession, Executor> loops,
            Function<IoSession, Visitor> visitors,
            Function<OptionContext, List<TelnetOption>> options,
            DeflaterPool deflaters,
            PortalApplication app) {
        this.listener = listener;
        this.loops = loops;
        this.visitors = visitors;
        this.options = options;
        this.deflaters = deflaters;
        this.app = app;
    }

    /** Behind a proxy nothing is made for a client until it is known who that is. */
    @Override
    public void buildFilterChain(IoFilterChain chain) {
        Visitor visitor = visitors.apply(chain.getSession());
        if (listener.proxied()) {
            boolean speaks = !(listener.security() instanceof Listener.Tls);
            chain.addLast(
                    "proxy", new ProxyFilter(visitor, speaks, app, client -> add(chain, client)));
        } else {
            add(chain, visitor);
        }
    }

    /**
     * The telnet pipeline. Read downwards: from the wire to the session. What goes out runs it
     * upwards, so that an out-of-band command meets the last option first.
     */
    private void add(IoFilterChain chain, Visitor visitor) {
        Executor loop = loops.apply(chain.getSession());
        TelnetSession session =
                new TelnetSession(chain.getSession(), listener.name(), visitor, loop, app);
        List<TelnetOption> fresh = options.apply(session);
        TelnetCodecFilter codec = codec(session);
        session.codec(codec);
        NegotiationFilter negotiation = new NegotiationFilter(fresh, app.meters());
        session.negotiation(negotiation);
        chain.getSession().setAttribute(TelnetHandler.SESSION, session);

        addSecurity(chain, session, loop); // bytes <-> bytes
        chain.addLast(
                "mailbox", new MailboxFilter(session.mailbox(), session.reading())); // in order
        if (chain.contains("tls")) {
            chain.addLast("secured", new SecuredFilter(app)); // nothing passes before TLS is there
        }
        chain.addLast("outbox", session.outbox()); // one write under way
        chain.addLast("meter", new MeterFilter(app.meters()));
        chain.addLast("telnet", codec); // bytes <-> TelnetEvent
        chain.addLast("negotiation", negotiation); // Negotiation <-> OptionChange
        chain.addLast("text", text(session)); // Data <-> Line, Text, Prompt
        for (TelnetOption option : fresh) {
            chain.addLast(
                    option.name(),
                    new OptionFilter(option, negotiation, session::later, app.meters()));
        }
        shortenForTexts(chain, fresh, session);
    }

    /**
     * Texts are most of what goes out, to everybody at once, and few options heed them: they meet
     * those alone, and then the text filter. The other links would cost a shout an eighth of its
     * time.
     */
    private static void shortenForTexts(
            IoFilterChain chain, List<TelnetOption> options, TelnetSession session) {
        if (options.isEmpty()) {
            return;
        }
        NextFilter below = chain.getNextFilter(options.getFirst().name()); // to the text filter
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).heedsTexts()) {
                ((OptionFilter) chain.get(options.get(i).name())).textsGoTo(below);
                below =
                        i + 1 < options.size()
                                ? chain.getNextFilter(options.get(i + 1).name())
                                : null;
            }
        }
        session.textsGoTo(below);
    }

    private void addSecurity(IoFilterChain chain, TelnetSession session, Executor loop) {
        switch (listener.security()) {
            case Listener.Plain() -> chain.addLast("sniff", SniffFilter.refusing(session));
            case Listener.Either(ServerTls tls) -> {
                chain.addLast("sniff", SniffFilter.choosing(session, app.scheduler(), loop));
                chain.addLast("tls", new TlsFilter(tls, app));
            }
            case Listener.Tls(ServerTls tls) -> chain.addLast("tls", new TlsFilter(tls, app));
        }
    }

    private TelnetCodecFilter codec(TelnetSession session) {
        return new TelnetCodecFilter(
                app.limits().subnegotiationBytes(), deflaters, app.meters(), session);
    }

    private TextFilter text(TelnetSession session) {
        return new TextFilter(session, texts, app.limits(), app.meters());
    }
}
