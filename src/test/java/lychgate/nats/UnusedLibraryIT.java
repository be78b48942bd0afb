package lychgate.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import lychgate.peers.Wait;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Portals that do not speak NATS do not pay for it: they load no class of the library. */
class UnusedLibraryIT {
    /** For a start without an archive of classes, which says each that it loads. */
    private static final Duration START = Duration.ofSeconds(90);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void libraryIsLoadedOnlyWhereNatsIsConfigured(boolean serve, @TempDir Path home)
            throws IOException {
        Path out = home.resolve("out");
        Process portal = started(home, out, serve);
        try {
            Wait.until("a portal", START, () -> isReady(portal, out));
            Wait.until(
                    "the library, where it is used",
                    START,
                    () -> text(out).contains(" io.nats.client.Options source:") == serve);
            assertEquals(
                    serve, text(out).lines().anyMatch(line -> line.contains(" io.nats.client.")));
        } finally {
            portal.destroyForcibly();
        }
    }

    private static Process started(Path home, Path out, boolean serve) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xlog:class+load",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "lychgate.cli.Main",
                                "run",
                                "--home",
                                home.toString()));
        for (String setting :
                List.of(
                        "portal.interface=127.0.0.1",
                        "telnet.port=0",
                        "telnet.tls.enabled=false",
                        "ssh.enabled=false",
                        "web.enabled=false",
                        "admin.enabled=false",
                        "nats.servers=[\"nats://127.0.0.1:1\"]",
                        "nats.serve=" + serve)) {
            command.add("--set");
            command.add(setting);
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private static boolean isReady(Process portal, Path out) {
        return portal.isAlive()
                ? text(out).contains("Lychgate is ready")
                : fail("it has ended: " + text(out).lines().toList().getLast());
    }

    private static String text(Path out) {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            return fail(e);
        }
    }
}
