package lychgate.evennia;

import lychgate.address.Addresses;
import lychgate.address.Cidr;
import lychgate.oob.Json;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What becomes of a game's settings.
 *
 * @param toml a {@code lychgate.toml} that does what they do
 * @param leftovers settings that have no counterpart: a line each, with its name, its value and why
 */
public record ImportedSettings(String toml, List<String> leftovers) {
    private static final String PLUGINS =
            "Python in the Portal's process; plugins take its place (docs/writing-a-protocol.md)";
    private static final String BOTS = "the Server asks its Portal for bots by a Python class";
    private static final String WORDS = "what players are told is in Lychgate's own words";
    private static final String MARKUP = "markup is Evennia's own, without additions";
    private static final String LOG = "etc/logback.xml says how the log is written";

    /** Settings that a Portal reads and that mean nothing here, and why: told if changed. */
    private static final Map<String, String> MEANINGLESS =
            Map.ofEntries(
                    Map.entry("PORTAL_SERVICES_PLUGIN_MODULES", PLUGINS),
                    Map.entry("EVENNIA_PORTAL_SERVICE_CLASS", PLUGINS),
                    Map.entry("PORTAL_SESSION_HANDLER_CLASS", PLUGINS),
                    Map.entry("TELNET_PROTOCOL_CLASS", PLUGINS),
                    Map.entry("SSL_PROTOCOL_CLASS", PLUGINS),
                    Map.entry("SSH_PROTOCOL_CLASS", PLUGINS),
                    Map.entry("WEBSOCKET_PROTOCOL_CLASS", PLUGINS),
                    Map.entry("AJAX_CLIENT_CLASS", PLUGINS),
                    Map.entry("AJAX_PROTOCOL_CLASS", PLUGINS),
                    Map.entry("AMP_SERVER_PROTOCOL_CLASS", PLUGINS),
                    Map.entry("WEB_PLUGINS_MODULE", PLUGINS),
                    Map.entry("IRC_ENABLED", BOTS),
                    Map.entry("RSS_ENABLED", BOTS),
                    Map.entry("GRAPEVINE_ENABLED", BOTS),
                    Map.entry("DISCORD_ENABLED", BOTS),
                    Map.entry("COMMAND_RATE_WARNING", WORDS),
                    Map.entry("MAX_CHAR_LIMIT_WARNING", WORDS),
                    Map.entry("LANGUAGE_CODE", WORDS),
                    Map.entry("COLOR_ANSI_EXTRA_MAP", MARKUP),
                    Map.entry("COLOR_XTERM256_EXTRA_FG", MARKUP),
                    Map.entry("COLOR_XTERM256_EXTRA_BG", MARKUP),
                    Map.entry("COLOR_XTERM256_EXTRA_GFG", MARKUP),
                    Map.entry("COLOR_XTERM256_EXTRA_GBG", MARKUP),
                    Map.entry("COLOR_ANSI_XTERM256_BRIGHT_BG_EXTRA_MAP", MARKUP),
                    Map.entry("COLOR_NO_DEFAULT", MARKUP),
                    Map.entry("SCREENREADER_REGEX_STRIP", "Evennia's own pattern is stripped"),
                    Map.entry("PORTAL_LOG_FILE", LOG),
                    Map.entry("PORTAL_LOG_DAY_ROTATION", LOG),
                    Map.entry("PORTAL_LOG_MAX_SIZE", LOG),
                    Map.entry("MXP_ENABLED", "MXP is spoken with each client that asks for it"),
                    Map.entry(
                            "ENCODINGS",
                            "a client gets UTF-8 until it asks for another character set"),
                    Map.entry("CLIENT_DEFAULT_WIDTH", "78 until a client says how wide it is"),
                    Map.entry("CLIENT_DEFAULT_HEIGHT", "45 until a client says how high it is"),
                    Map.entry(
                            "SSL_CERTIFICATE_ISSUER",
                            "a certificate is made for this machine's name, or put your own into"
                                    + " etc/tls"),
                    Map.entry("MSSP_META_MODULE", "its table goes into etc/mssp.toml"),
                    Map.entry(
                            "MAX_CONNECTION_RATE",
                            "nobody waits in a queue; limits.connections_per_second_per_address"
                                    + " bounds each address"));

    /** Settings that have a counterpart, or would need one whatever they are. */
    private static final List<String> MEANINGFUL =
            List.of(
                    "SERVERNAME",
                    "LOCKDOWN_MODE",
                    "TELNET_ENABLED",
                    "TELNET_PORTS",
                    "TELNET_INTERFACES",
                    "SSL_ENABLED",
                    "SSL_PORTS",
                    "SSL_INTERFACES",
                    "SSH_ENABLED",
                    "SSH_PORTS",
                    "SSH_INTERFACES",
                    "UPSTREAM_IPS",
                    "AMP_HOST",
                    "AMP_PORT",
                    "AMP_INTERFACE",
                    "MAX_COMMAND_RATE",
                    "MAX_CHAR_LIMIT");

    static final String ONE_ADDRESS = "all services listen on one address, portal.interface";
    static final String NO_PORT = " is no port, a number from 1 to 65535";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";
    private static final int MAX_PORT = 65_535;

    public ImportedSettings {
        leftovers = List.copyOf(leftovers);
    }

    /** The names of all settings that matter. */
    public static List<String> names() {
        TreeSet<String> names = new TreeSet<>(MEANINGFUL);
        names.addAll(MEANINGLESS.keySet());
        names.addAll(ImportedWeb.NAMES);
        return List.copyOf(names);
    }

    /**
     * Makes a configuration of a game's settings.
     *
     * @param gameDir the game's folder
     * @param python in which Evennia is installed
     */
    public static ImportedSettings of(GameSettings game, Path gameDir, Path python) {
        Translation translation = new Translation(game);
        String toml = translation.toml(gameDir, python);
        MEANINGLESS.forEach(
                (name, why) -> {
                    if (game.isChanged(name)) {
                        translation.leave(name, why);
                    }
                });
        return new ImportedSettings(toml, translation.leftovers.stream().sorted().toList());
    }

    /** A translation while it is made. */
    private static final class Translation {
        private final GameSettings game;
        private final List<String> leftovers = new ArrayList<>();

        Translation(GameSettings game) {
            this.game = game;
        }

        String toml(Path gameDir, Path python) {
            String listen = listen();
            StringBuilder toml = new StringBuilder();
            toml.append("# Made of the settings of an Evennia game, that of evennia.game_dir.")
                    .append("\n# What is not set is as it would be without this file;")
                    .append(" docs/configuration.md explains it.\n");
            section(toml, "portal");
            set(toml, "name", name());
            set(toml, "interface", listen);
            set(toml, "trusted_proxies", proxies());
            section(toml, "telnet");
            service(toml, "TELNET", 4000);
            section(toml, "telnet.tls");
            service(toml, "SSL", 4003);
            section(toml, "ssh");
            service(toml, "SSH", 4004);
            List.of("TELNET", "SSL", "SSH").forEach(name -> otherInterfaces(name, listen));
            ImportedWeb web = new ImportedWeb(game, this::leave);
            section(toml, "web");
            web.section((key, value) -> set(toml, key, value));
            web.leaveTheRest(listen);
            section(toml, "game");
            set(toml, "link", "amp");
            section(toml, "amp");
            amp(toml);
            section(toml, "evennia");
            set(toml, "game_dir", gameDir.toString());
            set(toml, "python", python.toString());
            String website = web.website();
            if (website != null) {
                set(toml, "website", website);
            }
            section(toml, "limits");
            limit(toml, "commands_per_second", "MAX_COMMAND_RATE");
            limit(toml, "line_length", "MAX_CHAR_LIMIT");
            return toml.toString();
        }

        void leave(String name, String why) {
            leftovers.add(name + " = " + game.shown(name) + ": " + why);
        }

        /** The game's name, on one line. */
        private String name() {
            return game.text("SERVERNAME").replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        }

        /** The one address on which everything listens. */
        private String listen() {
            if (game.isOn("LOCKDOWN_MODE")) {
                return LOOPBACK;
            }
            String protocol = game.isOn("TELNET_ENABLED") ? "TELNET" : "SSL";
            List<Object> interfaces = game.items(protocol + "_INTERFACES");
            return interfaces.isEmpty()
                            || !(interfaces.getFirst() instanceof String first)
                            || !Addresses.isLiteral(first)
                    ? EVERYWHERE
                    : first;
        }

        private void otherInterfaces(String protocol, String listen) {
            String setting = protocol + "_INTERFACES";
            if (game.isOn(protocol + "_ENABLED")
                    && !game.isOn("LOCKDOWN_MODE")
                    && !game.items(setting).equals(List.of(listen))) {
                leave(setting, ONE_ADDRESS);
            }
        }

        private List<String> proxies() {
            List<String> proxies = new ArrayList<>();
            for (Object proxy : game.items("UPSTREAM_IPS")) {
                if (proxy instanceof String address && Cidr.parse(address) != null) {
                    proxies.add(address);
                } else {
                    leave("UPSTREAM_IPS", proxy + " is neither an address nor a network");
                }
            }
            return proxies;
        }

        private void service(StringBuilder toml, String protocol, int usual) {
            String setting = protocol + "_PORTS";
            List<Integer> ports = new ArrayList<>();
            for (Object item : game.items(setting)) {
                Integer port = port(item);
                if (port == null) {
                    leave(setting, Json.write(item) + NO_PORT);
                } else {
                    ports.add(port);
                }
            }
            boolean enabled = game.isOn(protocol + "_ENABLED") && !ports.isEmpty();
            set(toml, "enabled", enabled);
            set(toml, "port", (long) (ports.isEmpty() ? usual : ports.getFirst()));
            if (enabled && ports.size() > 1) {
                leave(setting, "a service has one port; a packet filter can redirect others to it");
            }
        }

        private void amp(StringBuilder toml) {
            String setting = game.text("AMP_INTERFACE");
            String address = setting.equals("localhost") ? LOOPBACK : setting;
            if (!Addresses.isLiteral(address)) {
                leave("AMP_INTERFACE", "an address is needed, not a name");
                address = LOOPBACK;
            }
            set(toml, "interface", address);
            Integer port = port(game.number("AMP_PORT"));
            if (port == null && game.values().containsKey("AMP_PORT")) {
                leave("AMP_PORT", game.shown("AMP_PORT") + NO_PORT);
            }
            set(toml, "port", (long) (port == null ? 4006 : port));
            if (!InetAddress.ofLiteral(address).isLoopbackAddress()) {
                set(toml, "allow_remote", true);
                leave("AMP_INTERFACE", "whoever reaches it can do anything (docs/security.md)");
            }
            String host = game.text("AMP_HOST");
            if (!host.equals("localhost") && !host.equals(address) && !host.equals(LOOPBACK)) {
                leave("AMP_HOST", "the Server looks for Lychgate there");
            }
        }

        private void limit(StringBuilder toml, String key, String setting) {
            Long most = game.number(setting);
            if (most != null) {
                set(toml, key, (long) Math.clamp(most, 0, Integer.MAX_VALUE));
            }
        }

        private static void section(StringBuilder toml, String name) {
            toml.append("\n[").append(name).append("]\n");
        }

        /** JSON's values are TOML's, but for one control character. */
        private static void set(StringBuilder toml, String key, Object value) {
            toml.append(key)
                    .append(" = ")
                    .append(Json.write(value).replace("\u007f", "\\u007f"))
                    .append('\n');
        }
    }

    /** A port; null if it is none. */
    static @Nullable Integer port(@Nullable Object value) {
        return value instanceof Long n && n > 0 && n <= MAX_PORT ? n.intValue() : null;
    }
}
