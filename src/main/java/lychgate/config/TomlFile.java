package lychgate.config;

import lychgate.files.MistakeInFile;
import lychgate.files.WrittenFile;

import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A parsed TOML file, with the lines of its keys. */
final class TomlFile {
    private final Path path;
    private final TomlParseResult parsed;

    private TomlFile(Path path, TomlParseResult parsed) {
        this.path = path;
        this.parsed = parsed;
    }

    /** Reads a file; a missing one is empty, and invalid TOML is reported as a mistake. */
    static TomlFile read(Path path, Mistakes mistakes) {
        String text = "";
        try {
            text = WrittenFile.text(path);
        } catch (NoSuchFileException e) {
            // no file: defaults
        } catch (MistakeInFile e) {
            Origin at = e.line() == 0 ? Origin.file(path) : Origin.file(path, e.line());
            mistakes.add(at, e.sentence());
        } catch (IOException e) {
            mistakes.add(Origin.file(path), "cannot be read (" + e.getMessage() + ")");
        }
        TomlParseResult result = Toml.parse(text);
        for (TomlParseError error : result.errors()) {
            mistakes.add(
                    Origin.file(path, error.position().line()), String.valueOf(error.getMessage()));
        }
        return new TomlFile(path, result);
    }

    /** The whole content. */
    TomlTable table() {
        return parsed;
    }

    /** The place of a key. */
    Origin at(List<String> key) {
        TomlPosition position = parsed.inputPositionOf(key);
        return Origin.file(path, position == null ? 1 : position.line());
    }
}
