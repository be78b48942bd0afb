package lychgate.examples.irc;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.Settings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Offers the game bots on IRC: {@code [plugins.irc]}. */
public final class Irc implements PortalPlugin {
    /** What our own games call it. */
    private static final String NAME = "irc";

    /** What Evennia's {@code IRCBot} calls it. */
    private static final String EVENNIAS_NAME = "evennia.server.portal.irc.IRCBotFactory";

    private List<String> furtherNames = List.of();
    private boolean verify = true;

    @Override
    public String name() {
        return NAME;
    }

    /**
     * {@code factories}: further names by which a game may ask, for its own subclasses of Evennia's
     * bot; {@code verify}: whether servers must have a valid certificate.
     */
    @Override
    public void configure(Settings settings) {
        furtherNames = settings.texts("factories", List.of());
        verify = settings.flag("verify", true);
    }

    @Override
    public void start(PortalApplication app) {
        Set<String> names = new HashSet<>(furtherNames);
        names.add(NAME);
        names.add(EVENNIAS_NAME);
        app.sessions()
                .offer(names, config -> new IrcBot(IrcConfig.of(config), verify, app.meters()));
    }

    @Override
    public Set<String> transports() {
        return Set.of(IrcBot.PROTOCOL);
    }

    /** Does nothing: the portal has ended the bots before, like all sessions. */
    @Override
    public void stop() {}
}
