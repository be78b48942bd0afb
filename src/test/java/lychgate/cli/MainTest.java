package lychgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import lychgate.admin.AdminSocket;
import lychgate.admin.AllPortals;
import lychgate.admin.RecordingOperations;
import lychgate.portal.Home;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Home home;
    private final String folder;

    MainTest(@TempDir Path folder) throws IOException {
        this.home = Home.at(folder);
        this.folder = folder.toString();
        Files.createDirectories(home.etc());
    }

    @Test
    void folderThatDoesNotExistIsAMistakeOfRunAndCheck() {
        String nowhere = home.etc().resolveSibling("nowhere").toString();
        for (String option : List.of("--home", "--etc")) {
            for (String command : List.of("run", "check")) {
                assertEquals(1, run(command, option, nowhere));
                assertTrue(err.toString().contains(option + ": " + nowhere), err::toString);
            }
        }
        assertFalse(Files.exists(Path.of(nowhere)));
    }

    @Test
    void checkReadsTheLoginScreenToo() throws IOException {
        Files.createDirectories(home.etc());
        Files.write(
                home.etc().resolve("banner.txt"), "Jürgen".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(1, run("check", "--home", folder));
        assertTrue(err.toString().contains("banner.txt"), err::toString);
    }

    @Test
    void checkFindsNoMistakesWhereThereIsNoFile() {
        assertEquals(0, run("check", "--home", folder));
        assertEquals(
                home.configFile() + ": no mistakes; it does not exist, so the defaults apply\n",
                out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void checkPrintsEachMistakeOnALineAndFails() throws IOException {
        Files.writeString(home.configFile(), "[telnet]\nport = -1\nprot = 1\n");
        assertEquals(1, run("check", "--home", folder));
        assertEquals("", out.toString());
        assertEquals(
                home.configFile()
                        + ", line 2: telnet.port = -1: must be a port, 1 to 65535, or 0 for any"
                        + " free one\n"
                        + home.configFile()
                        + ", line 3: telnet.prot is not a setting; did you mean telnet.port?\n",
                err.toString());
    }

    @Test
    void checkReadsTheFolderThatEtcNames(@TempDir Path other) throws IOException {
        Files.writeString(home.configFile(), "broken");
        Files.writeString(other.resolve("lychgate.toml"), "[telnet]\nport = 5000\n");
        assertEquals(0, run("check", "--home", folder, "--etc", other.toString()));
        assertEquals(other.resolve("lychgate.toml") + ": no mistakes\n", out.toString());
    }

    @Test
    void checkNamesAPluginJarThatIsBroken() throws IOException {
        Path jar = Files.createDirectories(home.plugins()).resolve("mail.jar");
        Files.writeString(jar, "This is no jar.");
        assertEquals(1, run("check", "--home", folder));
        assertEquals(
                "The plugin jar "
                        + jar
                        + " is broken (zip END header not found): replace it, or remove it.\n",
                err.toString());
    }

    @Test
    void checkNamesAKeyThatCannotBeUsedAndMakesNone() throws IOException {
        assertEquals(0, run("check", "--home", folder));
        assertFalse(Files.exists(home.tls()));
        Path key = Files.createDirectories(home.tls()).resolve("server.key");
        Files.writeString(key, "no key");
        assertEquals(1, run("check", "--home", folder));
        assertTrue(err.toString().contains("one is missing"), err.toString());
        Files.writeString(home.configFile(), "[telnet.tls]\nenabled = false\n");
        assertEquals(0, run("check", "--home", folder));
    }

    @Test
    void sectionOfAPluginThatIsNotThereIsAMistake() throws IOException {
        Files.writeString(home.configFile(), "[plugins.mail]\nenabled = true\n");
        assertEquals(1, run("check", "--home", folder));
        assertEquals(
                home.configFile() + ", line 1: [plugins.mail] is not a section\n", err.toString());
    }

    @Test
    void runThatCannotStartPrintsOneSentenceAndFails() {
        assertEquals(1, run("run", "--home", folder, "--set", "telnet.port=x"));
        assertEquals("", out.toString());
        assertEquals(
                "--set telnet.port: telnet.port = \"x\": must be a port, 1 to 65535, or 0 for any"
                        + " free one\n",
                err.toString());
    }

    @Test
    void keysAreMadeAndListed() {
        assertEquals(0, run("keys", "list", "--home", folder));
        assertTrue(out.toString().contains("ssh):\nnone;"), out.toString());
        assertTrue(out.toString().contains("tls):\nnone;"), out.toString());
        assertEquals(0, run("keys", "rotate", "ssh", "--home", folder));
        assertTrue(out.toString().contains("will warn that the key has changed"), out.toString());
        assertEquals(0, run("keys", "rotate", "tls", "--etc", home.etc().toString()));
        assertTrue(out.toString().contains("know the old certificate"), out.toString());
        int before = out.toString().length();
        assertEquals(0, run("keys", "list", "--home", folder));
        String list = out.toString().substring(before);
        assertTrue(
                list.matches(
                        """
                        SSH \\(.*/ssh\\):
                        256 SHA256:[A-Za-z0-9+/]{43} lychgate \\(ED25519\\)
                        3072 SHA256:[A-Za-z0-9+/]{43} lychgate \\(RSA\\)
                        TLS \\(.*/tls\\):
                        SHA-256 [0-9A-F:]{95}
                        for .*localhost.*
                        until 20.*
                        """),
                list);
    }

    @Test
    void keyThatOthersCanReadIsRefusedWithTheRemedy() throws IOException {
        run("keys", "rotate", "ssh", "--home", folder);
        Path key = home.etc().resolve("ssh/ssh_host_rsa_key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(1, run("keys", "list", "--home", folder));
        assertEquals(key + " can be read by others: chmod 600 it.\n", err.toString());
    }

    @Test
    void logbackXmlThatIsNoXmlIsNamedWithItsLine() throws IOException {
        Files.createDirectories(home.etc());
        Path file = home.etc().resolve("logback.xml");
        Files.writeString(file, "<configuration>\n<appender");
        for (String command : List.of("check", "run")) {
            assertEquals(1, run(command, "--home", folder));
            assertTrue(
                    err.toString().startsWith(file + ", line 2: is not valid XML ("),
                    err.toString());
            assertTrue(err.toString().endsWith("correct it, or remove the file\n"));
            assertEquals(1, err.toString().lines().count());
            err.getBuffer().setLength(0);
        }
        assertEquals("", out.toString());
    }

    @Test
    void checkReportsTheMistakesOfAllFilesAtOnce() throws IOException {
        Files.writeString(home.configFile(), "[telnet]\nport = 4000\n");
        Files.writeString(home.etc().resolve("logback.xml"), "<configuration>");
        Files.writeString(home.etc().resolve("banner.txt"), "\0");
        Path keys = Files.createDirectories(home.authorizedKeys().resolveSibling("."));
        Files.writeString(keys.resolve("authorized_keys"), "");
        Files.setPosixFilePermissions(
                home.authorizedKeys(), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.writeString(
                Files.createDirectories(home.tls()).resolve("server.crt"), "no certificate");
        assertEquals(1, run("check", "--home", folder));
        List<String> lines = err.toString().lines().toList();
        assertEquals(4, lines.size(), err::toString);
        assertTrue(lines.get(0).contains("logback.xml, line 1: is not valid XML"));
        assertTrue(lines.get(1).contains("banner.txt, line 1: has a NUL byte"));
        assertTrue(lines.get(2).contains("server.crt one is missing"), err::toString);
        assertTrue(lines.get(3).contains("authorized_keys is writable by others"), err::toString);
    }

    @Test
    void checkFindsABadTokenAndBadBans() throws IOException {
        Path token = Files.writeString(home.etc().resolve("admin.token"), "short");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(home.configFile(), "[admin]\ntoken_file = \"" + token + "\"\n");
        Path bans = Files.createDirectories(home.var()).resolve("bans");
        Files.writeString(bans, "192.0.2.7\nsomebody\n");
        assertEquals(1, run("check", "--home", folder));
        assertTrue(err.toString().contains("the token in " + token + " is too short"), err + "");
        assertTrue(err.toString().contains(bans + ", line 2: somebody is neither"), err + "");
        assertEquals(2, err.toString().lines().count(), err::toString);
        Files.writeString(home.configFile(), "[admin]\nenabled = false\n");
        Files.delete(bans);
        assertEquals(0, run("check", "--home", folder), err::toString);
    }

    @Test
    void checkAsRootFindsATokenAndBansThatThePortalMayNotRead() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files away");
        Path token = Files.writeString(home.etc().resolve("admin.token"), "correct horse battery");
        Path bans = Files.writeString(Files.createDirectories(home.var()).resolve("bans"), "");
        for (Path file : List.of(token, bans)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(home.configFile(), "[admin]\ntoken_file = \"" + token + "\"\n");
        Files.setAttribute(home.etc(), "unix:uid", 65_534);
        assertEquals(1, run("check", "--home", folder));
        for (Path file : List.of(token, bans)) {
            assertTrue(err.toString().contains(file + " may not be read by "), err::toString);
        }
    }

    @Test
    void rotationIsRecordedAsTheLogIsWrittenWhateverElseIsWrong() throws IOException {
        Files.writeString(home.configFile(), "[log]\nformat = \"json\"\n[telnet]\nprot = 1\n");
        Files.createDirectories(home.var());
        Files.writeString(
                Files.createDirectories(home.plugins()).resolve("broken.jar"), "no jar at all");
        assertEquals(0, run("keys", "rotate", "tls", "--home", folder), err::toString);
        String line = Files.readString(home.var().resolve("log/audit.log"));
        assertTrue(line.contains("\"order\":\"keys rotate tls\""), line);
    }

    @Test
    void checkWarnsOfWhatThePortalFillsIn() throws IOException {
        Files.writeString(home.etc().resolve("mssp.toml"), "# x\nplayers = 7\nGENRE = \"x\"\n");
        assertEquals(0, run("check", "--home", folder));
        assertEquals(
                "warning: "
                        + home.etc().resolve("mssp.toml")
                        + ", line 2: PLAYERS is filled in by the portal: remove it\n",
                err.toString());
    }

    @Test
    void checkAsRootFindsWhatTheOwnerOfTheFolderMayNotRead() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files away");
        Files.writeString(home.configFile(), "");
        Files.setAttribute(home.etc(), "unix:uid", 65_534);
        Files.setPosixFilePermissions(
                home.configFile(), PosixFilePermissions.fromString("rw-------"));
        assertEquals(1, run("check", "--etc", home.etc().toString(), "--home", folder));
        assertTrue(
                err.toString().startsWith(home.configFile() + " may not be read by "),
                err::toString);
        Files.setAttribute(home.configFile(), "unix:uid", 65_534);
        Files.setPosixFilePermissions(
                Path.of(folder), PosixFilePermissions.fromString("rwxr-xr-x"));
        err.getBuffer().setLength(0);
        assertEquals(0, run("check", "--home", folder), err::toString);
    }

    @Test
    void keysThatRootMakesBelongToTheOwnerOfTheFolder() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may give files away");
        Files.setAttribute(home.etc(), "unix:uid", 65_534);
        assertEquals(0, run("keys", "rotate", "tls", "--home", folder));
        for (String made : List.of("tls", "tls/server.key", "tls/server.crt")) {
            assertEquals(65_534, Files.getAttribute(home.etc().resolve(made), "unix:uid"), made);
        }
        assertEquals(0, run("keys", "list", "--home", folder), err::toString);
        Files.setAttribute(home.tls().resolve("server.key"), "unix:uid", 0);
        assertEquals(1, run("check", "--home", folder));
        assertTrue(err.toString().contains("server.key belongs to another user"), err::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
                    ban => lychgate ban: ADDRESS is missing; see lychgate ban --help.
                    ban 0.0.0.0/0 => lychgate ban: 0.0.0.0/0 is a large part of the internet: add --yes if it is meant; see lychgate ban --help.
                    ban 2001:db8::/18 => lychgate ban: 2001::/18 is a large part of the internet: add --yes if it is meant; see lychgate ban --help.
                    ban 192.0.2.7 --for soon => lychgate ban: --for soon: must be 30s, 15m, 12h, 7d, 2w or 1d12h, at most 3650d; see lychgate ban --help.
                    drain --timeout x => lychgate drain: --timeout SECONDS cannot be x; see lychgate drain --help.
                    """)
    void mistakeOfUsageIsNotSentToThePortal(String arguments, String sentence) {
        assertEquals(2, run(arguments.split(" ", -1)));
        assertEquals(sentence + "\n", err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "check --help",
                "keys --help",
                "run -h",
                "evennia import --help"
            })
    void helpGoesToStandardOutput(String arguments) {
        assertEquals(0, run(arguments.split(" ", -1)));
        assertTrue(out.toString().startsWith("Usage: lychgate"), out.toString());
        assertEquals("", err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
                    => lychgate: a command is missing; see lychgate --help.
                    stauts => lychgate: unknown command stauts; did you mean status?
                    check --hoem /tmp => lychgate check: unknown option --hoem; did you mean --home?
                    check --home => lychgate check: --home DIR is missing; see lychgate check --help.
                    check all => lychgate check: unexpected argument all; see lychgate check --help.
                    run --set => lychgate run: --set key=value is missing; see lychgate run --help.
                    run --set x => lychgate run: --set key=value cannot be x; see lychgate run --help.
                    keys => lychgate keys: list or rotate is missing; see lychgate keys --help.
                    keys rotate => lychgate keys rotate: ssh|tls is missing; see lychgate keys rotate --help.
                    keys rotate x => lychgate keys rotate: ssh|tls cannot be x; see lychgate keys rotate --help.
                    evennia => lychgate evennia: import is missing; see lychgate evennia --help.
                    evennia import => lychgate evennia import: GAME_DIR is missing; see lychgate evennia import --help.
                    kick => lychgate kick: ID is missing; see lychgate kick --help.
                    """)
    void whatCannotBeUnderstoodIsSaidInASentence(@Nullable String arguments, String sentence) {
        assertEquals(2, arguments == null ? run() : run(arguments.split(" ", -1)));
        assertEquals("", out.toString());
        assertEquals(sentence + "\n", err.toString());
    }

    @Test
    void commandWithoutAPortalFailsInOneSentence() {
        for (String command : List.of("status", "sessions", "bans")) {
            assertEquals(1, run(command, "--home", folder));
        }
        String why =
                "No portal runs on "
                        + home.var()
                        + ": start one, or say with --home or --var where it runs.\n";
        assertEquals(why.repeat(3), err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void commandPrintsWhatThePortalAnswers() throws IOException {
        RecordingOperations portal = new RecordingOperations();
        Files.createDirectories(home.var());
        try (AdminSocket socket =
                AdminSocket.open(home.var(), portal.commands(), AllPortals.NONE, Meters.NONE)) {
            assertEquals(0, run("ban", "192.0.2.7", "--home", folder));
            assertEquals(0, run("bans", "--home", folder));
            assertEquals(0, run("bans", "--json", "--var", home.var().toString()));
            assertEquals(0, run("kick", "7", "be", "kind", "--home", folder));
            assertEquals(0, run("say", "Back", "soon.", "--home", folder));
            assertEquals(1, run("kick", "8", "--home", folder));
            assertEquals(2, run("kick", "--home", folder));
        }
        assertEquals(
                """
                192.0.2.7
                [{"network":"192.0.2.7","until":null,"reason":null}]
                """,
                out.toString());
        assertTrue(
                err.toString().startsWith("There is no session 8: lychgate sessions lists them.\n"),
                err.toString());
        assertEquals(List.of("kick 7 be kind", "say Back soon.", "kick 8 "), portal.asked());
    }

    @Test
    void importWritesAFileThatCheckAcceptsAndListsWhatHasNoCounterpart(@TempDir Path game)
            throws IOException {
        Path python = python(game);
        assertEquals(
                0,
                run(
                        "evennia",
                        "import",
                        game.toString(),
                        "--home",
                        folder,
                        "--python",
                        "" + python));
        assertEquals(
                home.configFile()
                        + ": written\n"
                        + "WEBCLIENT_ENABLED = false: Lychgate's own page is at /play/ all the"
                        + " same\n",
                out.toString());
        assertEquals("", err.toString());
        String toml = Files.readString(home.configFile());
        assertTrue(toml.contains("game_dir = \"" + game + "\"\npython = \"" + python + "\"\n"));
        assertTrue(toml.contains("[portal]\nname = \"Old Mill\"\n"), toml);
        assertEquals(0, run("check", "--home", folder));
        assertEquals(List.of("lychgate.toml"), names(home.etc()));
    }

    @Test
    void importReplacesAFileWithoutSettingsAndKeepsIt(@TempDir Path game) throws IOException {
        Files.writeString(home.configFile(), "# the defaults\n[telnet]\nport = 4000\n");
        String python = python(game).toString();
        assertEquals(
                0, run("evennia", "import", game.toString(), "--home", folder, "--python", python));
        assertEquals(
                "# the defaults\n[telnet]\nport = 4000\n",
                Files.readString(home.etc().resolve("lychgate.toml.old")));
        String written = Files.readString(home.configFile());
        assertEquals(
                1, run("evennia", "import", game.toString(), "--home", folder, "--python", python));
        assertEquals(
                home.configFile()
                        + " has settings that would be lost: move it away, or name another folder"
                        + " with --etc.\n",
                err.toString());
        assertEquals(written, Files.readString(home.configFile()));
    }

    @Test
    void importThatFailsWritesNothing(@TempDir Path game) throws IOException {
        assertEquals(1, run("evennia", "import", folder, "--home", folder, "--python", "" + game));
        assertEquals(
                folder + " is no game: there is no server/conf/settings.py in it.\n",
                err.toString());
        assertEquals(List.of(), names(home.etc()));
    }

    @Test
    void importOfWhatIsNoGameSaysSoFirst() throws IOException {
        Files.writeString(home.configFile(), "[telnet]\nport = 5000\n");
        assertEquals(1, run("evennia", "import", "/nonexistent", "--home", folder));
        assertEquals(
                "/nonexistent is no game: there is no server/conf/settings.py in it.\n",
                err.toString());
    }

    /** Stands for the Python of a game that is made in the folder. */
    private static Path python(Path game) throws IOException {
        Files.createDirectories(game.resolve("server/conf"));
        Files.writeString(game.resolve("server/conf/settings.py"), "");
        Path python = game.resolve("python3");
        Files.writeString(
                python,
                """
                #!/bin/sh
                echo '{"values": {"SERVERNAME": "Old Mill", "WEBSERVER_ENABLED": true,' \\
                    '"WEBSERVER_PORTS": [[4001, 4005]], "WEBCLIENT_ENABLED": false,' \\
                    '"AMP_HOST": "localhost", "AMP_INTERFACE": "127.0.0.1"}, "changed": []}'
                """);
        assertTrue(python.toFile().setExecutable(true));
        return python;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
