package lychgate.examples.grapevine;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.Settings;
import lychgate.session.Values;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Offers the game bots on Grapevine: {@code [plugins.grapevine]}. */
public final class Grapevine implements PortalPlugin {
    /** What our own games call it. */
    private static final String NAME = "grapevine";

    /** What Evennia's {@code GrapevineBot} calls it. */
    private static final String EVENNIAS_NAME =
            "evennia.server.portal.grapevine.RestartingWebsocketServerFactory";

    private static final String URL = "wss://grapevine.haus/socket";

    /** Longest name of a channel that is believed. */
    private static final int MAX_CHANNEL = 64;

    private List<String> furtherNames = List.of();
    private String url = URL;
    private String id = "";
    private String secret = "";

    @Override
    public String name() {
        return NAME;
    }

    /**
     * {@code client_id}, {@code client_secret}: of the game, as registered there; {@code
     * factories}: further names by which a game may ask; {@code url}: of another network that
     * speaks the same.
     */
    @Override
    public void configure(Settings settings) {
        furtherNames = settings.texts("factories", List.of());
        url = settings.text("url", URL);
        id = settings.text("client_id", "");
        secret = settings.text("client_secret", "");
    }

    @Override
    public void start(PortalApplication app) {
        Set<String> names = new HashSet<>(furtherNames);
        names.add(NAME);
        names.add(EVENNIAS_NAME);
        app.sessions()
                .offer(
                        names,
                        config ->
                                new GrapevineBot(
                                        URI.create(url),
                                        new Account(id, secret, channel(config)),
                                        app.meters()));
    }

    private String channel(Map<String, ?> config) {
        if (id.isEmpty() || secret.isEmpty()) {
            throw new IllegalArgumentException(
                    "plugins.grapevine needs client_id and client_secret");
        }
        String channel = Values.text(config.get("grapevine_channel"));
        if (channel.isBlank() || channel.length() > MAX_CHANNEL) {
            throw new IllegalArgumentException(
                    "the bot's grapevine_channel cannot be \"" + channel + "\"");
        }
        return channel;
    }

    @Override
    public Set<String> transports() {
        return Set.of(GrapevineBot.PROTOCOL);
    }

    /** Does nothing: the portal has ended the bots before, like all sessions. */
    @Override
    public void stop() {}
}
