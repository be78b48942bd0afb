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

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;

/** Creates the session of each client according to what it speaks. */
final class Spoken {
    private static final String SOURCE = "web";
    private static final Format AJAX_FORMAT = new V1();

    private final PortalApplication app;
    private final Conversations conversations;
    private final Executor threads;
    private final SharedTexts texts = new SharedTexts();
    private final TelnetChain telnet;

    /**
     * @param threads run the input of sessions
     */
    Spoken(PortalApplication app, Conversations conversations, Executor threads) {
        this.app = app;
        this.conversations = conversations;
        this.threads = threads;
        this.telnet = // pings keep the connection alive, and what is compressed is not telnet
                new TelnetChain(
                        context -> TelnetOptions.fresh(context, false),
                        new DeflaterPool(0),
                        0,
                        app,
                        conversations);
    }

    /** Returns the user of an admitted client's channel. */
    WebSocketChannel.Events with(Upgrades.Arrival arrival, WebSocketChannel channel) {
        Format format = arrival.chosen().format();
        Opening opening =
                new Opening(WebConfig.WEBSOCKET, Addresses.text(arrival.address()), facts(arrival));
        if (format == null) {
            return new TelnetTunnel(
                    channel,
                    telnet,
                    ending -> new TelnetChain.Client(opening, arrival.trusted(), threads, ending),
                    app.scheduler());
        }
        Conversation conversation = conversations.begin(threads, opening);
        FormatDialect dialect = new FormatDialect(format, conversation, texts);
        return new WebSocketWire(channel, conversation, dialect, app.scheduler());
    }

    /** Creates the session of an admitted client that sends HTTP requests: v1. */
    AjaxClients.Begun with(AjaxClients.Newcomer newcomer) {
        String client = ClientName.of(WebConfig.AJAX, newcomer.browser(), "");
        ClientFacts facts = facts(AJAX_FORMAT, client, newcomer.secure());
        String address = Addresses.text(newcomer.address());
        Conversation conversation =
                conversations.begin(threads, new Opening(WebConfig.AJAX, address, facts));
        return new AjaxClients.Begun(
                conversation, new FormatDialect(AJAX_FORMAT, conversation, texts));
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
