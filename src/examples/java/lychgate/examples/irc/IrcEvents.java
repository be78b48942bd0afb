package lychgate.examples.irc;

import lychgate.plugin.OutboundLink;
import lychgate.session.CommandTuple;
import lychgate.text.Spans;

import net.engio.mbassy.listener.Handler;

import org.jspecify.annotations.Nullable;
import org.kitteh.irc.client.library.Client;
import org.kitteh.irc.client.library.element.User;
import org.kitteh.irc.client.library.event.channel.ChannelCtcpEvent;
import org.kitteh.irc.client.library.event.channel.ChannelKickEvent;
import org.kitteh.irc.client.library.event.channel.ChannelMessageEvent;
import org.kitteh.irc.client.library.event.client.ClientNegotiationCompleteEvent;
import org.kitteh.irc.client.library.event.client.ClientReceiveCommandEvent;
import org.kitteh.irc.client.library.event.client.ClientReceiveNumericEvent;
import org.kitteh.irc.client.library.event.client.NickRejectedEvent;
import org.kitteh.irc.client.library.event.user.PrivateMessageEvent;
import org.kitteh.irc.client.library.feature.filter.CommandFilter;
import org.kitteh.irc.client.library.feature.filter.NumericFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What happens on one connection, as the library reports it, becomes the commands that Evennia's
 * IRCBot expects. The library calls from a thread of its own, one event at a time.
 */
public final class IrcEvents {
    private static final Logger log = LoggerFactory.getLogger(IrcEvents.class);

    /** Most names that are told of a channel. */
    static final int MAX_NAMES = 2_000;

    /** How often another nick is tried. */
    private static final int MAX_NICKS = 8;

    private static final String ACTION = "ACTION ";
    private static final double NANOS = 1e9;
    private static final int NAMES = 353;
    private static final int END_OF_NAMES = 366;

    private final IrcConfig config;
    private final OutboundLink game;
    private final LongSupplier nanoTime;
    private final List<String> names = new ArrayList<>();
    private int nicks;
    private volatile boolean welcome;
    private volatile boolean asked; // for the names
    private volatile long pingedAt;
    private volatile @Nullable String ping;

    IrcEvents(IrcConfig config, OutboundLink game, LongSupplier nanoTime) {
        this.config = config;
        this.game = game;
        this.nanoTime = nanoTime;
    }

    /** Whether the server has let the bot in. */
    boolean isWelcome() {
        return welcome;
    }

    /** The names of the channel have been asked for. */
    void askedForNames() {
        asked = true;
    }

    /** The round trip is measured with that ping. */
    void pinged(String token) {
        pingedAt = nanoTime.getAsLong();
        ping = token;
    }

    /** The server has let the bot in: it joins the channel. */
    @Handler
    public void welcomed(ClientNegotiationCompleteEvent event) {
        welcome = true;
        join(event.getClient());
    }

    private void join(Client client) {
        client.sendRawLineImmediately("JOIN " + config.channel());
    }

    /** The nick is taken, or not allowed there. */
    @Handler
    public void rejected(NickRejectedEvent event) {
        nicks++;
        if (welcome || nicks > MAX_NICKS) {
            event.setNewNick(event.getClient().getNick());
        } else {
            event.setNewNick(config.nick() + "_".repeat(nicks));
        }
    }

    /** Somebody has been thrown out of the channel. */
    @Handler
    public void kicked(ChannelKickEvent event) {
        if (event.getTarget().getNick().equalsIgnoreCase(event.getClient().getNick())) {
            log.info("IRC {}: kicked from the channel, joining again", config.address());
            join(event.getClient());
        }
    }

    /** Somebody talks in the channel. */
    @Handler
    public void said(ChannelMessageEvent event) {
        String words = event.getMessage();
        if (!isOwn(event.getActor(), event.getClient()) && !words.startsWith("***")) {
            tell("msg", words, shown(event.getActor()), event.getChannel().getName());
        }
    }

    /** Somebody does something in the channel. */
    @Handler
    public void did(ChannelCtcpEvent event) {
        String words = event.getMessage();
        if (words.startsWith(ACTION) && !isOwn(event.getActor(), event.getClient())) {
            tell(
                    "action",
                    words.substring(ACTION.length()),
                    shown(event.getActor()),
                    event.getChannel().getName());
        }
    }

    /** Somebody talks to the bot alone. The answer goes to that very name. */
    @Handler
    public void whispered(PrivateMessageEvent event) {
        if (!isOwn(event.getActor(), event.getClient())) {
            tell(
                    "privmsg",
                    event.getMessage(),
                    event.getActor().getNick(),
                    event.getClient().getNick());
        }
    }

    /** Names of those in the channel. */
    @Handler
    @NumericFilter(NAMES)
    public void names(ClientReceiveNumericEvent event) {
        List<String> said = event.getParameters();
        if (asked && said.size() == 4 && said.get(2).equalsIgnoreCase(config.channel())) {
            for (String name : said.get(3).split(" ", MAX_NAMES)) {
                if (!name.isBlank() && names.size() < MAX_NAMES) {
                    names.add(Spans.escape(name.strip()));
                }
            }
        }
    }

    /** These were all. */
    @Handler
    @NumericFilter(END_OF_NAMES)
    public void endOfNames(ClientReceiveNumericEvent event) {
        List<String> said = event.getParameters();
        if (asked && said.size() > 1 && said.get(1).equalsIgnoreCase(config.channel())) {
            asked = false;
            game.dataIn(
                    command("nicklist", "", "server", config.channel().toLowerCase(Locale.ROOT))
                            .kwarg("nicklist", List.copyOf(names)));
            names.clear();
        }
    }

    /** The answer to a ping. */
    @Handler
    @CommandFilter("PONG")
    public void pong(ClientReceiveCommandEvent event) {
        String token = ping;
        if (token != null && event.getParameters().contains(token)) {
            ping = null;
            game.dataIn(
                    command("ping", "", "server", config.channel())
                            .kwarg("timing", (nanoTime.getAsLong() - pingedAt) / NANOS));
        }
    }

    /** The channel cannot be joined. */
    @Handler
    @NumericFilter(403)
    @NumericFilter(405)
    @NumericFilter(471)
    @NumericFilter(473)
    @NumericFilter(474)
    @NumericFilter(475)
    @NumericFilter(476)
    @NumericFilter(477)
    public void refused(ClientReceiveNumericEvent event) {
        log.warn(
                "IRC {}: the channel cannot be joined (numeric {})",
                config.address(),
                event.getNumeric());
    }

    private static boolean isOwn(User actor, Client client) {
        return actor.getNick().equalsIgnoreCase(client.getNick());
    }

    private static String shown(User actor) {
        return Spans.escape(actor.getNick());
    }

    private void tell(String type, String words, String user, String channel) {
        game.dataIn(command(type, MircToMarkup.markup(words), user, channel));
    }

    private static CommandTuple command(String type, String words, String user, String channel) {
        return CommandTuple.of(OutboundLink.BOT_DATA_IN, words)
                .kwarg("type", type)
                .kwarg("user", user)
                .kwarg("channel", channel);
    }
}
