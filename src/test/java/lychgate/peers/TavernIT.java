package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The game to begin with, {@code src/examples/tavern}, as its author has it: copied, built by Maven
 * with what {@code mvn install} leaves and nothing of this project, put into {@code plugins/}, and
 * played.
 */
class TavernIT {
    private static final Path EXAMPLE = Path.of("src/examples/tavern");
    private static final Path TARGET = Path.of("target");
    private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");

    private final Path project;
    private final Path repository;
    private final Path settings;

    TavernIT(@TempDir Path folder) throws IOException {
        project = folder.resolve("tavern");
        repository = folder.resolve("repository");
        settings = folder.resolve("settings.xml");
        copy(EXAMPLE, project);
        install();
    }

    @Test
    void tavernIsBuiltPlayedAndRebuiltWhileItIsPlayed() throws Exception {
        maven(0);
        try (Distribution portal = Distribution.inNewHome().set("game.link=class")) {
            Path jar = portal.file("plugins/README", "").home().resolve("plugins/tavern.jar");
            Files.copy(project.resolve("target/tavern.jar"), jar);
            portal.start();
            try (TelnetPeer anna = TelnetPeer.connect(portal.port("telnet"))) {
                anna.skipsTo("'What is your name?'").types("Anna").skipsTo("'comes in.'");
                anna.types("order").skipsTo("'The keeper brings a mug. 99 are left.'");
                try (TelnetPeer bert = TelnetPeer.connect(portal.port("telnet"))) {
                    bert.skipsTo("'name?'").types("Bert").skipsTo("'comes in.'");
                    bert.types("say |rGood|n evening");
                    anna.skipsTo("' says: |rGood|n evening'");
                }
                anna.skipsTo("' leaves.'");
                edit("You can |wsay", "Here you can |wsay");
                maven(0);
                Files.copy(
                        project.resolve("target/tavern.jar"),
                        jar,
                        StandardCopyOption.REPLACE_EXISTING);
                portal.command("reload");
                anna.types("dance").skipsTo("'Here you can '");
            }
        }
    }

    /** As the page says of the starting project; with plain javac it would compile. */
    @Test
    void textOfAPlayerThatWouldBecomeMarkupDoesNotCompile() throws Exception {
        edit("session.msg(\"You can", "session.msg(line + \"You can");
        String said = maven(1);
        assertTrue(said.contains("[CompileTimeConstant]"), said);
    }

    /** What {@code mvn install} does, into a repository of the test. */
    private void install() throws IOException {
        String pom = Files.readString(TARGET.resolve("lychgate.pom"));
        Matcher found = VERSION.matcher(pom);
        assertTrue(found.find(), pom);
        String name = "lychgate-" + found.group(1);
        Path folder = repository.resolve("org/lychgate/lychgate/" + found.group(1));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".pom"), pom);
        for (String jar : List.of(name + ".jar", name + "-testing.jar")) {
            Files.copy(TARGET.resolve(jar), folder.resolve(jar));
        }
        Files.writeString(
                settings,
                """
                <settings><mirrors><mirror><id>local</id><mirrorOf>*</mirrorOf><url>%s</url>\
                </mirror></mirrors></settings>
                """
                        .formatted(Path.of(property("local.repository")).toUri()));
    }

    /** Builds the project, offline: everything else has been fetched for this build. */
    private String maven(int exit) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(property("maven.home"), "bin/mvn").toString()));
        command.addAll(List.of("-B", "-q", "-s", settings.toString()));
        command.addAll(List.of("-Dmaven.repo.local=" + repository, "clean", "package"));
        Process process =
                new ProcessBuilder(command)
                        .directory(project.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exit, process.waitFor(), said);
        return said;
    }

    private void edit(String before, String after) throws IOException {
        Path game = project.resolve("src/main/java/tavern/Tavern.java");
        String source = Files.readString(game);
        assertTrue(source.contains(before), source);
        Files.writeString(game, source.replace(before, after));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        assertTrue(value != null, name + " is set by the build");
        return String.valueOf(value);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(f -> !f.startsWith(from.resolve("target"))).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
