package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class JarClassesTest {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Path folder;

    JarClassesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void jarsOfTheManifestsClassPathAreReadToo() throws Exception {
        library("shout", "!").at(folder.resolve("lib/my words.jar"));
        JarClasses classes =
                read(main().file(MANIFEST, manifest("Class-Path: lib/my%20words.jar missing.jar")));
        assertEquals("hello!", call(classes));
        assertEquals(List.of("main", "shout"), texts(classes, "name.txt"));
        assertEquals("main", text(classes.getResource("name.txt")));
    }

    @Test
    void damagedJarOfTheClassPathIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/words.jar"), "no jar");
        PluginJar main = main().file(MANIFEST, manifest("Class-Path: lib/words.jar"));
        assertThrows(IOException.class, () -> read(main));
    }

    @Test
    void jarWithAChangedByteIsRefused() throws Exception {
        Path jar = main().at(folder.resolve("main.jar"));
        byte[] bytes = Files.readAllBytes(jar);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("name.txt") + "name.txt".length() + 6] ^= 4; // behind the extra field
        Files.write(jar, bytes);
        assertThrows(IOException.class, () -> JarClasses.read(jar, getClass().getClassLoader()));
    }

    @Test
    void classIsTheOneForThisJava() throws Exception {
        library("old", "?").at(folder.resolve("lib/words.jar"));
        JarClasses classes =
                read(
                        main().file(MANIFEST, manifest("Multi-Release: true"))
                                .file("META-INF/versions/21/name.txt", "newer"));
        assertEquals("newer", text(classes.getResource("name.txt")));
    }

    @Test
    void everythingIsReadBeforeAnythingIsUsed() throws Exception {
        library("x", "!").at(folder.resolve("lib/words.jar"));
        Path jar =
                main().file(MANIFEST, manifest("Class-Path: lib/words.jar"))
                        .at(folder.resolve("main.jar"));
        JarClasses classes = JarClasses.read(jar, getClass().getClassLoader());
        Files.writeString(jar, "overwritten");
        Files.delete(folder.resolve("lib/words.jar"));
        assertEquals("hello!", call(classes));
        assertEquals("main", text(classes.getResource("name.txt")));
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        JarClasses classes = read(main());
        assertEquals(null, classes.getResource("no.txt"));
        assertThrows(ClassNotFoundException.class, () -> classes.loadClass("own.No"));
    }

    private static String manifest(String line) {
        return String.join("\n", "Manifest-Version: 1.0", line, "");
    }

    private JarClasses read(PluginJar jar) throws IOException {
        return JarClasses.read(jar.at(folder.resolve("main.jar")), getClass().getClassLoader());
    }

    /** A class that needs another one, which is found when it is called. */
    private static PluginJar main() {
        return new PluginJar()
                .file("name.txt", "main")
                .source(
                        "own.Main",
                        """
                        package own;
                        public final class Main implements java.util.concurrent.Callable<String> {
                            public String call() throws Exception {
                                Class<?> words = Class.forName("own.Words");
                                return "hello" + words.getField("END").get(null);
                            }
                        }
                        """);
    }

    private static PluginJar library(String name, String end) {
        return new PluginJar()
                .file("name.txt", name)
                .source(
                        "own.Words",
                        "package own; public class Words { public static final Object END = \""
                                + end
                                + "\"; }");
    }

    private static Object call(ClassLoader classes) throws Exception {
        return ((java.util.concurrent.Callable<?>)
                        classes.loadClass("own.Main").getConstructor().newInstance())
                .call();
    }

    private static List<String> texts(ClassLoader classes, String name) throws IOException {
        List<String> texts = new ArrayList<>();
        for (URL url : Collections.list(classes.getResources(name))) {
            texts.add(text(url));
        }
        return texts;
    }

    private static String text(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
