package lychgate.config;

import lychgate.admin.AdminConfig;
import lychgate.config.Configuration.GameConfig;
import lychgate.config.Configuration.Link;
import lychgate.config.Configuration.LogConfig;
import lychgate.config.Configuration.PluginConfig;
import lychgate.config.Configuration.PortalConfig;
import lychgate.evennia.EvenniaConfig;
import lychgate.link.amp.AmpConfig;
import lychgate.nats.NatsConfig;
import lychgate.nats.ServerUrl;
import lychgate.plugin.Limits;
import lychgate.plugin.Settings;
import lychgate.transport.ssh.SshConfig;
import lychgate.transport.telnet.front.TelnetConfig;
import lychgate.transport.web.WebConfig;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads all sections: this class is the schema of the configuration. */
public final class ConfigReader {
    /** A day: what is kept for a client that stays away longer is of no use to it. */
    private static final int MAX_RESUME_SECONDS = 24 * 60 * 60;

    private ConfigReader() {}

    /** Reads the configuration where no game can be chosen. */
    public static Configuration read(Sources sources, Map<String, Consumer<Settings>> plugins)
            throws ConfigException {
        return read(sources, plugins, GameClasses.NONE);
    }

    /**
     * Reads the configuration.
     *
     * @param plugins the plugins that were found, by name: each reads its own section
     * @param games the games that were found
     * @throws ConfigException if there are mistakes: all of them
     */
    public static Configuration read(
            Sources sources, Map<String, Consumer<Settings>> plugins, GameClasses games)
            throws ConfigException {
        Mistakes mistakes = new Mistakes();
        SettingsReader reader = new SettingsReader(sources, mistakes);
        Map<String, List<String>> mssp =
                MsspReader.read(sources.file().resolveSibling("mssp.toml"), mistakes);
        Configuration configuration =
                read(reader, new GameReader(reader, mistakes, games).read(), mssp, plugins);
        SharedPorts.report(configuration.listening(), reader, mistakes);
        SharedPorts.report(configuration.evennia().website(), configuration, reader, mistakes);
        reader.reportUnknown();
        mistakes.throwIfAny();
        return configuration;
    }

    /** Reads how the log is written, whatever mistakes there are elsewhere. */
    public static LogConfig readLog(Sources sources) {
        return log(new SettingsReader(sources, new Mistakes()).section("log"));
    }

    /** Reads every key that exists. */
    static Configuration read(
            SettingsReader reader,
            GameConfig game,
            Map<String, List<String>> mssp,
            Map<String, Consumer<Settings>> plugins) {
        return new Configuration(
                portal(reader.section("portal")),
                telnet(reader.section("telnet"), reader.section("telnet.tls")),
                ssh(reader.section("ssh")),
                web(reader.section("web"), reader.section("web.tls")),
                game,
                amp(reader.section("amp")),
                evennia(reader.section("evennia"), game.link()),
                nats(reader.section("nats"), game.link()),
                limits(reader.section("limits")),
                log(reader.section("log")),
                admin(reader.section("admin")),
                mssp,
                plugins(reader, plugins));
    }

    private static PortalConfig portal(Section section) {
        PortalConfig otherwise = PortalConfig.DEFAULT;
        return new PortalConfig(
                section.text("name", otherwise.name()),
                section.address("interface", otherwise.listenAddress()),
                section.networks("trusted_proxies", otherwise.trustedProxies()));
    }

    private static TelnetConfig telnet(Section section, Section tls) {
        TelnetConfig otherwise = TelnetConfig.DEFAULT;
        return new TelnetConfig(
                section.flag("enabled", otherwise.enabled()),
                section.port("port", otherwise.port()),
                section.flag("proxy_protocol", otherwise.proxyProtocol()),
                section.flag("sniff_tls", otherwise.sniffTls()),
                section.limit("nop_seconds", otherwise.nopSeconds()),
                section.number("mccp_level", otherwise.mccpLevel(), 0, 9),
                tls(tls));
    }

    private static TelnetConfig.Tls tls(Section section) {
        TelnetConfig.Tls otherwise = TelnetConfig.Tls.DEFAULT;
        return new TelnetConfig.Tls(
                section.flag("enabled", otherwise.enabled()),
                section.port("port", otherwise.port()),
                section.flag("proxy_protocol", otherwise.proxyProtocol()));
    }

    private static SshConfig ssh(Section section) {
        SshConfig otherwise = SshConfig.DEFAULT;
        return new SshConfig(
                section.flag("enabled", otherwise.enabled()),
                section.port("port", otherwise.port()),
                section.flag("passwordless", otherwise.passwordless()));
    }

    private static WebConfig web(Section section, Section tls) {
        WebConfig otherwise = WebConfig.DEFAULT;
        return new WebConfig(
                section.flag("enabled", otherwise.enabled()),
                section.port("port", otherwise.port()),
                section.port("websocket_port", otherwise.websocketPort()),
                section.origins("allowed_origins", otherwise.allowedOrigins()),
                section.folder("page"),
                section.number("resume_seconds", otherwise.resumeSeconds(), 0, MAX_RESUME_SECONDS),
                section.flag("compression", otherwise.compression()),
                new WebConfig.Tls(
                        tls.flag("enabled", otherwise.tls().enabled()),
                        tls.port("port", otherwise.tls().port())));
    }

    private static AmpConfig amp(Section section) {
        AmpConfig otherwise = AmpConfig.DEFAULT;
        boolean remote = section.flag("allow_remote", otherwise.allowRemote());
        return new AmpConfig(
                remote
                        ? section.address("interface", otherwise.listenAddress())
                        : section.localAddress("interface", otherwise.listenAddress()),
                section.port("port", otherwise.port()),
                remote);
    }

    private static EvenniaConfig evennia(Section section, Link link) {
        EvenniaConfig otherwise = EvenniaConfig.DEFAULT;
        Path gameDir = section.path("game_dir");
        return new EvenniaConfig(
                gameDir,
                section.path("python"),
                section.flagThatNeeds("autostart", otherwise.autostart(), "game_dir", gameDir),
                section.server("website", link == Link.AMP ? "" : "game.link = \"amp\""));
    }

    private static NatsConfig nats(Section section, Link link) {
        NatsConfig otherwise = NatsConfig.DEFAULT;
        List<ServerUrl> servers = section.natsServers("servers", otherwise.servers());
        return new NatsConfig(
                servers,
                section.path("credentials"),
                section.path("ca", servers.getFirst().tls() ? "" : "nats.servers are tls://"),
                section.natsName("realm", otherwise.realm()),
                section.number("portal", otherwise.portal(), 1, NatsConfig.MAX_PORTAL),
                section.natsName("shard", otherwise.shard()),
                link == Link.NATS
                        ? section.falseUnless("serve", "game.link is demo, class or amp")
                        : section.flag("serve", otherwise.serve()));
    }

    private static Limits limits(Section section) {
        Limits otherwise = Limits.DEFAULT;
        return new Limits(
                section.limit("connections", otherwise.connections()),
                section.limit("connections_per_address", otherwise.connectionsPerAddress()),
                section.limit(
                        "connections_per_second_per_address",
                        otherwise.connectionsPerSecondPerAddress()),
                section.limit("commands_per_second", otherwise.commandsPerSecond()),
                section.limit("line_length", otherwise.lineLength()),
                section.limit("subnegotiation_bytes", otherwise.subnegotiationBytes()),
                section.limit("unsent_bytes", otherwise.unsentBytes()),
                section.limit("login_seconds", otherwise.loginSeconds()),
                section.limit("idle_seconds", otherwise.idleSeconds()),
                section.limit("tls_handshake_seconds", otherwise.tlsHandshakeSeconds()));
    }

    private static LogConfig log(Section section) {
        List<String> formats = List.of("text", "json");
        return new LogConfig(
                section.choice("format", formats.getFirst(), formats).equals(formats.getLast()));
    }

    private static AdminConfig admin(Section section) {
        AdminConfig otherwise = AdminConfig.DEFAULT;
        return new AdminConfig(
                section.flag("enabled", otherwise.enabled()),
                section.address("interface", otherwise.listenAddress()),
                section.port("port", otherwise.port()),
                section.path("token_file"));
    }

    private static Map<String, PluginConfig> plugins(
            SettingsReader reader, Map<String, Consumer<Settings>> plugins) {
        Map<String, PluginConfig> configs = new LinkedHashMap<>();
        reader.section("plugins");
        plugins.forEach(
                (name, configure) -> {
                    Section section = reader.section("plugins." + name);
                    PluginConfig otherwise = PluginConfig.DEFAULT;
                    configs.put(
                            name,
                            new PluginConfig(
                                    section.flag("enabled", otherwise.enabled()),
                                    section.flag("required", otherwise.required())));
                    configure.accept(section);
                });
        return configs;
    }
}
