package lychgate.config;

import lychgate.address.Cidr;
import lychgate.address.Listening;
import lychgate.address.Listening.Security;
import lychgate.admin.AdminConfig;
import lychgate.evennia.EvenniaConfig;
import lychgate.link.amp.AmpConfig;
import lychgate.nats.NatsConfig;
import lychgate.plugin.Limits;
import lychgate.transport.ssh.SshConfig;
import lychgate.transport.telnet.front.TelnetConfig;
import lychgate.transport.web.WebConfig;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole configuration.
 *
 * @param mssp additional MSSP fields from {@code mssp.toml}, with their values, in order
 * @param plugins of each plugin that was found, by name
 */
public record Configuration(
        PortalConfig portal,
        TelnetConfig telnet,
        SshConfig ssh,
        WebConfig web,
        GameConfig game,
        AmpConfig amp,
        EvenniaConfig evennia,
        NatsConfig nats,
        Limits limits,
        LogConfig log,
        AdminConfig admin,
        Map<String, List<String>> mssp,
        Map<String, PluginConfig> plugins) {

    public Configuration {
        mssp = Collections.unmodifiableMap(new LinkedHashMap<>(mssp)); // in their order
        plugins = Map.copyOf(plugins);
    }

    /** Our own services that are enabled, in the order in which they are announced. */
    public List<Listening> listening() {
        return services(portal, telnet, ssh, web, game, amp, admin)
                .filter(Listening::enabled)
                .toList();
    }

    /** Whether a service needs the key and the certificate for TLS. */
    public boolean speaksTls() {
        return listening().stream().anyMatch(at -> at.security() != Security.PLAIN);
    }

    /** Whether a service needs the host keys of SSH. */
    public boolean speaksSsh() {
        return ssh.enabled();
    }

    /**
     * The names of our own services, enabled or not, in the same order. Plugins may not use them.
     */
    public static List<String> serviceNames() {
        List<String> names =
                services(
                                PortalConfig.DEFAULT,
                                TelnetConfig.DEFAULT,
                                SshConfig.DEFAULT,
                                WebConfig.DEFAULT,
                                GameConfig.DEFAULT,
                                AmpConfig.DEFAULT,
                                AdminConfig.DEFAULT)
                        .map(Listening::service)
                        .collect(Collectors.toList());
        names.add(names.indexOf("amp") + 1, NatsConfig.SERVICE); // which listens nowhere
        return List.copyOf(names);
    }

    /** Whether this process speaks with others of a realm. */
    public boolean speaksNats() {
        return nats.serve() || game.link() == Link.NATS;
    }

    private static Stream<Listening> services(
            PortalConfig portal,
            TelnetConfig telnet,
            SshConfig ssh,
            WebConfig web,
            GameConfig game,
            AmpConfig amp,
            AdminConfig admin) {
        return Stream.of(
                        telnet.listening(portal.listenAddress()),
                        List.of(ssh.listening(portal.listenAddress())),
                        web.listening(portal.listenAddress()),
                        List.of(amp.listening(game.link == Link.AMP), admin.listening()))
                .flatMap(List::stream);
    }

    /** What is configured for each plugin alike. */
    public PluginConfig plugin(String name) {
        return plugins.getOrDefault(name, PluginConfig.DEFAULT);
    }

    /**
     * The sections that differ from those of another configuration, and that services read only
     * when they start.
     */
    public List<String> differencesForServices(Configuration other) {
        List<String> sections = new ArrayList<>();
        Map<String, List<Object>> all = new LinkedHashMap<>();
        all.put(
                "[portal] interface",
                List.of(portal.listenAddress(), other.portal.listenAddress()));
        all.put("[telnet]", List.of(telnet, other.telnet));
        all.put("[ssh]", List.of(ssh, other.ssh));
        all.put("[web]", List.of(web, other.web));
        all.put("[game]", List.of(game, other.game));
        all.put("[amp]", List.of(amp, other.amp));
        all.put("[evennia]", List.of(evennia, other.evennia));
        all.put("[nats]", List.of(nats, other.nats));
        all.put("[admin]", List.of(admin, other.admin));
        all.put("[plugins]", List.of(plugins, other.plugins));
        all.forEach(
                (name, both) -> {
                    if (!both.getFirst().equals(both.getLast())) {
                        sections.add(name);
                    }
                });
        return sections;
    }

    /** This one, with the game and the plugins of another. */
    public Configuration with(GameConfig otherGame, Map<String, PluginConfig> otherPlugins) {
        return new Configuration(
                portal,
                telnet,
                ssh,
                web,
                otherGame,
                amp,
                evennia,
                nats,
                limits,
                log,
                admin,
                mssp,
                otherPlugins);
    }

    /** The Python in which the game's Evennia is installed; null if not set. */
    public @Nullable Path evenniaPython() {
        return evennia.python();
    }

    /**
     * Section {@code [log]}.
     *
     * @param json whether lines of the log and of the audit log are JSON objects
     */
    public record LogConfig(boolean json) {
        /** The defaults. */
        public static final LogConfig DEFAULT = new LogConfig(false);
    }

    /**
     * Section {@code [portal]}.
     *
     * @param name the game's name
     * @param listenAddress the address that services listen on
     * @param trustedProxies the proxies that are trusted to name the client's address
     */
    public record PortalConfig(String name, String listenAddress, List<Cidr> trustedProxies) {
        /** The defaults. */
        public static final PortalConfig DEFAULT =
                new PortalConfig("Lychgate", "0.0.0.0", List.of());

        public PortalConfig {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * Section {@code [game]}.
     *
     * @param className of the game, with {@link Link#CLASS}; null: the only one that is found
     */
    public record GameConfig(Link link, @Nullable String className) {
        /** The defaults. */
        public static final GameConfig DEFAULT = new GameConfig(Link.DEMO, null);
    }

    /** How the game is reached. */
    public enum Link {
        /** The game that comes with Lychgate, in process. */
        DEMO,
        /** An Evennia Server, which connects to the AMP port. */
        AMP,
        /** A game that another portal serves. */
        NATS,
        /** A class of the operator's own, in process. */
        CLASS;

        /** Whether the game runs in this process. */
        public boolean isInProcess() {
            return this == DEMO || this == CLASS;
        }
    }

    /**
     * The keys that every section {@code [plugins.NAME]} has.
     *
     * @param enabled whether the plugin is used
     * @param required whether the portal refuses to start without it
     */
    public record PluginConfig(boolean enabled, boolean required) {
        /** The defaults. */
        public static final PluginConfig DEFAULT = new PluginConfig(true, false);
    }
}
