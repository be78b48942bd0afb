package lychgate.evennia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.link.Orphans;
import lychgate.link.amp.AmpConfig;
import lychgate.link.amp.AmpLink;
import lychgate.link.amp.ListeningLink;
import lychgate.link.amp.ProcNet;
import lychgate.session.Meters;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What Lychgate makes of a game's folder; with programs in the place of Python's. */
class EvenniaServerTest {
    private static final String OURS = Long.toString(ProcessHandle.current().pid());

    @TempDir private Path folder;

    @BeforeEach
    void makeGame() throws IOException {
        Files.createDirectories(folder.resolve("server/conf"));
        Files.createFile(folder.resolve("server/conf/settings.py"));
        program("python3", "echo " + folder.resolve("evennia/__init__.py"));
        program("twistd", "echo 4711 > server/server.pid");
    }

    @Test
    void numberOfAProcessThatIsNoServerIsOneThatWasLeftBehind() throws IOException {
        Files.writeString(serverPid(), OURS);
        assertNull(server().open());
        assertFalse(server().runs(ProcessHandle.current().pid()));
        assertEquals(4711, server().start(List.of()));
    }

    @Test
    void serverThatRunsIsFoundAndNotStartedASecondTime() throws IOException {
        Process running = new ProcessBuilder("sh", "-c", "read _", "server/server.py").start();
        try {
            Files.writeString(serverPid(), Long.toString(running.pid()));
            assertEquals(running.pid(), server().open());
            IOException why = assertThrows(IOException.class, () -> server().start(List.of()));
            assertEquals(
                    "a Server runs already, as process "
                            + running.pid()
                            + ", and does not connect here",
                    why.getMessage());
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void portalsNumberIsInItsFileWhileItRuns() throws IOException {
        EvenniaServer server = server();
        server.open();
        assertEquals(OURS, Files.readString(portalPid()));
        server.close();
        assertFalse(Files.exists(portalPid()));
    }

    @Test
    void gameThatHasAPortalAlreadyIsLeftToIt() throws IOException {
        Process other = new ProcessBuilder("sh", "-c", "read _", "portal/portal.py").start();
        try {
            Files.writeString(portalPid(), Long.toString(other.pid()));
            IOException why = assertThrows(IOException.class, server()::open);
            assertEquals(
                    "evennia.game_dir "
                            + folder
                            + " has a portal already, process "
                            + other.pid()
                            + ": stop that first",
                    why.getMessage());
        } finally {
            other.destroyForcibly().onExit().join();
        }
        server().open();
        assertEquals(OURS, Files.readString(portalPid()));
    }

    @Test
    void portalIsKnownHoweverManyJarsAreInItsCommand() throws IOException {
        Process other =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "read _",
                                "-Dlychgate.home=/opt/lychgate",
                                "x".repeat(100_000),
                                "lychgate.cli.Main")
                        .start();
        try {
            Files.writeString(portalPid(), Long.toString(other.pid()));
            assertThrows(IOException.class, server()::open);
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void fileWithoutANumberIsPassedOver() throws IOException {
        Files.writeString(serverPid(), "");
        Files.writeString(portalPid(), "none");
        assertNull(server().open());
        assertEquals(4711, server().start(List.of()));
    }

    @Test
    void serverThatLeavesNoNumberHasNotStarted() throws IOException {
        program("twistd", "exit 0");
        IOException why = assertThrows(IOException.class, () -> server().start(List.of()));
        assertEquals(
                "twistd has left no "
                        + serverPid()
                        + "; "
                        + folder.resolve("server/logs/server.log")
                        + " says why",
                why.getMessage());
    }

    @Test
    void profileIsWrittenAmongTheGamesLogsOrNowhere() throws IOException {
        program("twistd", "echo 4711 > server/server.pid; echo \"$@\" > said");
        Path inside = folder.resolve("server/logs/server.prof");
        for (String where : List.of(inside.toString(), "server/logs/../../x", "/etc/x")) {
            Files.deleteIfExists(serverPid());
            server().start(List.of("--savestats", "--profile=" + where));
            String said = Files.readString(folder.resolve("said"));
            assertTrue(said.contains("--savestats"), said);
            assertEquals(where.equals(inside.toString()), said.contains("--profile"), said);
        }
    }

    @Test
    void portalThatFindsAnotherInItsPlaceLeavesItsNumberAlone() throws IOException {
        Files.writeString(portalPid(), "4711");
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket other = new ServerSocket(0, 1, loopback)) {
            AmpLink link =
                    new AmpLink(
                            new AmpConfig("127.0.0.1", other.getLocalPort(), false),
                            server(),
                            false,
                            new ListeningLink(),
                            Orphans.NONE,
                            new ProcNet(),
                            Meters.NONE,
                            InstantSource.system(),
                            System::nanoTime);
            assertThrows(IOException.class, () -> link.start(new ListeningLink(), List.of()));
            link.stop();
        }
        assertEquals("4711", Files.readString(portalPid()));
    }

    @Test
    @Timeout(20)
    void pythonThatSaysNothingIsNotWaitedForLong() throws IOException {
        program("python3", "exec sleep 60");
        EvenniaServer server =
                new EvenniaServer(folder, folder.resolve("python3"), Duration.ofMillis(100));
        IOException why = assertThrows(IOException.class, () -> server.start(List.of()));
        assertTrue(String.valueOf(why.getMessage()).startsWith("it took longer than"));
    }

    private EvenniaServer server() {
        return new EvenniaServer(folder, folder.resolve("python3"));
    }

    private Path serverPid() {
        return folder.resolve("server/server.pid");
    }

    private Path portalPid() {
        return folder.resolve("server/portal.pid");
    }

    private void program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
