package lychgate.evennia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ImportedSettingsTest {
    private static final Path GAME = Path.of("/home/mud/mygame");
    private static final Path PYTHON = Path.of("/home/mud/venv/bin/python3");

    private final Map<String, Object> settings = new HashMap<>();

    ImportedSettingsTest() {
        settings.put("SERVERNAME", "Evennia");
        settings.put("LOCKDOWN_MODE", false);
        settings.put("TELNET_ENABLED", true);
        settings.put("TELNET_PORTS", List.of(4000L));
        settings.put("TELNET_INTERFACES", List.of("0.0.0.0"));
        settings.put("SSL_ENABLED", false);
        settings.put("SSL_PORTS", List.of(4003L));
        settings.put("SSL_INTERFACES", List.of("0.0.0.0"));
        settings.put("SSH_ENABLED", false);
        settings.put("SSH_PORTS", List.of(4004L));
        settings.put("SSH_INTERFACES", List.of("0.0.0.0"));
        settings.put("WEBSERVER_ENABLED", false);
        settings.put("WEBCLIENT_ENABLED", true);
        settings.put("UPSTREAM_IPS", List.of("127.0.0.1"));
        settings.put("AMP_HOST", "localhost");
        settings.put("AMP_PORT", 4006L);
        settings.put("AMP_INTERFACE", "127.0.0.1");
        settings.put("MAX_COMMAND_RATE", 80L);
        settings.put("MAX_CHAR_LIMIT", 6000L);
    }

    @Test
    void gameAsEvenniaMakesItBecomesThisFile() {
        assertEquals(
                """
                # Made of the settings of an Evennia game, that of evennia.game_dir.
                # What is not set is as it would be without this file; docs/configuration.md explains it.

                [portal]
                name = "Evennia"
                interface = "0.0.0.0"
                trusted_proxies = ["127.0.0.1"]

                [telnet]
                enabled = true
                port = 4000

                [telnet.tls]
                enabled = false
                port = 4003

                [ssh]
                enabled = false
                port = 4004

                [web]
                enabled = false
                port = 4001
                websocket_port = 4002

                [game]
                link = "amp"

                [amp]
                interface = "127.0.0.1"
                port = 4006

                [evennia]
                game_dir = "/home/mud/mygame"
                python = "/home/mud/venv/bin/python3"

                [limits]
                commands_per_second = 80
                line_length = 6000
                """,
                imported().toml());
        assertEquals(List.of(), imported().leftovers());
    }

    @Test
    void settingsThatWereChangedAreTakenOver() {
        settings.put("SERVERNAME", "The \"Old\" \\ M\u00fchle\n\u007f");
        settings.put("TELNET_PORTS", List.of(23L));
        settings.put("TELNET_INTERFACES", List.of("::"));
        settings.put("SSL_ENABLED", true);
        settings.put("SSL_INTERFACES", List.of("::"));
        settings.put("SSL_PORTS", List.of(992L));
        settings.put("SSH_ENABLED", true);
        settings.put("SSH_PORTS", List.of(22L));
        settings.put("SSH_INTERFACES", List.of("::"));
        settings.put("UPSTREAM_IPS", List.of("10.0.0.0/8", "2001:db8::1"));
        settings.put("AMP_INTERFACE", "localhost");
        settings.put("AMP_PORT", 5006L);
        settings.put("MAX_COMMAND_RATE", 12.5);
        settings.put("MAX_CHAR_LIMIT", 2000L);
        ImportedSettings imported = imported();
        assertSets(
                imported,
                "name = \"The \\\"Old\\\" \\\\ M\u00fchle\"",
                "interface = \"::\"",
                "trusted_proxies = [\"10.0.0.0/8\",\"2001:db8::1\"]",
                "enabled = true\nport = 23",
                "enabled = true\nport = 992",
                "[ssh]\nenabled = true\nport = 22\n",
                "interface = \"127.0.0.1\"\nport = 5006",
                "commands_per_second = 13",
                "line_length = 2000");
        assertEquals(List.of(), imported.leftovers());
    }

    @Test
    void limitThatIsOffInEvenniaIsOff() {
        settings.put("MAX_COMMAND_RATE", -1L);
        settings.put("MAX_CHAR_LIMIT", 0L);
        assertSets(imported(), "commands_per_second = 0\nline_length = 0\n");
    }

    @Test
    void lockedDownGameIsOnThisMachineAlone() {
        settings.put("LOCKDOWN_MODE", true);
        settings.put("TELNET_INTERFACES", List.of("192.0.2.1"));
        assertSets(imported(), "interface = \"127.0.0.1\"\ntrusted_proxies");
        assertEquals(List.of(), imported().leftovers());
    }

    @Test
    void secondPortsAndAddressesAreLeftOver() {
        settings.put("TELNET_PORTS", List.of(4000L, 23L));
        settings.put("TELNET_INTERFACES", List.of("192.0.2.1", "192.0.2.2"));
        assertSets(imported(), "interface = \"192.0.2.1\"", "port = 4000");
        assertEquals(
                List.of(
                        "TELNET_INTERFACES = [\"192.0.2.1\",\"192.0.2.2\"]: all services listen on"
                                + " one address, portal.interface",
                        "TELNET_PORTS = [4000,23]: a service has one port; a packet filter can"
                                + " redirect others to it"),
                imported().leftovers());
    }

    @Test
    void portForTheServerThatOthersReachIsTakenOverAndTold() {
        settings.put("AMP_INTERFACE", "192.0.2.1");
        settings.put("AMP_HOST", "game.example.org");
        assertSets(imported(), "interface = \"192.0.2.1\"\nport = 4006\nallow_remote = true\n");
        assertEquals(
                List.of(
                        "AMP_HOST = \"game.example.org\": the Server looks for Lychgate there",
                        "AMP_INTERFACE = \"192.0.2.1\": whoever reaches it can do anything"
                                + " (docs/security.md)"),
                imported().leftovers());
    }

    /** As Evennia has them by default. */
    private void website() {
        settings.put("WEBSERVER_ENABLED", true);
        settings.put("WEBSERVER_PORTS", List.of(List.of(4001L, 4005L)));
        settings.put("WEBSERVER_INTERFACES", List.of("0.0.0.0"));
        settings.put("WEBSOCKET_CLIENT_ENABLED", true);
        settings.put("WEBSOCKET_CLIENT_PORT", 4002L);
        settings.put("WEBSOCKET_CLIENT_INTERFACE", "0.0.0.0");
        settings.put("WEBSOCKET_CLIENT_URL", null);
        settings.put("SESSION_ENGINE", "django.contrib.sessions.backends.db");
    }

    @Test
    void websiteIsServedWhereItWas() {
        website();
        assertSets(
                imported(),
                "[web]\nenabled = true\nport = 4001\nwebsocket_port = 4002\n",
                "python3\"\nwebsite = \"127.0.0.1:4005\"\n");
        assertEquals(List.of(), imported().leftovers());
        settings.put("WEBSERVER_PORTS", List.of(List.of(80L, 8005L)));
        settings.put("WEBSOCKET_CLIENT_PORT", 8002L);
        assertSets(
                imported(),
                "[web]\nenabled = true\nport = 80\nwebsocket_port = 8002\n",
                "website = \"127.0.0.1:8005\"\n");
        assertEquals(List.of(), imported().leftovers());
    }

    @Test
    void websiteThatIsLockedDownIsOnThisMachineAlone() {
        website();
        settings.put("LOCKDOWN_MODE", true);
        assertSets(imported(), "interface = \"127.0.0.1\"\ntrusted_proxies", "website = ");
        assertEquals(List.of(), imported().leftovers());
    }

    @Test
    void whatOfTheWebHasNoCounterpartIsLeftOver() {
        website();
        settings.put("WEBSERVER_PORTS", List.of(List.of(4001L, 4005L), List.of(80L, 4006L)));
        settings.put("WEBSERVER_INTERFACES", List.of("192.0.2.1"));
        settings.put("WEBCLIENT_ENABLED", false);
        settings.put("WEBSOCKET_CLIENT_ENABLED", false);
        settings.put("WEBSOCKET_CLIENT_INTERFACE", "127.0.0.1");
        settings.put("WEBSOCKET_CLIENT_URL", "wss://mud.example.org");
        settings.put("SESSION_ENGINE", "django.contrib.sessions.backends.cache");
        assertEquals(
                List.of(
                        "SESSION_ENGINE = \"django.contrib.sessions.backends.cache\": logins on the"
                                + " website are taken over into the game only from"
                                + " django.contrib.sessions.backends.db",
                        "WEBCLIENT_ENABLED = false: Lychgate's own page is at /play/ all the same",
                        "WEBSERVER_INTERFACES = [\"192.0.2.1\"]: all services listen on one"
                                + " address, portal.interface",
                        "WEBSERVER_PORTS = [[4001,4005],[80,4006]]: the web has one port; a packet"
                                + " filter can redirect others to it",
                        "WEBSOCKET_CLIENT_ENABLED = false: WebSockets are where the web is",
                        "WEBSOCKET_CLIENT_INTERFACE = \"127.0.0.1\": all services listen on one"
                                + " address, portal.interface",
                        "WEBSOCKET_CLIENT_URL = \"wss://mud.example.org\": it must lead to /ws of"
                                + " web.port or web.tls.port (docs/bridge.md)"),
                imported().leftovers());
    }

    @Test
    void nonsenseOfTheWebIsNotTakenOver() {
        website();
        settings.put("WEBSERVER_PORTS", List.of(4001L, List.of(4001L), List.of(0L, 4005L)));
        settings.put("WEBSOCKET_CLIENT_PORT", "4002");
        ImportedSettings imported = imported();
        assertSets(imported, "[web]\nenabled = false\nport = 4001\nwebsocket_port = 4002\n");
        assertEquals(false, imported.toml().contains("website"));
        assertEquals(4, imported.leftovers().size(), imported.leftovers().toString());
    }

    @Test
    void settingThatMeansNothingHereIsLeftOverOnlyIfItWasChanged() {
        settings.put("TELNET_PROTOCOL_CLASS", "server.conf.telnet.MyTelnet");
        settings.put("MXP_ENABLED", true);
        settings.put("IRC_ENABLED", true);
        assertEquals(
                List.of(
                        "IRC_ENABLED = true: the Server asks its Portal for bots by a Python class",
                        "TELNET_PROTOCOL_CLASS = \"server.conf.telnet.MyTelnet\": Python in the"
                                + " Portal's process; plugins take its place"
                                + " (docs/writing-a-protocol.md)"),
                imported("TELNET_PROTOCOL_CLASS", "IRC_ENABLED").leftovers());
    }

    @Test
    void nonsenseIsNotTakenOver() {
        settings.put("TELNET_PORTS", Arrays.asList("x", null, 99_999L));
        settings.put("TELNET_INTERFACES", 7L);
        settings.put("SSL_PORTS", Map.of());
        settings.put("UPSTREAM_IPS", List.of("proxy.example.org", 3L));
        settings.put("AMP_PORT", "4006");
        settings.put("AMP_INTERFACE", "amp.example.org");
        settings.put("MAX_COMMAND_RATE", "many");
        ImportedSettings imported = imported();
        assertSets(
                imported,
                "interface = \"0.0.0.0\"\ntrusted_proxies = []",
                "[telnet]\nenabled = false\nport = 4000",
                "interface = \"127.0.0.1\"\nport = 4006",
                "[limits]\nline_length");
        assertEquals(
                List.of(
                        "AMP_INTERFACE = \"amp.example.org\": an address is needed, not a name",
                        "AMP_PORT = \"4006\": \"4006\" is no port, a number from 1 to 65535",
                        "SSL_PORTS = {}: {} is no port, a number from 1 to 65535",
                        "TELNET_INTERFACES = 7: all services listen on one address,"
                                + " portal.interface",
                        "TELNET_PORTS = [\"x\",null,99999]: \"x\" is no port, a number from 1 to"
                                + " 65535",
                        "TELNET_PORTS = [\"x\",null,99999]: 99999 is no port, a number from 1 to"
                                + " 65535",
                        "UPSTREAM_IPS = [\"proxy.example.org\",3]: 3 is neither an address nor a"
                                + " network",
                        "UPSTREAM_IPS = [\"proxy.example.org\",3]: proxy.example.org is neither an"
                                + " address nor a network"),
                imported.leftovers());
    }

    private ImportedSettings imported(String... changed) {
        return ImportedSettings.of(new GameSettings(settings, Set.of(changed)), GAME, PYTHON);
    }

    private static void assertSets(ImportedSettings imported, String... lines) {
        for (String line : lines) {
            assertTrue(imported.toml().contains(line), imported.toml());
        }
    }
}
