package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.plugin.PortalPlugin;
import lychgate.plugin.ServerPlugin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

class PluginJarsTest {
    private final Path folder;

    PluginJarsTest(@TempDir Path home) {
        folder = home.resolve("plugins");
    }

    @Test
    void withoutAFolderThereAreNone() throws StartException {
        PluginJars found = PluginJars.find(folder);
        assertEquals(List.of(), found.portal());
        assertEquals(List.of(), found.server());
        assertEquals(List.of(), found.games().names());
    }

    @Test
    void pluginsAreFoundInTheOrderOfTheirJars() throws StartException {
        PluginJar.portal("second").at(folder.resolve("b.jar"));
        PluginJar.portal("first").at(folder.resolve("a.jar"));
        assertEquals(List.of("first", "second"), names(PluginJars.find(folder)));
    }

    @Test
    void pluginsOfBothSidesAreFoundAndReadTheirSettings() throws StartException {
        PluginJar.portal("mail").at(folder.resolve("a.jar"));
        new PluginJar()
                .service(ServerPlugin.class, "game.Weather")
                .source(
                        "game.Weather",
                        """
                        package game;
                        public final class Weather implements lychgate.plugin.ServerPlugin {
                            public String name() { return "weather"; }
                            public void start(lychgate.server.GameHost host) {}
                        }
                        """)
                .at(folder.resolve("b.jar"));
        PluginJars found = PluginJars.find(folder);
        assertEquals(List.of("mail"), names(found));
        assertEquals(List.of("weather"), found.server().stream().map(ServerPlugin::name).toList());
        assertEquals(Set.of("mail", "weather"), found.settings().keySet());
    }

    @Test
    void fileThatIsNoJarByItsNameIsPassedOver() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("README.txt"), "Put jars here.");
        assertEquals(List.of(), names(PluginJars.find(folder)));
    }

    @Test
    void jarWithoutAPluginIsPassedOver() throws StartException {
        new PluginJar()
                .source("some.Library", "package some; public class Library {}")
                .at(folder.resolve("library.jar"));
        assertEquals(List.of(), names(PluginJars.find(folder)));
    }

    @Test
    void secondPluginOfOneNameIsRefusedAndBothOriginsAreNamed() {
        Path first = PluginJar.portal("mail").at(folder.resolve("a.jar"));
        Path second = PluginJar.portal("mail").at(folder.resolve("b.jar"));
        assertRefused(
                "Two plugins are called mail, one from "
                        + first
                        + " and one from "
                        + second
                        + ": take one of them away.");
    }

    @Test
    void nameOfOneOfOurOwnServicesIsRefused() {
        Path jar = PluginJar.portal("ssh").at(folder.resolve("a.jar"));
        assertRefused(
                "Two plugins are called ssh, one from Lychgate itself and one from "
                        + jar
                        + ": take one of them away.");
    }

    @Test
    void fileThatIsNoJarByWhatIsInItIsNamed() throws IOException {
        Path jar = folder.resolve("a.jar");
        Files.createDirectories(folder);
        Files.writeString(jar, "This is no jar.");
        assertRefused(broken(jar, "zip END header not found"));
    }

    @Test
    void jarWhoseClassIsMissingIsNamed() {
        Path jar =
                new PluginJar()
                        .service(PortalPlugin.class, "portal.Missing")
                        .at(folder.resolve("a.jar"));
        assertRefused(
                broken(jar, "lychgate.plugin.PortalPlugin: Provider portal.Missing not found"));
    }

    @Test
    void jarWhosePluginCannotBeMadeIsNamed() {
        Path jar =
                new PluginJar()
                        .service(PortalPlugin.class, "portal.Broken")
                        .source(
                                "portal.Broken",
                                """
                                package portal;
                                public final class Broken implements lychgate.plugin.PortalPlugin {
                                    public Broken() { throw new IllegalStateException("no"); }
                                    public String name() { return "broken"; }
                                    public void start(lychgate.plugin.PortalApplication app) {}
                                    public void stop() {}
                                }
                                """)
                        .at(folder.resolve("a.jar"));
        assertRefused(
                broken(
                        jar,
                        "lychgate.plugin.PortalPlugin: Provider portal.Broken could not be"
                                + " instantiated"));
    }

    @Test
    void jarWhoseClassIsNoPluginIsNamed() {
        Path jar =
                new PluginJar()
                        .service(PortalPlugin.class, "some.Library")
                        .source("some.Library", "package some; public class Library {}")
                        .at(folder.resolve("a.jar"));
        assertRefused(broken(jar, "lychgate.plugin.PortalPlugin: some.Library not a subtype"));
    }

    private void assertRefused(String sentence) {
        StartException e = assertThrows(StartException.class, () -> PluginJars.find(folder));
        assertEquals(sentence, e.getMessage());
    }

    private static String broken(Path jar, String why) {
        return "The plugin jar " + jar + " is broken (" + why + "): replace it, or remove it.";
    }

    private static List<String> names(PluginJars found) {
        return found.portal().stream().map(PortalPlugin::name).toList();
    }
}
