package lychgate.evennia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A shell script stands for the game's Python, which EvenniaIT has. */
class GamePythonTest {
    private final Path folder;
    private final Path game;

    GamePythonTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.game = folder.resolve("game");
        Files.createDirectories(game.resolve("server/conf"));
        Files.writeString(game.resolve("server/conf/settings.py"), "");
    }

    @Test
    void settingsAreOnTheLastLineThatIsPrinted() throws IOException {
        Path python =
                program(
                        folder,
                        "python3",
                        "cat > asked; echo 'secret_settings.py file not found'; echo '{\"values\":"
                                + " {\"AMP_PORT\": 4006}, \"changed\": [\"AMP_PORT\"]}'");
        assertEquals(
                new GameSettings(Map.of("AMP_PORT", 4006L), Set.of("AMP_PORT")),
                GamePython.at(python).settings(game, List.of("AMP_PORT", "SERVERNAME")));
        assertEquals("[\"AMP_PORT\",\"SERVERNAME\"]", Files.readString(game.resolve("asked")));
    }

    @Test
    void whyTheSettingsCannotBeReadIsSaidInOneSentence() throws IOException {
        Path python = program(folder, "python3", "echo 'NameError: no name'; exit 1");
        assertEquals(
                "The game's settings cannot be read by "
                        + python
                        + " (NameError: no name): correct them, or name the Python in which Evennia"
                        + " is installed with --python.",
                failure(GamePython.at(python)));
        Path broken =
                program(
                        folder,
                        "python3",
                        "echo '  File \"/game/settings.py\", line 7'; echo 'SyntaxError: no'; exit"
                                + " 1");
        assertTrue(
                failure(GamePython.at(broken))
                        .contains(" (/game/settings.py, line 7: SyntaxError: no): correct them"));
        Files.delete(python);
        assertEquals(
                python
                        + " cannot be run: name the Python in which Evennia is installed with"
                        + " --python.",
                failure(GamePython.at(python)));
    }

    @Test
    void whatIsNoAnswerIsRefused() throws IOException {
        for (String said : List.of("nothing", "{}", "[1]", "{\"values\": 1, \"changed\": []}")) {
            Path python = program(folder, "python3", "echo '" + said + "'");
            assertEquals(
                    python + " does not say what the game's settings are.",
                    failure(GamePython.at(python)));
        }
    }

    @Test
    void settingsThatPrintWithoutEndAreGivenUp() throws IOException {
        assertEquals(
                "The game's settings print more than 1048576 bytes.",
                failure(GamePython.at(program(folder, "python3", "yes"))));
    }

    @Test
    void settingsThatTakeForEverAreGivenUp() throws IOException {
        Path python = program(folder, "python3", "sleep 600 & sleep 600");
        assertEquals(
                "The game's settings could not be read within 1 seconds.",
                failure(GamePython.at(python, Duration.ofSeconds(1))));
    }

    @Test
    void folderWithoutSettingsIsNoGame() {
        assertEquals(
                folder + " is no game: there is no server/conf/settings.py in it.",
                assertThrows(
                                IOException.class,
                                () -> GamePython.at(game).settings(folder, List.of()))
                        .getMessage());
    }

    @Test
    void activeEnvironmentComesBeforeOneBesideTheGameAndThatBeforeThePath() throws IOException {
        Path path = environment("on-the-path");
        Path beside = environment("beside");
        Path active = environment("active");
        Files.delete(path.resolve("pyvenv.cfg"));
        Files.delete(active.resolve("pyvenv.cfg"));
        String paths = folder.resolve("none") + "::" + path.resolve("bin");
        assertFinds(active, Map.of("VIRTUAL_ENV", active.toString(), "PATH", paths));
        assertFinds(beside, Map.of("PATH", paths));
        Files.delete(beside.resolve("bin/twistd"));
        assertFinds(path, Map.of("PATH", paths));
        assertNull(GamePython.find(game, Map.of()));
    }

    private void assertFinds(Path environment, Map<String, String> variables) throws IOException {
        GamePython found = GamePython.find(game, variables);
        assertNotNull(found);
        assertEquals(environment.resolve("bin/python3"), found.program());
    }

    private Path environment(String name) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
        Files.writeString(bin.resolveSibling("pyvenv.cfg"), "");
        program(bin, "python3", "");
        program(bin, "twistd", "");
        return folder.resolve(name);
    }

    private String failure(GamePython python) {
        return String.valueOf(
                assertThrows(IOException.class, () -> python.settings(game, List.of("AMP_PORT")))
                        .getMessage());
    }

    private static Path program(Path where, String name, String script) throws IOException {
        Path program = Files.writeString(where.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
        return program;
    }
}
