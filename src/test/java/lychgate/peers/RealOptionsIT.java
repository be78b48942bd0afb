package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Telnet options with real clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealOptionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Distribution portal;

    RealOptionsIT() throws IOException {
        portal = Distribution.inNewHome();
    }

    @BeforeAll
    void start() throws Exception {
        portal.start();
    }

    @AfterAll
    void stop() throws Exception {
        portal.close();
    }

    @Test
    @RequiresPeer({"tmux", "tt++"})
    void tinTinTakesGmcpMsdpMsspAndPromptsWhileBothDirectionsAreCompressed() throws Exception {
        Path seen = portal.home().resolve("seen");
        portal.file("seen", "");
        portal.file("script.tin", script(seen));
        try (Terminal tintin =
                Terminal.run(
                        Programs.path("tt++"),
                        "-G",
                        portal.home().resolve("script.tin").toString())) {
            tintin.expect("create NAME").type("guest").expect("Welcome");
            tintin.type("oob foo_bar [\"a ö\",{\"k\":[1,2]}]");
            awaits(seen, "GMCP Foo.Bar {1}{a ö}{2}{{k}{{1}{1}{2}{2}}}");
            awaits(seen, "GMCP Char.Vitals {hp}{100}{maxhp}{100}");
            awaits(seen, "MSSP NAME Lychgate");
            awaits(seen, "MSSP PORT " + portal.port("telnet"));
            awaits(seen, "PROMPT > ");
            tintin.type("received").expect("[\"supports_set\",[\"Char 1\",\"Room 1\"],{}]");
            options(tintin, "(TIMING-MARK)");
            tintin.expect("mccp2: true (MCCP2)").expect("mccp3: true (MCCP3)");
            tintin.expect("eor: true (EOR)").expect("version: 2.02.20 (NEW-ENVIRON)");
            tintin.resize(133, 40);
            options(tintin, "width: 133 (NAWS)");
        }
    }

    @Test
    @RequiresPeer({"tmux", "tt++"})
    void tinTinTakesMsdpWhereItTakesNoGmcp() throws Exception {
        Path seen = portal.home().resolve("seen-msdp");
        portal.file("seen-msdp", "");
        portal.file("msdp.tin", msdp(seen));
        try (Terminal tintin =
                Terminal.run(
                        Programs.path("tt++"),
                        "-G",
                        portal.home().resolve("msdp.tin").toString())) {
            tintin.expect("create NAME").type("guest").expect("Welcome");
            awaits(seen, "MSDP HEALTH 100");
            tintin.type("oob foo [] {\"a\":\"b\"}");
            awaits(seen, "MSDP foo {a}{b}");
        }
    }

    @Test
    @RequiresPeer({"tmux", "kbtin"})
    void kbTinPlaysCompressed() throws Exception {
        try (Terminal kbtin = Terminal.run(Programs.path("kbtin"))) {
            kbtin.expect("#help");
            kbtin.type("#session {game} {127.0.0.1 " + portal.port("telnet") + "}");
            kbtin.expect("create NAME").type("guest").expect("Welcome");
            options(kbtin, "client: KBtin (TTYPE)");
            kbtin.expect("mccp2: true (MCCP2)").expect("eor: true (EOR)");
        }
    }

    @Test
    @RequiresPeer({"tmux", "telnet"})
    void telnetIsInLineMode() throws Exception {
        try (Terminal telnet = Terminal.run(Programs.path("telnet"), address())) {
            telnet.expect("create NAME").type("guest").expect("Welcome");
            options(telnet, "linemode: true (LINEMODE)");
            telnet.expect("(TIMING-MARK)");
            telnet.keys("-l", "say hix").keys("BSpace").type("").expect("You say, \"hi\"");
        }
    }

    @Test
    @RequiresPeer({"tmux", "plink"})
    void puttySendsCharactersAndIsEchoedButForItsPassword() throws Exception {
        try (Terminal putty =
                Terminal.run(
                        "TERM=xterm", Programs.path("plink"), "-telnet -P", port(), "127.0.0.1")) {
            putty.expect("create NAME").type("create Putty").expect("A new password:");
            putty.type("unseen-secret-8").expect("The same password again:");
            putty.keys("-l", "unseen-secret-x").keys("BSpace").type("8").expect("Welcome, Putty");
            putty.keys("-l", "say h0").keys("BSpace").keys("-l", "i").expect("> say hi");
            putty.type("").expect("You say, \"hi\"");
            putty.keys("Up").expect("> say hi").keys("Home").keys("C-k").keys("-l", "wh");
            putty.keys("Tab").expect("> who").keys("C-c").keys("-l", "abcdef");
            putty.keys("Left", "Left", "x").expect("> abcdxef").keys("C-c");
            for (String screen : putty.everySeen()) {
                assertFalse(screen.contains("unseen-secret"), screen);
            }
        }
    }

    @Test
    @RequiresPeer({"tmux", "plink"})
    void rawConnectionOfPuttyIsPlayed() throws Exception {
        try (Terminal raw = Terminal.run(Programs.path("plink"), "-raw -P", port(), "127.0.0.1")) {
            raw.expect("create NAME");
            raw.keys("-l", "guess").keys("BSpace").type("t").expect("Welcome");
            raw.type("say hi").expect("You say, \"hi\"");
        }
    }

    @Test
    @RequiresPeer({"tmux", "telnetlib3-client"})
    void telnetlib3AgreesOnCharacterSetAndEnvironment() throws Exception {
        try (Terminal client = Terminal.run(Programs.path("telnetlib3-client"), address())) {
            client.expect("create NAME").type("guest").expect("Welcome");
            options(client, "charset: UTF-8 (CHARSET)");
            client.expect("(NEW-ENVIRON)").expect("mccp3: true (MCCP3)");
            client.type("echo grüße 漢字").expect("grüße 漢字");
        }
    }

    @Test
    @RequiresPeer("telnetlib3-fingerprint")
    void scanOfAllOptionsFindsNoLoopAndNoWrongDirection() throws Exception {
        Path json = portal.home().resolve("scan.json");
        Process scan =
                new ProcessBuilder(
                                Programs.path("telnetlib3-fingerprint"),
                                "--scan-type",
                                "full",
                                "--silent",
                                "--save-json",
                                json.toString(),
                                "127.0.0.1",
                                port())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertEquals(0, scan.waitFor());
        String found = Files.readString(json);
        assertEquals(List.of(), list(found, "looped-negotiation"));
        assertEquals(List.of(), list(found, "wrong-direction-offered"));
        assertEquals(List.of(), list(found, "directional-refusals"));
        assertEquals(
                List.of(
                        "CHARSET", "ECHO", "EOR", "GMCP", "MCCP2", "MCCP3", "MSDP", "MSSP", "MXP",
                        "SGA", "STATUS"),
                list(found, "offered-options"));
        assertEquals(
                List.of("0x06", "LINEMODE", "NAWS", "NEW_ENVIRON", "TTYPE"),
                list(found, "requested-options"));
        assertTrue(found.contains("\"PORT\": \"" + port() + "\""), found);
    }

    /** Types "options" until it shows something. */
    private static void options(Terminal client, String fact) {
        Wait.until(
                fact + " on this screen:\n" + client.screen(),
                PATIENCE,
                () -> client.type("options").screen().contains(fact));
    }

    private static void awaits(Path file, String line) {
        Wait.until(line, PATIENCE, () -> Files.readString(file).contains(line));
    }

    /** The strings of a list in a JSON document, without the rest of it. */
    private static List<String> list(String json, String name) {
        Matcher list = Pattern.compile('"' + name + "\": \\[([^\\]]*)\\]").matcher(json);
        assertTrue(list.find(), json);
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(list.group(1))
                .results()
                .map(string -> string.group(1))
                .toList();
    }

    /** A script that agrees to GMCP and MSSP, and writes what comes into a file. */
    private String script(Path seen) {
        return """
        #event {IAC WILL GMCP} {#send {\\xFF\\xFD\\xC9\\};\
        #send {\\xFF\\xFA\\xC9Core.Supports.Set ["Char 1","Room 1"]\\xFF\\xF0\\}}
        #event {IAC SB GMCP} {#line {log} {SEEN} {#show GMCP %0 %1}}
        #event {IAC WILL MSSP} {#send {\\xFF\\xFD\\x46\\}}
        #event {IAC SB MSSP} {#line {log} {SEEN} {#show MSSP %0 %1}}
        #event {RECEIVED PROMPT} {#line {log} {SEEN} {#show PROMPT %0}}
        """
                        .replace("SEEN", seen.toString())
                + session();
    }

    /** A script that agrees to MSDP, asks for a variable, and writes what comes into a file. */
    private String msdp(Path seen) {
        return """
        #event {IAC WILL MSDP} {#send {\\xFF\\xFD\\x45\\};\
        #send {\\xFF\\xFA\\x45\\x01REPORT\\x02HEALTH\\xFF\\xF0\\}}
        #event {IAC SB MSDP} {#line {log} {SEEN} {#show MSDP %0 %1}}
        """
                        .replace("SEEN", seen.toString())
                + session();
    }

    private String session() {
        return "#session game " + address() + "\n";
    }

    private String address() {
        return "127.0.0.1 " + port();
    }

    private String port() {
        return Integer.toString(portal.port("telnet"));
    }
}
