package lychgate.config;

import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file as TOML has it, and where in it things stand. */
final class TomlFile {
    private final Path path;
    private final TomlParseResult parsed;

    private TomlFile(Path path, TomlParseResult parsed) {
        this.path = path;
        this.parsed = parsed;
    }

    /** Reads a file; one that is not there is empty, and what is no TOML is a mistake. */
    static TomlFile read(Path path, Mistakes mistakes) {
        String text = "";
        try {
            text = Files.readString(path);
        } catch (NoSuchFileException e) {
            // no file: the defaults
        } catch (CharacterCodingException e) {
            mistakes.add(Origin.file(path), "is not UTF-8 text: save it as UTF-8");
        } catch (AccessDeniedException e) {
            mistakes.add(Origin.file(path), "may not be read by this user: chown or chmod it");
        } catch (IOException e) {
            mistakes.add(Origin.file(path), "cannot be read (" + reason(e) + ")");
        }
        TomlParseResult result = Toml.parse(text);
        for (TomlParseError error : result.errors()) {
            mistakes.add(
                    Origin.file(path, error.position().line()), String.valueOf(error.getMessage()));
        }
        return new TomlFile(path, result);
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(e.getMessage());
    }

    /** All that stands in it. */
    TomlTable table() {
        return parsed;
    }

    /** Where something stands. */
    Origin at(List<String> key) {
        TomlPosition position = parsed.inputPositionOf(key);
        return Origin.file(path, position == null ? 1 : position.line());
    }
}
