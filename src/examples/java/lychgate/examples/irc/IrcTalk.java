package lychgate.examples.irc;

import lychgate.plugin.ServerPlugin;
import lychgate.plugin.Settings;
import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.session.CommandTuple;
import lychgate.session.Values;
import lychgate.text.Markup;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings the talk of an IRC channel to the players of a game in process, and what they say to it by
 * the inputcommand {@code irc_say}: {@code [plugins.irc-talk]}. Without a network it does nothing.
 */
public final class IrcTalk implements ServerPlugin {
    private static final String NAME = "irc-talk";
    private static final String MSG = "msg";
    private static final String ACTION = "action";
    private static final int TLS_PORT = 6697;
    private static final int LAST_PORT = 65_535;

    private final Map<String, @Nullable Object> config = new LinkedHashMap<>();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void configure(Settings settings) {
        config.put("network", settings.text("network", ""));
        config.put("port", settings.number("port", TLS_PORT, 1, LAST_PORT));
        config.put("ssl", settings.flag("tls", true));
        config.put("channel", settings.text("channel", "#lychgate"));
        config.put("botname", settings.text("nick", "lychgate"));
    }

    @Override
    public void start(GameHost host) {
        if ("".equals(config.get("network"))) {
            return;
        }
        host.connectOutwards(NAME, "irc", config);
        host.inputFunc(
                "bot_data_in",
                "what is said on IRC",
                (_, said) ->
                        host.sessions().stream()
                                .filter(ServerSession::loggedIn)
                                .forEach(player -> heard(player, said)));
        host.inputFunc("irc_say", "says something on IRC", (who, said) -> say(host, who, said));
    }

    /** What comes from the bot is markup already: colours, and words that are escaped. */
    private static void heard(ServerSession player, CommandTuple said) {
        String type = Values.text(said.kwargs().get("type"));
        Markup who = Markup.trusted(Values.text(said.kwargs().get("user")));
        Markup words = Markup.trusted(Values.text(said.argument(0)));
        if (type.equals(MSG)) {
            player.msg(Markup.of("|c{}|n on IRC: {}", who, words));
        } else if (type.equals(ACTION)) {
            player.msg(Markup.of("|c{}|n on IRC {}", who, words));
        }
    }

    private static void say(GameHost host, ServerSession who, CommandTuple said) {
        ServerSession bot = host.outbound(NAME);
        String name = who.account();
        if (bot == null || name == null) {
            who.msg("You cannot talk to IRC now.");
        } else {
            String words = Values.text(said.argument(0));
            bot.msg(Message.oob("channel").arg(Markup.of("|c{}|n: {}", name, words)));
        }
    }
}
