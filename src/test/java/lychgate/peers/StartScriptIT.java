package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The start script: which jars it starts, and in which surroundings. */
class StartScriptIT {
    private static final String PORTS =
            "--set portal.interface=127.0.0.1 --set telnet.port=0 --set telnet.tls.port=0"
                    + " --set ssh.port=0 --set web.port=0 --set web.websocket_port=0"
                    + " --set admin.port=0";

    /**
     * A home whose name has a blank and, as UTF-8, an umlaut; the bytes pass through any locale.
     */
    private static final String UMLAUTS = "home=$1/$(printf 'T\\303\\274r zum Spiel'); ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "LC_ALL=C",
                "LC_ALL=POSIX",
                "LANG=C",
                "LC_CTYPE=POSIX",
                "LC_ALL=de_XX.UTF-8",
                "LANG=de_XX.UTF-8",
                "LANG=de_XX.UTF-8 LC_ALL=C",
                "LC_ALL=C.UTF-8"
            })
    void startsInAFolderWithUmlautsAndBlanksWhateverTheLocale(String locale, @TempDir Path folder)
            throws Exception {
        String said =
                shell(
                        UMLAUTS
                                + "mkdir \"$home\"; cp -r target/dist \"$home/dist\";"
                                + " lychgate() { env -i PATH=\"$PATH\" "
                                + locale
                                + " \"$home/dist/bin/lychgate\" \"$@\"; };"
                                + " env -i PATH=\"$PATH\" "
                                + locale
                                + " \"$home/dist/bin/lychgate\" run "
                                + PORTS
                                + " >\"$1/said\" 2>&1 & portal=$!;"
                                + " until grep -q ready \"$1/said\" || ! kill -0 $portal; do sleep"
                                + " 0.1; done; lychgate status; lychgate status --home"
                                + " \"$home/dist\"; lychgate check --home \"$home/dist\"; kill"
                                + " $portal; wait $portal; echo exit $?; cat \"$1/said\"; ls"
                                + " \"$home/dist/etc/tls\"",
                        folder);
        assertTrue(said.contains("Lychgate is ready"), said);
        assertTrue(said.contains("exit 0"), said);
        assertEquals(3, said.split(" 0 sessions, link", -1).length, said); // twice
        assertTrue(said.contains("no mistakes"), said);
        assertTrue(said.contains("server.crt"), said);
    }

    @Test
    void localeOfTheRestStaysAsItWas(@TempDir Path folder) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("runtime/bin"));
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("runtime/release"), "JAVA_VERSION=\"25\"\n");
        Files.writeString(bin.resolve("java"), "#!/bin/sh\nenv | grep -E '^(LC_|LANG)' | sort\n");
        String run =
                "cp target/dist/bin/lychgate \"$1/bin\"; chmod +x \"$1/runtime/bin/java\"; env -i"
                        + " PATH=\"$PATH\" ";
        assertEquals(
                """
                LANG=C
                LC_COLLATE=C
                LC_CTYPE=C.UTF-8
                LC_MESSAGES=C
                LC_MONETARY=C
                LC_NUMERIC=C
                LC_TIME=C
                """,
                shell(run + "LC_ALL=C LANG=POSIX \"$1/bin/lychgate\" --version", folder));
        assertEquals(
                "LANG=C\nLC_CTYPE=C.UTF-8\n",
                shell(run + "LANG=C \"$1/bin/lychgate\" --version", folder));
        assertEquals(
                "LC_ALL=C.UTF-8\n",
                shell(run + "LC_ALL=C.UTF-8 \"$1/bin/lychgate\" --version", folder));
    }

    @Test
    void newVersionCopiedOverAnOldOneIsTheOneThatStarts(@TempDir Path folder) throws Exception {
        twoVersions(folder);
        assertEquals(
                "Lychgate 0.0.9\n",
                shell("cp -a \"$1/old\" \"$1/here\"; \"$1/here/bin/lychgate\" --version", folder));
        String version = shell("\"$1/new/bin/lychgate\" --version", folder);
        assertEquals(
                version + "2\n",
                shell(
                        "cp -a \"$1/new/.\" \"$1/here\"; \"$1/here/bin/lychgate\" --version; ls"
                                + " \"$1/here/lib\" | grep -c '^lychgate-.*jar'",
                        folder));
    }

    @Test
    void oldVersionCopiedOverANewOneIsTheOneThatStarts(@TempDir Path folder) throws Exception {
        twoVersions(folder);
        assertEquals(
                "Lychgate 0.0.9\n",
                shell(
                        "cp -a \"$1/new\" \"$1/here\"; cp -a \"$1/old/.\" \"$1/here\";"
                                + " \"$1/here/bin/lychgate\" --version",
                        folder));
    }

    @Test
    void newBuildLeavesNoJarsOfAnOlderOne() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/dist/lib"))) {
            assertEquals(1, jars.filter(StartScriptIT::isOurJar).count());
        }
    }

    /** The distribution as {@code new}, and as {@code old} one that says it is 0.0.9. */
    private static void twoVersions(Path folder) throws Exception {
        shell("cp -a target/dist \"$1/new\"; cp -a target/dist \"$1/old\"", folder);
        Path lib = folder.resolve("old/lib");
        Path jar;
        try (Stream<Path> jars = Files.list(lib)) {
            jar = jars.filter(StartScriptIT::isOurJar).findFirst().orElseThrow();
        }
        withVersion("0.0.9", jar, lib.resolve("lychgate-0.0.9.jar"));
        Path script = folder.resolve("old/bin/lychgate");
        Files.writeString(
                script,
                Files.readString(script)
                        .replace(jar.getFileName().toString(), "lychgate-0.0.9.jar"));
        Files.delete(jar);
    }

    /** Not what lies beside it, as the commands' class cache, lychgate-cli.aot. */
    private static boolean isOurJar(Path file) {
        return file.getFileName().toString().matches("lychgate-.*\\.jar");
    }

    private static void withVersion(String version, Path from, Path to) throws IOException {
        try (JarFile in = new JarFile(from.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
            for (JarEntry entry : Collections.list(in.entries())) {
                out.putNextEntry(new JarEntry(entry.getName()));
                out.write(
                        entry.getName().equals("lychgate/version.txt")
                                ? version.getBytes(StandardCharsets.UTF_8)
                                : in.getInputStream(entry).readAllBytes());
            }
        }
    }

    /** Runs a shell script with a folder as its argument; what it writes. */
    private static String shell(String script, Path folder) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", script, "sh", folder.toString())
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), said);
        return said;
    }
}
