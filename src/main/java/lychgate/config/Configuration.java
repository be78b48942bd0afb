package lychgate.config;

import lychgate.address.Cidr;
import lychgate.address.Listening;
import lychgate.address.Listening.Security;
import lychgate.admin.AdminConfig;
import lychgate.evennia.EvenniaConfig;
import lychgate.link.amp.AmpConfig;
import lychgate.plugin.Limits;
import lychgate.transport.ssh.SshConfig;
import lychgate.transport.telnet.front.TelnetConfig;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that is configured.
 *
 * @param mssp what lists of games are told beyond what the portal knows itself, from {@code
 *     mssp.toml}: names of fields, each with its values, in order
 * @param plugins of each plugin that was found, by its name
 */
public record Configuration(
        PortalConfig portal,
        TelnetConfig telnet,
        SshConfig ssh,
        GameConfig game,
        AmpConfig amp,
        EvenniaConfig evennia,
        Limits limits,
        AdminConfig admin,
        Map<String, List<String>> mssp,
        Map<String, PluginConfig> plugins) {

    public Configuration {
        mssp = Collections.unmodifiableMap(new LinkedHashMap<>(mssp)); // in their order
        plugins = Map.copyOf(plugins);
    }

    /** The services of ours that are enabled, in the order in which they are announced. */
    public List<Listening> listening() {
        return services(portal, telnet, ssh, game, amp, admin).filter(Listening::enabled).toList();
    }

    /** Whether a service needs the key and the certificate for TLS. */
    public boolean speaksTls() {
        return listening().stream().anyMatch(at -> at.security() != Security.PLAIN);
    }

    /** Whether a service needs the host keys of SSH. */
    public boolean speaksSsh() {
        return ssh.enabled();
    }

    /** The names of our services, enabled or not, in the same order. No plugin may have them. */
    public static List<String> serviceNames() {
        return services(
                        PortalConfig.DEFAULT,
                        TelnetConfig.DEFAULT,
                        SshConfig.DEFAULT,
                        GameConfig.DEFAULT,
                        AmpConfig.DEFAULT,
                        AdminConfig.DEFAULT)
                .map(Listening::service)
                .toList();
    }

    private static Stream<Listening> services(
            PortalConfig portal,
            TelnetConfig telnet,
            SshConfig ssh,
            GameConfig game,
            AmpConfig amp,
            AdminConfig admin) {
        return Stream.of(
                        telnet.listening(portal.listenAddress()),
                        List.of(
                                ssh.listening(portal.listenAddress()),
                                amp.listening(game.link == Link.AMP),
                                admin.listening()))
                .flatMap(List::stream);
    }

    /** The Python in which the game's Evennia is installed; null where none is set. */
    public @Nullable Path evenniaPython() {
        return evennia.python();
    }

    /**
     * Section {@code [portal]}.
     *
     * @param name of the game
     * @param listenAddress the address on which services listen
     * @param trustedProxies whose word on who is behind them is believed
     */
    public record PortalConfig(String name, String listenAddress, List<Cidr> trustedProxies) {
        /** What holds where the configuration says nothing. */
        public static final PortalConfig DEFAULT =
                new PortalConfig("Lychgate", "0.0.0.0", List.of());

        public PortalConfig {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /** Section {@code [game]}. */
    public record GameConfig(Link link) {
        /** What holds where the configuration says nothing. */
        public static final GameConfig DEFAULT = new GameConfig(Link.DEMO);
    }

    /** How the game is reached. */
    public enum Link {
        /** The game that comes with Lychgate, in process. */
        DEMO,
        /** An Evennia Server, which connects to us. */
        AMP
    }

    /**
     * What every section {@code [plugins.NAME]} has.
     *
     * @param enabled whether it is used
     * @param required whether the start ends if it cannot start
     */
    public record PluginConfig(boolean enabled, boolean required) {
        /** What holds where the configuration says nothing. */
        public static final PluginConfig DEFAULT = new PluginConfig(true, false);
    }
}
