package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Real SSH clients, and a scanner for weak algorithms. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshClientsIT {
    private static final String SECRET = "unseen-secret-7";

    private final Distribution portal;

    SshClientsIT() throws IOException {
        portal = Distribution.inNewHome();
    }

    @BeforeAll
    void start() throws Exception {
        portal.set("limits.connections_per_second_per_address=0").start();
    }

    @AfterAll
    void stop() throws Exception {
        portal.close();
    }

    @Test
    @RequiresPeer({"tmux", "ssh"})
    void openSshPlays() throws Exception {
        try (Terminal ssh = ssh("rowan")) {
            ssh.expect("Enter alone is connect rowan.").type("create rowan");
            ssh.expect("A new password:").type(SECRET);
            ssh.expect("The same password again:").type(SECRET).expect("Welcome, rowan");
            for (String screen : ssh.everySeen()) {
                assertFalse(screen.contains(SECRET), screen);
            }
            ssh.type("say gr\u00fcn 漢字").expect("You say, \"gr\u00fcn 漢字\"");
            ssh.type("options").expect("width: 100 (pty)").expect("client: OpenSSH (SSH)");
            ssh.keys("Up", "Up").expectLast("> say gr\u00fcn 漢字").keys("C-u");
            ssh.typeOnly("op").keys("Tab").expectLast("> options").keys("C-c");
            ssh.expectLast("^C\n>");
            ssh.type("quit").expect("Farewell!");
        }
        try (Terminal ssh = ssh("rowan")) {
            ssh.expect("Enter alone").keys("Enter").expect("Your password:").type(SECRET);
            ssh.expect("Welcome, rowan").keys("C-d").expect("status 0");
        }
    }

    @Test
    @RequiresPeer({"tmux", "ssh"})
    void whatIsTypedStaysWhileTheGameSpeaksAndTheWindowChanges() throws Exception {
        try (Terminal ssh = ssh("oak");
                Terminal other = ssh("elm")) {
            ssh.type("guest").expect("Welcome, ");
            other.type("guest").expect("Welcome, ");
            String half = "say " + "0123456789".repeat(12);
            ssh.expectLast("\n>").typeOnly(half);
            ssh.expect("> " + half.substring(0, 98) + "\n" + half.substring(98));
            other.type("shout look here");
            ssh.expectLast(
                    "shouts: look here\n> " + half.substring(0, 98) + "\n" + half.substring(98));
            ssh.resize(60, 30);
            ssh.expectLast(
                    "> "
                            + half.substring(0, 58)
                            + "\n"
                            + half.substring(58, 118)
                            + "\n"
                            + half.substring(118));
            ssh.keys("C-a").typeOnly("X");
            ssh.expect("> X" + half.substring(0, 57) + "\n" + half.substring(57, 117));
            ssh.keys("BSpace").resize(130, 30);
            ssh.expectLast("> " + half).keys("C-e", "C-u");
            Wait.until(
                    "the new width",
                    Duration.ofSeconds(10),
                    () -> ssh.type("options").screen().contains("width: 130 (pty)"));
        }
    }

    @Test
    @RequiresPeer({"ssh", "ssh-keygen"})
    void keyLogsItsAccountIn() throws Exception {
        Path key = portal.home().resolve("id");
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        assertTrue(pipe("hazel", "create hazel " + SECRET + "\nquit\n").contains("Welcome, hazel"));
        String line = Files.readString(Path.of(key + ".pub")).split(" ", 3)[1];
        portal.file("keys/authorized_keys", "# players\nssh-ed25519 " + line + " hazel\n");
        String[] own = {"-i", key.toString(), "-o", "IdentitiesOnly=yes"};
        assertTrue(pipe("hazel", "quit\n", own).startsWith("Welcome, hazel"));
        assertFalse(pipe("other", "quit\n", own).contains("Welcome"));
        assertFalse(pipe("hazel", "quit\n").contains("Welcome"));
    }

    @Test
    @RequiresPeer({"ssh"})
    void scriptsPlayAndNothingElseIsOffered() throws Exception {
        String said = pipe("x", "guest\nsay hello\nwho");
        assertTrue(said.contains("\nYou say, \"hello\"\n"), said);
        assertTrue(said.contains("One person is here."), said);
        assertFalse(said.contains("\u001b"), said);
        List<String> command = sshCommand("x");
        command.add("id");
        Ran exec = run(command.toArray(String[]::new));
        assertEquals(255, exec.status);
        assertTrue(exec.said.contains("exec request failed"), exec.said);
    }

    @Test
    @RequiresPeer({"ssh-keygen", "ssh-keyscan"})
    void fingerprintsAreThoseOfSshKeygen() throws Exception {
        Path key = portal.home().resolve("etc/ssh/ssh_host_ed25519_key");
        String shown = run("ssh-keygen", "-l", "-f", key.toString()).said.strip();
        String listed =
                run(
                                Distribution.binary().toString(),
                                "keys",
                                "list",
                                "--home",
                                portal.home().toString())
                        .said;
        assertTrue(listed.lines().toList().contains(shown), listed + "\n" + shown);
    }

    @Test
    @RequiresPeer({"tmux", "plink", "ssh-keygen"})
    void plinkPlays() throws Exception {
        Path key = portal.home().resolve("etc/ssh/ssh_host_ed25519_key");
        String print = run("ssh-keygen", "-l", "-f", key.toString()).said.split(" ", 3)[1];
        try (Terminal plink =
                Terminal.run(
                        Programs.path("plink"),
                        "-ssh",
                        "-hostkey",
                        print,
                        "-P",
                        port(),
                        "fern@127.0.0.1")) {
            plink.expect("Press Return to begin session.").keys("Enter");
            plink.expect("Enter alone is connect fern.").type("guest").expect("Welcome");
            plink.typeOnly("say helo").keys("Left").typeOnly("l").keys("Enter");
            plink.expect("You say, \"hello\"").type("options").expect("client: PuTTY (SSH)");
        }
    }

    @Test
    @RequiresPeer({"tmux", "dbclient"})
    void dropbearThatGuessesTheKeyExchangeWronglyPlays() throws Exception {
        try (Terminal dropbear =
                Terminal.run(
                        Programs.path("dbclient"), "-y", "-y", "-p", port(), "fir@127.0.0.1")) {
            dropbear.expect("Enter alone is connect fir.").type("guest").expect("Welcome");
            dropbear.type("options").expect("client: dropbear (SSH)");
        }
    }

    @Test
    @RequiresPeer({"python-with-asyncssh"})
    void asyncSshPlays() throws Exception {
        Ran ran =
                run(
                        Programs.path("python-with-asyncssh"),
                        "-c",
                        """
                        import asyncio, asyncssh, sys
                        class Client(asyncssh.SSHClient):
                            def kbdint_auth_requested(self): return ''
                            def kbdint_challenge_received(self, name, words, lang, prompts): return []
                        async def play(port):
                            connection, _ = await asyncssh.create_connection(
                                Client, '127.0.0.1', port, username='ivy', known_hosts=None,
                                client_keys=None)
                            async with connection:
                                shell = await connection.create_process(
                                    term_type='xterm-256color', term_size=(80, 24))
                                for line in 'guest', 'say hello', 'quit':
                                    shell.stdin.write(line + '\\r')
                                said = await shell.stdout.read()
                                assert 'You say, "hello"' in said, said
                                await shell.wait()
                                assert shell.exit_status == 0
                                for refused in connection.run('id'), connection.start_sftp_client():
                                    try:
                                        await refused
                                        raise AssertionError('not refused')
                                    except asyncssh.ChannelOpenError:
                                        print('refused')
                        asyncio.run(play(int(sys.argv[1])))
                        """,
                        port());
        assertEquals("refused\nrefused\n", ran.said);
    }

    @Test
    @RequiresPeer({"ssh-audit"})
    void auditFindsNothingWeakButTheOldKeyExchange() throws Exception {
        Ran audit = run(Programs.path("ssh-audit"), "-n", "-p", port(), "127.0.0.1");
        List<String> weak =
                audit.said
                        .lines()
                        .filter(line -> line.contains("[warn]") || line.contains("[fail]"))
                        .map(line -> line.replaceAll(" +", " "))
                        .toList();
        assertEquals(
                List.of(
                        "(kex) curve25519-sha256 -- [warn] does not provide protection against"
                                + " post-quantum attacks",
                        "(kex) curve25519-sha256@libssh.org -- [warn] does not provide protection"
                                + " against post-quantum attacks"),
                weak,
                audit.said);
    }

    private record Ran(int status, String said) {}

    private String port() {
        return Integer.toString(portal.port("ssh"));
    }

    private Terminal ssh(String name) throws IOException {
        List<String> command = sshCommand(name);
        command.add("&& echo status 0 && sleep 60"); // tmux hands it to a shell
        return Terminal.run(command.toArray(String[]::new));
    }

    private List<String> sshCommand(String name, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Programs.path("ssh"),
                                "-F",
                                "none",
                                "-o",
                                "StrictHostKeyChecking=no",
                                "-o",
                                "UserKnownHostsFile=/dev/null",
                                "-o",
                                "LogLevel=ERROR",
                                "-p",
                                port()));
        command.addAll(List.of(more));
        command.add(name + "@127.0.0.1");
        return command;
    }

    /** What a script hears that says this. */
    private String pipe(String name, String input, String... more) throws Exception {
        List<String> command = sshCommand(name, more);
        command.add(1, "-T");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static Ran run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), said);
    }
}
