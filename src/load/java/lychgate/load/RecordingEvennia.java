package lychgate.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import lychgate.peers.Distribution;
import lychgate.peers.EvenniaGame;
import lychgate.peers.Wait;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * A game of a real Evennia that does what a {@link RecordingGame} does: each line of its accounts
 * is appended to a file as it is executed, then repeated with the number of the game's life.
 *
 * <p>A life is one Server as it is known by one portal: it ends with either of the two.
 */
final class RecordingEvennia implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PASSWORD = "secret-of-all";

    /** Stands in the log of a new game once it is ready. */
    private static final String IS_SET_UP = "successfully restarted in 'reset' mode";

    /** Shown to all by a Server that was restarted in order. */
    private static final Set<String> SHOWN = Set.of(" ... Server restarted.");

    /** Fast passwords, and none of the limits by which Evennia's own Portal drops lines. */
    private static final String SETTINGS =
            """

            PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
            AUTO_CREATE_CHARACTER_WITH_ACCOUNT = False
            AUTO_PUPPET_ON_LOGIN = False
            MAX_CONNECTION_RATE = 1e6
            MAX_COMMAND_RATE = 1e6
            TELNET_INTERFACES = ["127.0.0.1"]
            """;

    private static final String COMMANDS =
            """


            import os
            import evennia
            from django.conf import settings
            from evennia.commands.cmdhandler import CMD_NOMATCH

            _file = os.open(settings.RECORD, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            _portal = None
            _life = 0


            def record(line):
                global _portal, _life
                met = evennia.SESSION_HANDLER.portal_start_time
                if met != _portal:
                    _portal = met
                    os.write(_file, b"begin\\n")
                    with open(settings.RECORD) as file:
                        _life = sum(1 for each in file if each == "begin\\n")
                os.write(_file, (line + "\\n").encode())


            class CmdLine(evennia.Command):
                key = CMD_NOMATCH
                locks = "cmd:all()"

                def func(self):
                    words = self.args.strip()
                    if words == "first":
                        self.msg("first %s 1" % self.account.key)
                    else:
                        record(words)
                        self.msg("%s %d" % (words, _life))


            class AccountCmdSet(AccountCmdSet):
                def at_cmdset_creation(self):
                    super().at_cmdset_creation()
                    self.add(CmdLine())
            """;

    private static final String ACCOUNTS =
            """


            def at_post_login(self, session=None, **kwargs):
                self.msg("Welcome", session=session)


            Account.at_post_login = at_post_login
            """;

    private static final String CREATES =
            """
            for number in range(int(sys.argv[1])):
                evennia.create_account("p%d" % number, "", sys.argv[2])
            """;

    private final EvenniaGame game;

    private RecordingEvennia(EvenniaGame game) {
        this.game = game;
    }

    /**
     * Makes one; nothing runs yet.
     *
     * @param telnetPort of Evennia's own Portal
     */
    static RecordingEvennia create(int players, int telnetPort) throws IOException {
        EvenniaGame game = EvenniaGame.create();
        RecordingEvennia made = new RecordingEvennia(game);
        game.append("server/conf/settings.py", SETTINGS)
                .append("server/conf/settings.py", "TELNET_PORTS = [" + telnetPort + "]\n")
                .append("server/conf/settings.py", "RECORD = '" + made.record() + "'\n")
                .append("commands/default_cmdsets.py", COMMANDS);
        game.append("typeclasses/accounts.py", ACCOUNTS);
        game.python(CREATES, Integer.toString(players), PASSWORD);
        return made;
    }

    /** Sets up a portal that serves it. */
    void by(Distribution portal) throws IOException, InterruptedException {
        portal.command(
                "evennia",
                "import",
                game.folder().toString(),
                "--python",
                EvenniaGame.python().toString());
    }

    /** The file in which it records what it executes. */
    Path record() {
        return game.folder().resolve("record");
    }

    /**
     * What passes between it and its players beside the lines.
     *
     * @param recovery how soon all lines must be answered
     */
    Play.Told told(Duration recovery) {
        return new Play.Told(name -> "connect " + name + " " + PASSWORD, SHOWN, recovery);
    }

    /** Starts it for the first time, after which a Server restarts by itself. */
    void startNew() {
        start();
        Path log = game.folder().resolve("server/logs/server.log");
        Wait.until("the new game", PATIENCE, () -> Files.readString(log).contains(IS_SET_UP));
    }

    /**
     * Has Evennia's launcher start what does not run: the Server, and a portal if there is none.
     */
    void start() {
        game.start();
    }

    /** Has Evennia's launcher restart the Server in order. */
    void reload() {
        game.launcher("reload");
    }

    /** {@code kill -9} of the Server; the number of its process. */
    @CanIgnoreReturnValue
    long killServer() throws IOException {
        long pid = game.server();
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
        return pid;
    }

    /** Waits until there is another Server than that. */
    void awaitServerOtherThan(long pid) {
        Wait.until("another Server", PATIENCE, () -> hasServer() && game.server() != pid);
    }

    private boolean hasServer() {
        return Files.exists(game.folder().resolve("server/server.pid"));
    }

    @Override
    public void close() throws IOException {
        game.close();
    }
}
