package lychgate.transport.web;

import lychgate.address.Addresses;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.telnet.DeflaterPool;
import lychgate.telnet.option.TelnetOptions;
import lychgate.transport.Conversation;
import lychgate.transport.Conversations;
import lychgate.transport.telnet.TelnetChain;
import lychgate.transport.web.ajax.AjaxClients;
import lychgate.transport.web.format.Format;
import lychgate.transport.web.format.V1;
import lychgate.transport.web.session.FormatDialect;
import lychgate.transport.web.session.Resumables;
import lychgate.transport.web.session.Seat;
import lychgate.transport.web.session.SharedTexts;
import lychgate.transport.web.session.WebWire;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Creates the session of each client according to what it speaks. */
final class Spoken {
    private static final String SOURCE = "web";
    private static final Format AJAX_FORMAT = new V1();

    private final PortalApplication app;
    private final Conversations conversations;
    private final SessionLoops loops;
    private final SharedTexts texts = new SharedTexts();
    private final TelnetChain telnet;
    private final Resumables resumables;

    /**
     * @param resumeWindow how long a session waits for its client; zero: none does
     * @param loops the threads of the sessions
     */
    Spoken(
            PortalApplication app,
            Conversations conversations,
            Duration resumeWindow,
            SessionLoops loops) {
        this.app = app;
        this.resumables = new Resumables(app, resumeWindow);
        this.conversations = conversations;
        this.loops = loops;
        this.telnet = // pings keep the connection alive, and what is compressed is not telnet
                new TelnetChain(
                        context -> TelnetOptions.fresh(context, false),
                        new DeflaterPool(0),
                        0,
                        app,
                        conversations);
    }

    /** Returns the user of an admitted client's channel. */
    WebSocketChannel.Events with(Upgrades.Arrival arrival, Seat seat, WebSocketChannel channel) {
        Format format = arrival.chosen().format();
        String address = Addresses.text(arrival.address());
        Opening opening =
                new Opening(WebConfig.WEBSOCKET, address, facts(arrival), null, arrival.browser());
        if (format == null) {
            return new TelnetTunnel(
                    channel,
                    telnet,
                    ending ->
                            new TelnetChain.Client(
                                    opening, arrival.trusted(), loops.next(), ending),
                    app.scheduler());
        }
        return new WebSocketWire(
                channel, seat, address, wire -> begin(format, opening, wire), app.scheduler());
    }

    /** Makes the session of a client whose connection is open now. */
    private FormatDialect begin(Format format, Opening opening, WebWire wire) {
        Conversation conversation = conversations.begin(loops.next(), opening);
        return new FormatDialect(format, conversation, texts, resumables, wire);
    }

    /** Creates the session of an admitted client that sends HTTP requests: v1. */
    FormatDialect with(AjaxClients.Newcomer newcomer, WebWire wire) {
        String client = ClientName.of(WebConfig.AJAX, newcomer.browser(), "");
        ClientFacts facts = facts(AJAX_FORMAT, client, newcomer.secure());
        Opening opening =
                new Opening(wire.transport(), wire.address(), facts, null, newcomer.known());
        return begin(AJAX_FORMAT, opening, wire);
    }

    private static ClientFacts facts(Upgrades.Arrival arrival) {
        return facts(arrival.chosen().format(), arrival.client(), arrival.secure());
    }

    /** Known at once; a telnet client negotiates these instead. */
    private static ClientFacts facts(@Nullable Format format, String client, boolean secure) {
        ClientFacts facts = ClientFacts.NONE;
        if (format != null) {
            facts =
                    facts.with(Fact.CLIENT, client, SOURCE)
                            .with(Fact.UTF8, true, SOURCE)
                            .with(Fact.COLOURS, format.colours(), SOURCE);
            facts =
                    switch (format.outOfBand()) {
                        case NONE -> facts;
                        case GMCP -> facts.with(Fact.GMCP, true, SOURCE);
                        case PLAIN -> facts.with(Fact.OOB, true, SOURCE);
                    };
        }
        return secure ? facts.with(Fact.TLS, true, SOURCE) : facts;
    }
}
