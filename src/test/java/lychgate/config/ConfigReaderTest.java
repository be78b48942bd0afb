package lychgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.address.Cidr;
import lychgate.address.HostPort;
import lychgate.address.Listening;
import lychgate.address.Listening.Security;
import lychgate.address.WebOrigin;
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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

class ConfigReaderTest {
    private static final Configuration DEFAULTS =
            new Configuration(
                    PortalConfig.DEFAULT,
                    TelnetConfig.DEFAULT,
                    SshConfig.DEFAULT,
                    WebConfig.DEFAULT,
                    GameConfig.DEFAULT,
                    AmpConfig.DEFAULT,
                    EvenniaConfig.DEFAULT,
                    NatsConfig.DEFAULT,
                    Limits.DEFAULT,
                    LogConfig.DEFAULT,
                    AdminConfig.DEFAULT,
                    Map.of(),
                    Map.of());

    private final Path file;
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> overrides = new LinkedHashMap<>();
    private final Map<String, Consumer<Settings>> plugins = new LinkedHashMap<>();

    ConfigReaderTest(@TempDir Path etc) {
        file = etc.resolve("lychgate.toml");
    }

    // What is right.

    @Test
    void withoutAFileTheDefaultsHold() throws ConfigException {
        assertEquals(DEFAULTS, read());
    }

    @Test
    void emptyFileSaysNothing() throws ConfigException {
        write("");
        assertEquals(DEFAULTS, read());
    }

    @Test
    void everyKeyIsRead() throws ConfigException {
        write(
                """
                [portal]
                name = "Elm"
                interface = "::1"
                trusted_proxies = ["10.0.0.0/8"]
                [telnet]
                enabled = false
                port = 4100
                proxy_protocol = true
                sniff_tls = true
                nop_seconds = 31
                mccp_level = 9
                [telnet.tls]
                enabled = false
                port = 4103
                proxy_protocol = true
                [ssh]
                enabled = false
                port = 4104
                passwordless = false
                [web]
                enabled = false
                port = 4101
                websocket_port = 4102
                page = "/"
                allowed_origins = ["https://Elm.example"]
                resume_seconds = 60
                compression = true
                [web.tls]
                enabled = true
                port = 4143
                [game]
                link = "amp"
                [amp]
                interface = "0.0.0.0"
                port = 4106
                allow_remote = true
                [evennia]
                game_dir = "/games/elm"
                python = "/venv/bin/python3"
                autostart = true
                website = "127.0.0.1:4005"
                [nats]
                servers = ["tls://nats-1:4223", "tls://u:p@[::1]"]
                credentials = "/etc/lychgate/nats.creds"
                ca = "/etc/lychgate/ca.pem"
                realm = "Elm-1"
                portal = 4095
                shard = "east"
                serve = true
                [limits]
                connections = 1
                connections_per_address = 2
                connections_per_second_per_address = 3
                commands_per_second = 4
                line_length = 5
                subnegotiation_bytes = 6
                unsent_bytes = 7
                login_seconds = 8
                idle_seconds = 9
                tls_handshake_seconds = 10
                [log]
                format = "json"
                [admin]
                enabled = false
                interface = "127.0.0.2"
                port = 4011
                """);
        assertEquals(
                new Configuration(
                        new PortalConfig(
                                "Elm",
                                "::1",
                                List.of(new Cidr(InetAddress.ofLiteral("10.0.0.0"), 8))),
                        new TelnetConfig(
                                false,
                                4100,
                                true,
                                true,
                                31,
                                9,
                                new TelnetConfig.Tls(false, 4103, true)),
                        new SshConfig(false, 4104, false),
                        new WebConfig(
                                false,
                                4101,
                                4102,
                                List.of(new WebOrigin("https", "elm.example", 443)),
                                Path.of("/"),
                                60,
                                true,
                                new WebConfig.Tls(true, 4143)),
                        new GameConfig(Link.AMP, null),
                        new AmpConfig("0.0.0.0", 4106, true),
                        new EvenniaConfig(
                                Path.of("/games/elm"),
                                Path.of("/venv/bin/python3"),
                                true,
                                new HostPort("127.0.0.1", 4005)),
                        new NatsConfig(
                                List.of(
                                        new ServerUrl(true, null, "nats-1", 4223),
                                        new ServerUrl(true, "u:p", "::1", 4222)),
                                Path.of("/etc/lychgate/nats.creds"),
                                Path.of("/etc/lychgate/ca.pem"),
                                "Elm-1",
                                4095,
                                "east",
                                true),
                        new Limits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                        new LogConfig(true),
                        new AdminConfig(false, "127.0.0.2", 4011, null),
                        Map.of(),
                        Map.of()),
                read());
    }

    @Test
    void fieldsOfMsspAreReadFromTheFileBesideIt() throws Exception {
        Files.writeString(
                file.resolveSibling("mssp.toml"),
                """
                HOSTNAME = "mud.example.org"
                gameplay = ["Roleplaying", "Adventure"]
                CREATED = 2026
                "PAY TO PLAY" = false
                """);
        assertEquals(
                "{HOSTNAME=[mud.example.org], GAMEPLAY=[Roleplaying, Adventure], CREATED=[2026],"
                        + " PAY TO PLAY=[0]}",
                read().mssp().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "[[1]]", "[1, 2.5]", "{ a = 1 }", "\"a\\u0002b\"", "2026-01-01"})
    void fieldsOfMsspThatAreNoneAreReported(String value) throws Exception {
        Path mssp = file.resolveSibling("mssp.toml");
        Files.writeString(mssp, "GENRE = \"Fantasy\"\nCREATED = " + value);
        ConfigException e = assertThrows(ConfigException.class, this::read);
        String sentence = String.valueOf(e.getMessage());
        assertTrue(sentence.startsWith(mssp + ", line 2: CREATED = "), sentence);
        assertTrue(
                sentence.endsWith(
                        ": must be a text of one line, a whole number, true or false, or a list of"
                                + " these"),
                sentence);
    }

    @Test
    void commandLineBeatsEnvironmentBeatsFileBeatsDefault() throws ConfigException {
        assertEquals(4000, read().telnet().port());
        write("[telnet]\nport = 1");
        assertEquals(1, read().telnet().port());
        environment.put("LYCHGATE_TELNET_PORT", "2");
        assertEquals(2, read().telnet().port());
        overrides.put("telnet.port", "3");
        assertEquals(3, read().telnet().port());
    }

    @Test
    void environmentVariablesThatNameNoKeyAreIgnored() throws ConfigException {
        environment.put("LYCHGATE_HOME", "/opt/lychgate");
        environment.put("LYCHGATE_TELNET_PROT", "x");
        environment.put("TELNET_PORT", "x");
        assertEquals(DEFAULTS, read());
    }

    @Test
    void textOfTheCommandLineNeedsNoQuotes() throws ConfigException {
        overrides.put("portal.name", "The Elm Inn");
        overrides.put("portal.interface", "127.0.0.1");
        assertEquals(new PortalConfig("The Elm Inn", "127.0.0.1", List.of()), read().portal());
        overrides.put("portal.name", "\"1984\"");
        assertEquals("1984", read().portal().name());
    }

    @Test
    void limitsMayBeZeroForNone() throws ConfigException {
        write("[limits]\nconnections = 0\nidle_seconds = 0");
        assertEquals(0, read().limits().connections());
    }

    // What is wrong, word for word.

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "4000.0", "\"4000\"", "true", "[4000]"})
    void portMustBeOne(String value) {
        write("[telnet]\nport = " + value);
        assertMistakes(
                line(2)
                        + "telnet.port = "
                        + value
                        + ": must be a port, 1 to 65535, or 0 for any free one");
    }

    @Test
    void portOfTwoServicesIsAMistakeOfTheOneThatIsSet() {
        write("[telnet]\nport = 4004\n[admin]\nport = 4003");
        assertMistakes(
                file + ", line 2: telnet.port = 4004: must not be that of ssh.port",
                file + ", line 4: admin.port = 4003: must not be that of telnet.tls.port");
    }

    @Test
    void websiteOfTheGameNeedsTheLinkToEvennia() {
        write("[evennia]\nwebsite = \"127.0.0.1:4005\"");
        assertMistakes(
                line(2)
                        + "evennia.website = \"127.0.0.1:4005\": must be left out, unless"
                        + " game.link = \"amp\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"127.0.0.1\"",
                "\"http://127.0.0.1:4005\"",
                "\"127.0.0.1:0\"",
                "\"127.0.0.1:65536\"",
                "\"::1:4005\"",
                "\"[::g]:4005\"",
                "\"[1.2.3.4:5]:4005\"",
                "4005"
            })
    void websiteOfTheGameIsAHostAndAPort(String value) {
        write("[evennia]\nwebsite = " + value + "\n[game]\nlink = \"amp\"");
        assertMistakes(
                line(2)
                        + "evennia.website = "
                        + value
                        + ": must be a host and a port in quotes: \"127.0.0.1:4005\"");
    }

    @Test
    void websiteOfTheGameMayBeNamedOrHaveAnAddressOfIpv6() throws ConfigException {
        overrides.put("game.link", "amp");
        overrides.put("evennia.website", "[::1]:4005");
        assertEquals(new HostPort("::1", 4005), read().evennia().website());
        overrides.put("evennia.website", "localhost:4005");
        assertEquals(new HostPort("localhost", 4005), read().evennia().website());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "0.0.0.0"})
    void websiteOfTheGameIsNotOurOwn(String host) {
        write("[evennia]\nwebsite = \"" + host + ":4001\"\n[game]\nlink = \"amp\"");
        assertMistakes(
                line(2) + "evennia.website = \"" + host + ":4001\": must not be that of web.port");
    }

    @Test
    void configurationSaysWhereEachEnabledServiceListens() throws ConfigException {
        write(
                """
                [portal]
                interface = "127.0.0.2"
                [telnet]
                sniff_tls = true
                [ssh]
                enabled = false
                [game]
                link = "amp"
                """);
        assertEquals(
                List.of(
                        at("telnet", "telnet.port", "127.0.0.2", 4000, Security.EITHER),
                        at("telnet-tls", "telnet.tls.port", "127.0.0.2", 4003, Security.TLS),
                        at("web", "web.port", "127.0.0.2", 4001, Security.PLAIN),
                        at("websocket", "web.websocket_port", "127.0.0.2", 4002, Security.PLAIN),
                        at("amp", "amp.port", "127.0.0.1", 4006, Security.PLAIN),
                        at("admin", "admin.port", "127.0.0.1", 4010, Security.PLAIN)),
                read().listening());
    }

    private static Listening at(
            String service, String key, String address, int port, Security security) {
        return new Listening(service, key, true, address, port, security);
    }

    @Test
    void portMayBeThatOfAServiceThatDoesNotListenOrListensElsewhere() throws ConfigException {
        write(
                """
                [portal]
                interface = "127.0.0.2"
                [telnet]
                port = 4010
                [telnet.tls]
                enabled = false
                port = 4004
                [amp]
                port = 4004
                """);
        assertEquals(4010, read().telnet().port());
    }

    @Test
    void interfaceMustBeOneOfThisMachine() {
        write("[portal]\ninterface = \"192.0.2.1\"");
        assertMistakes(
                file
                        + ", line 2: portal.interface = \"192.0.2.1\": must be an IP address of"
                        + " this machine; 0.0.0.0 or :: for all");
    }

    @Test
    void limitMustBeAWholeNumber() {
        write("[limits]\nconnections = -1\nline_length = 1.5\nidle_seconds = \"0\"");
        assertMistakes(
                line(2) + "limits.connections = -1: must be a whole number, 0 or more",
                line(3) + "limits.line_length = 1.5: must be a whole number, 0 or more",
                line(4) + "limits.idle_seconds = \"0\": must be a whole number, 0 or more");
    }

    @Test
    void flagMustBeTrueOrFalse() {
        write("[telnet]\nenabled = \"yes\"");
        assertMistakes(line(2) + "telnet.enabled = \"yes\": must be true or false");
    }

    @Test
    void textMustBeInQuotes() {
        write("[portal]\nname = 1984");
        assertMistakes(line(2) + "portal.name = 1984: must be a text in quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.256", "0.0.0.0/0", "", "::1%"})
    void addressMustBeALiteral(String address) {
        write("[portal]\ninterface = \"" + address + "\"");
        assertMistakes(
                line(2)
                        + "portal.interface = \""
                        + address
                        + "\": must be an IP address of this machine; 0.0.0.0 or :: for all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"10.0.0.0/8\"",
                "[\"10.0.0.0/33\"]",
                "[\"10/8\"]",
                "[\"192.0.2.7\", \"proxy.example.org\"]",
                "[10]"
            })
    void networkMustBeInCidrNotation(String value) {
        write("[portal]\ntrusted_proxies = " + value);
        assertMistakes(
                line(2)
                        + "portal.trusted_proxies = "
                        + value
                        + ": must be a list of addresses and networks: [\"192.0.2.7\","
                        + " \"10.0.0.0/8\"]");
    }

    @Test
    void numberThatIsOctalToSomeIsNoPartOfANetwork() {
        write("[portal]\ntrusted_proxies = [\"010.0.0.0/8\"]\ninterface = \"127.1\"");
        assertMistakes(
                line(2)
                        + "portal.trusted_proxies = [\"010.0.0.0/8\"]: must be a list of"
                        + " addresses and networks: [\"192.0.2.7\", \"10.0.0.0/8\"]; a number"
                        + " does not begin with 0",
                line(3)
                        + "portal.interface = \"127.1\": must be an IP address of this machine;"
                        + " 0.0.0.0 or :: for all");
    }

    @Test
    void gameIsAwaitedFromThisMachineUnlessOthersAreAllowed() throws ConfigException {
        write("[amp]\ninterface = \"0.0.0.0\"");
        assertMistakes(
                line(2)
                        + "amp.interface = \"0.0.0.0\": must be a loopback address, unless"
                        + " amp.allow_remote = true");
        overrides.put("amp.allow_remote", "true");
        assertEquals("0.0.0.0", read().amp().listenAddress());
        write("[amp]\ninterface = \"::1\"");
        overrides.clear();
        assertEquals("::1", read().amp().listenAddress());
    }

    @Test
    void gameCannotBeStartedWithoutItsFolder() {
        write("[evennia]\nautostart = true");
        assertMistakes(
                line(2)
                        + "evennia.autostart = true: must be false, unless evennia.game_dir is"
                        + " set");
    }

    @Test
    void pathMustBeAbsolute() {
        write("[evennia]\ngame_dir = \"mygame\"");
        assertMistakes(
                line(2) + "evennia.game_dir = \"mygame\": must be an absolute path in quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/no/such/folder", "page", "/etc/passwd"})
    void pageMustBeAFolderThatExists(String path) {
        write("[web]\npage = \"" + path + "\"");
        assertMistakes(
                line(2)
                        + "web.page = \""
                        + path
                        + "\": must be a folder that exists and can be read, as an absolute path"
                        + " in quotes");
    }

    @Test
    void portalWhoseGameIsElsewhereServesNone() {
        write("[game]\nlink = \"nats\"\n[nats]\nserve = true");
        assertMistakes(
                line(4)
                        + "nats.serve = true: must be false, unless game.link is demo, class or"
                        + " amp");
    }

    @Test
    void serversOfNatsMustBeUrlsOfOneKind() {
        String allowed =
                "must be a list of URLs in quotes, all nats:// or all tls://:"
                        + " [\"nats://user:password@host:4222\"]";
        write("[nats]\nservers = [\"http://a\"]");
        assertMistakes(line(2) + "nats.servers = [\"http://a\"]: " + allowed);
        write("[nats]\nservers = [\"nats://a\", \"tls://b\"]");
        assertMistakes(line(2) + "nats.servers = [\"nats://a\", \"tls://b\"]: " + allowed);
        write("[nats]\nservers = []");
        assertMistakes(line(2) + "nats.servers = []: " + allowed);
    }

    @Test
    void namesInSubjectsOfNatsAreWords() {
        write("[nats]\nrealm = \"my.realm\"\nshard = \"*\"\nportal = 4096");
        assertMistakes(
                line(2) + "nats.realm = \"my.realm\": must be letters, digits, - and _",
                line(3) + "nats.shard = \"*\": must be letters, digits, - and _",
                line(4) + "nats.portal = 4096: must be a whole number from 1 to 4095");
    }

    @Test
    void choiceMustBeOneOfItsWords() {
        write("[game]\nlink = \"dmeo\"");
        assertMistakes(
                line(2)
                        + "game.link = \"dmeo\": must be one of demo, amp, nats, class; did you"
                        + " mean demo?");
        write("[game]\nlink = \"carrier pigeon\"");
        assertMistakes(
                line(2) + "game.link = \"carrier pigeon\": must be one of demo, amp, nats, class");
    }

    @Test
    void unknownKeyIsNamedWithTheOneThatMayBeMeant() {
        write("[telnet]\n\nprot = 4000\nquetzalcoatl_of_the_feathers = 1");
        assertMistakes(
                line(3) + "telnet.prot is not a setting; did you mean telnet.port?",
                line(4) + "telnet.quetzalcoatl_of_the_feathers is not a setting");
    }

    @Test
    void unknownSectionIsNamedOnceWithTheOneThatMayBeMeant() {
        write("[telnot]\nport = 1\nenabled = true\n[telnet.tsl]\nport = 1\n[elsewhere]\n");
        assertMistakes(
                line(1) + "[telnot] is not a section; did you mean telnet?",
                line(4) + "[telnet.tsl] is not a section; did you mean telnet.tls?",
                line(6) + "[elsewhere] is not a section");
    }

    @Test
    void keyOutsideOfASectionIsNamed() {
        write("port = 4000\n");
        assertMistakes(line(1) + "port is not a setting");
    }

    @Test
    void valueInThePlaceOfASectionIsNamed() {
        write("telnet = 4000\n\n[limits]\nidle_seconds = -1");
        assertMistakes(
                line(1) + "telnet = 4000: must be a section, [telnet]",
                line(4) + "limits.idle_seconds = -1: must be a whole number, 0 or more");
    }

    @Test
    void listInThePlaceOfASectionIsNamed() {
        write("[[telnet]]\nport = 4000");
        assertMistakes(line(1) + "telnet = [{…}]: must be a section, [telnet]");
    }

    @Test
    void sectionInThePlaceOfAValueIsNamed() {
        write("[telnet.port]\nnumber = 4000");
        assertMistakes(
                line(1)
                        + "telnet.port = {…}: must be a port, 1 to 65535, or 0 for any"
                        + " free one");
    }

    @Test
    void brokenTomlIsNamedWithItsLine() {
        write("[telnet]\nport = = 4000\n");
        assertMistakes(line(2) + "Unexpected '=', expected a value");
    }

    @Test
    void keyThatStandsTwiceIsNamed() {
        write("[telnet]\nport = 1\nport = 2\n");
        assertMistakes(line(3) + "port previously defined at line 2, column 1");
    }

    @Test
    void fileThatIsNoTextIsNamed() throws IOException {
        Files.write(file, "[portal]\nname = \"é\"".getBytes(StandardCharsets.ISO_8859_1));
        assertMistakes(line(2) + "is not UTF-8 text: save it as UTF-8");
        Files.write(file, "[portal]\nname = \"é\"".getBytes(StandardCharsets.UTF_16LE));
        assertMistakes(file + ": is UTF-16 text: save it as UTF-8");
        Files.writeString(file, "[portal]\r\nname = \"E\0\"");
        assertMistakes(line(2) + "has a NUL byte, which is no part of a text: take it out");
        Files.write(file, new byte[2_000_000]);
        assertMistakes(file + ": is longer than the 1024 KiB that are read: is it the right file?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void markOfTheByteOrderAndAnyLineEndMeanNothing(String end) throws Exception {
        write("\ufeff[portal]" + end + "name = \"Elm\"" + end + "# the end");
        assertEquals("Elm", read().portal().name());
        Files.writeString(file.resolveSibling("mssp.toml"), "\ufeffGENRE = \"Fantasy\"" + end);
        assertEquals(List.of("Fantasy"), read().mssp().get("GENRE"));
    }

    @Test
    void fileThatCannotBeReadIsNamed() throws IOException {
        Files.createDirectory(file);
        assertMistakes(file + ": cannot be read (Is a directory)");
    }

    @Test
    void allMistakesAreNamedAtOnceInTheOrderOfTheirLines() {
        write("[limits]\nidle_seconds = -1\n[telnet]\nprot = 1\nport = -1\n[portal]\nname = 1\n");
        environment.put("LYCHGATE_TELNET_ENABLED", "yes");
        overrides.put("telnet.nop", "1");
        overrides.put("telnet.nop_seconds", "often");
        overrides.put("limits.idle", "1");
        assertMistakes(
                line(2) + "limits.idle_seconds = -1: must be a whole number, 0 or more",
                line(4) + "telnet.prot is not a setting; did you mean telnet.port?",
                line(5) + "telnet.port = -1: must be a port, 1 to 65535, or 0 for any free one",
                line(7) + "portal.name = 1: must be a text in quotes",
                "LYCHGATE_TELNET_ENABLED in the environment: telnet.enabled = \"yes\": must be true"
                        + " or false",
                "--set telnet.nop_seconds: "
                        + "telnet.nop_seconds = \"often\": must be a whole number, 0 or more",
                "--set telnet.nop: telnet.nop is not a setting; did you mean telnet.port?",
                "--set limits.idle: limits.idle is not a setting");
    }

    @Test
    void mistakenValueInTheFileIsNoMistakeWhereItIsBeaten() throws ConfigException {
        write("[telnet]\nport = \"four thousand\"");
        overrides.put("telnet.port", "4100");
        assertEquals(4100, read().telnet().port());
    }

    // Plugins.

    @Test
    void pluginReadsItsOwnKeys() throws ConfigException {
        List<Object> values = new ArrayList<>();
        plugins.put(
                "mail",
                settings -> {
                    values.add(settings.port("port", 25));
                    values.add(settings.text("host", "localhost"));
                    values.add(settings.flag("secure", false));
                    values.add(settings.number("retries", 3, 1, 10));
                    values.add(settings.choice("format", "plain", List.of("plain", "html")));
                    values.add(settings.texts("to", List.of()));
                    values.add(settings.text("unset", "otherwise"));
                });
        write(
                """
                [plugins.mail]
                required = true
                port = 2525
                host = "mail.example.org"
                secure = true
                retries = 10
                format = "html"
                to = ["a@example.org", "b@example.org"]
                """);
        assertEquals(Map.of("mail", new PluginConfig(true, true)), read().plugins());
        assertEquals(
                List.of(
                        2525,
                        "mail.example.org",
                        true,
                        10,
                        "html",
                        List.of("a@example.org", "b@example.org"),
                        "otherwise"),
                values);
    }

    @Test
    void pluginIsConfiguredByEnvironmentAndCommandLineToo() throws ConfigException {
        plugins.put("line-json", settings -> {});
        environment.put("LYCHGATE_PLUGINS_LINE_JSON_ENABLED", "false");
        overrides.put("plugins.line-json.required", "true");
        assertEquals(Map.of("line-json", new PluginConfig(false, true)), read().plugins());
    }

    @Test
    void mistakesInAPluginsSectionAreNamedLikeOurs() {
        plugins.put(
                "mail",
                settings -> {
                    settings.number("retries", 3, 1, 10);
                    settings.texts("to", List.of());
                });
        write(
                """
                [plugins.mail]
                retries = 11
                to = ["a", 1]
                retrise = 1
                [plugins.male]
                enabled = false
                """);
        assertMistakes(
                line(2) + "plugins.mail.retries = 11: must be a whole number from 1 to 10",
                line(3) + "plugins.mail.to = [\"a\", 1]: must be a list of texts: [\"…\", \"…\"]",
                line(4)
                        + "plugins.mail.retrise is not a setting; did you mean"
                        + " plugins.mail.retries?",
                line(5) + "[plugins.male] is not a section; did you mean plugins.mail?");
    }

    @Test
    void passwordInNatsServersIsShownNowhere() throws Exception {
        write(
                "[nats]\nservers = [\"nats://u:s3cret@a\", \"nats:/u:s3cret@b\","
                        + " \"u:s3@cret@c\", \"nats://d\"]");
        ConfigException e = assertThrows(ConfigException.class, this::read);
        assertTrue(
                e.mistakes()
                        .getFirst()
                        .startsWith(
                                line(2)
                                        + "nats.servers = [\"…@a\", \"…@b\", \"…@c\","
                                        + " \"nats://d\"]: must be "),
                e.mistakes()::toString);
        write("[nats]\nservers = [\"nats://u:s3cret@a\"]");
        assertEquals("[nats://a:4222]", read().nats().servers().toString());
        assertFalse(read().toString().contains("s3cret"));
    }

    @Test
    void authorityWithoutTlsIsReported() {
        write("[nats]\nca = \"/keys/ca.pem\"");
        assertMistakes(
                line(2)
                        + "nats.ca = \"/keys/ca.pem\": must be left out, unless nats.servers are"
                        + " tls://");
    }

    private Configuration read() throws ConfigException {
        return ConfigReader.read(new Sources(file, environment, overrides), plugins);
    }

    private void assertMistakes(String... sentences) {
        ConfigException e = assertThrows(ConfigException.class, this::read);
        assertEquals(List.of(sentences), e.mistakes());
    }

    private String line(int number) {
        return file + ", line " + number + ": ";
    }

    private void write(String toml) {
        try {
            Files.writeString(file, toml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
