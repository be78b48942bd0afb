package lychgate.transport.telnet;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.session.Meters;
import lychgate.telnet.DeflaterPool;
import lychgate.telnet.option.OptionContext;
import lychgate.telnet.option.TelnetOption;
import lychgate.transport.Conversation;
import lychgate.transport.Conversations;
import lychgate.transport.EncodedTexts;

import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.service.IoHandler;
import org.apache.mina.core.session.IoSession;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Builds the filter chain of a telnet connection, whatever carries it: TCP, TLS or a WebSocket. One
 * instance serves all connections of a service; call {@link #addTo} for each.
 */
public final class TelnetChain {
    private final Function<OptionContext, List<TelnetOption>> options;
    private final DeflaterPool deflaters;
    private final int nopSeconds;
    private final EncodedTexts texts = new EncodedTexts();
    private final PortalApplication app;
    private final Conversations conversations;

    /**
     * @param options creates the options of one connection
     * @param deflaters deflaters for MCCP2, shared by all connections
     * @param nopSeconds idle time after which a NOP is sent as a keepalive; 0: never
     */
    public TelnetChain(
            Function<OptionContext, List<TelnetOption>> options,
            DeflaterPool deflaters,
            int nopSeconds,
            PortalApplication app,
            Conversations conversations) {
        this.options = options;
        this.deflaters = deflaters;
        this.nopSeconds = nopSeconds;
        this.app = app;
        this.conversations = conversations;
    }

    /**
     * A connected client that is to speak telnet.
     *
     * @param opening what is known of it
     * @param trusted whether it is a trusted proxy, which may report its player's address
     * @param loop runs tasks on the I/O thread of the connection
     * @param ending closes the connection
     */
    public record Client(Opening opening, boolean trusted, Executor loop, Ending ending) {}

    /** The handler at the upper end of each chain. */
    public static IoHandler handler() {
        return new TelnetHandler();
    }

    /** The conversation of a connection; null if it has none yet. */
    public static @Nullable Conversation conversation(IoSession io) {
        return io.getAttribute(TelnetHandler.DIALECT) instanceof TelnetDialect dialect
                ? dialect.conversation()
                : null;
    }

    /**
     * Adds the telnet filters to a connection's chain and attaches a conversation. The order below
     * is from the wire to the session; output passes it in reverse, so an out-of-band command meets
     * the last option first.
     */
    public void addTo(IoFilterChain chain, Client client) {
        IoSession io = chain.getSession();
        Conversation conversation = conversations.begin(client.loop, client.opening);
        List<TelnetOption> spoken = options.apply(new Context(app, client.trusted));
        TelnetWire wire = new TelnetWire(io, conversation, client.ending);
        TelnetCodecFilter codec =
                new TelnetCodecFilter(app.limits().subnegotiationBytes(), deflaters, conversation);
        NegotiationFilter negotiation = new NegotiationFilter(spoken, app.meters());
        Shortcuts shortcuts = new Shortcuts(chain, spoken);
        String presence = "[" + app.gameName() + ": yes]";

        chain.addLast("mailbox", new MailboxFilter(conversation)); // one task at a time, in order
        chain.addLast("wire", wire); // one pending write
        chain.addLast("meter", new MeterFilter(app.meters()));
        chain.addLast("telnet", codec); // bytes <-> TelnetEvent
        chain.addLast("negotiation", negotiation); // Negotiation <-> OptionChange
        chain.addLast( // Data <-> Line, Text, Prompt
                "text",
                new TextFilter(conversation, shortcuts, texts, app.limits().maxLine(), presence));
        for (int place = 0; place < spoken.size(); place++) {
            TelnetOption option = spoken.get(place);
            chain.addLast(
                    option.name(),
                    new OptionFilter(option, place, negotiation, shortcuts, conversation));
        }
        TelnetDialect dialect =
                new TelnetDialect(
                        io,
                        conversation,
                        new TelnetDialect.Links(wire, codec, negotiation, shortcuts),
                        () -> app.port("web"),
                        TimeUnit.SECONDS.toNanos(nopSeconds));
        io.setAttribute(TelnetHandler.DIALECT, dialect);
        conversation.attach(wire, dialect);
    }

    /** What the options of one connection have access to. */
    private record Context(PortalApplication app, boolean trusted) implements OptionContext {
        @Override
        public Map<String, List<String>> mssp() {
            return app.mssp();
        }

        @Override
        public Meters meters() {
            return app.meters();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
