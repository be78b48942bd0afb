package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import lychgate.Python;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

class SystemdTest {
    private static final String PRINTS_DATAGRAMS =
            """
            import socket, sys
            name = sys.argv[1]
            receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            receiver.bind("\\0" + name[1:] if name[0] == "@" else name)
            print("bound")
            while True:
                print(receiver.recv(1000).decode())
            """;

    @Test
    void stateIsToldToTheSocketOfThatPath(@TempDir Path folder) {
        assertTold(folder.resolve("notify").toString());
    }

    @Test
    void stateIsToldToAnAbstractSocket() {
        assertTold("@lychgate-test-" + ProcessHandle.current().pid());
    }

    @Test
    void pathMayBeAsLongAsSocketsAllow(@TempDir Path folder) {
        String path = folder.resolve("x").toString();
        assertTold(path + "x".repeat(107 - path.length()));
    }

    @Test
    void withoutASocketNothingIsTold() {
        tellAll(new Systemd(Map.of()));
    }

    @Test
    void socketThatCannotBeToldIsNoFailure(@TempDir Path folder) {
        tellAll(systemd(folder.resolve("nobody").toString()));
        tellAll(systemd(folder.resolve("x".repeat(200)).toString()));
        tellAll(systemd(""));
    }

    @Test
    void signsOfLifeAreWantedAsOftenAsTheWatchdogSays() {
        assertEquals(
                Duration.ofSeconds(30),
                new Systemd(Map.of("WATCHDOG_USEC", "30000000")).watchdog());
        assertNull(new Systemd(Map.of()).watchdog());
        assertNull(new Systemd(Map.of("WATCHDOG_USEC", "soon")).watchdog());
    }

    @Test
    void signsOfLifeOfAnotherProcessAreNotOurs() {
        String ours = Long.toString(ProcessHandle.current().pid());
        Map<String, String> forUs = Map.of("WATCHDOG_USEC", "1000000", "WATCHDOG_PID", ours);
        Map<String, String> forInit = Map.of("WATCHDOG_USEC", "1000000", "WATCHDOG_PID", "1");
        assertEquals(Duration.ofSeconds(1), new Systemd(forUs).watchdog());
        assertNull(new Systemd(forInit).watchdog());
    }

    private static void assertTold(String socket) {
        try (Python receiver = Python.runs(PRINTS_DATAGRAMS, socket)) {
            assertEquals("bound", receiver.prints());
            tellAll(systemd(socket));
            assertEquals("READY=1", receiver.prints());
            assertEquals("WATCHDOG=1", receiver.prints());
            assertEquals("STOPPING=1", receiver.prints());
        }
    }

    private static void tellAll(Systemd systemd) {
        systemd.ready();
        systemd.alive();
        systemd.stopping();
    }

    private static Systemd systemd(String socket) {
        return new Systemd(Map.of("NOTIFY_SOCKET", socket));
    }
}
