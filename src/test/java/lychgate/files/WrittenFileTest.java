package lychgate.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

class WrittenFileTest {
    private final Path file;

    WrittenFileTest(@TempDir Path folder) {
        file = folder.resolve("written.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "é\nb\n",
                "\ufeffé\nb\n",
                "é\r\nb\r\n",
                "é\rb\r",
                "\ufeff\ufeffé\n\ufeffb\n"
            })
    void textIsTheSameWhateverItWasWrittenWith(String text) throws IOException {
        Files.writeString(file, text);
        assertEquals("é\nb\n", WrittenFile.text(file));
    }

    @Test
    void fileThatIsNotThereStaysThat() {
        assertThrows(NoSuchFileException.class, () -> WrittenFile.text(file));
        assertThrows(NoSuchFileException.class, () -> WrittenFile.lines(file));
    }

    @Test
    void emptyFileIsAnEmptyText() throws IOException {
        Files.createFile(file);
        assertEquals("", WrittenFile.text(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void otherWidthIsNamedWithItsRemedy(String charset) throws IOException {
        Files.write(file, "name = 1\n".getBytes(Charset.forName(charset)));
        assertEquals(file + ": is UTF-16 text: save it as UTF-8", mistake());
    }

    @Test
    void byteThatIsNoTextIsNamedWithItsLine() throws IOException {
        Files.write(file, "a\r\nb\r\n\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file + ", line 3: is not UTF-8 text: save it as UTF-8", mistake());
        Files.write(file, "a\nb\u00fc".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file + ", line 2: is not UTF-8 text: save it as UTF-8", mistake());
        Files.write(file, new byte[] {'a', '\n', (byte) 0xc3}); // cut in the middle of a letter
        assertEquals(file + ", line 2: is not UTF-8 text: save it as UTF-8", mistake());
        Files.writeString(file, "a\nb\0");
        assertEquals(
                file + ", line 2: has a NUL byte, which is no part of a text: take it out",
                mistake());
    }

    @Test
    void moreThanATextHasIsNotRead() throws IOException {
        Files.write(file, new byte[1024 * 1024 + 1]);
        assertEquals(
                file + ": is longer than the 1024 KiB that are read: is it the right file?",
                mistake());
    }

    @Test
    void folderIsNoFile() throws IOException {
        Files.createDirectory(file);
        assertEquals(file + ": cannot be read (Is a directory)", mistake());
        MistakeInFile device =
                assertThrows(MistakeInFile.class, () -> WrittenFile.text(Path.of("/dev/zero")));
        assertEquals("/dev/zero: is no regular file: put one there", device.getMessage());
    }

    @Test
    void lineThatIsNoTextCostsNoOther() throws IOException {
        Files.write(
                file,
                "\u00ef\u00bb\u00bfa\r\n\u00fc\r\nb\0\nc".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                List.of(
                        new WrittenFile.Line(1, "a", true),
                        new WrittenFile.Line(2, "\ufffd", false),
                        new WrittenFile.Line(3, "b\0", false),
                        new WrittenFile.Line(4, "c", true)),
                WrittenFile.lines(file));
    }

    private String mistake() {
        return String.valueOf(
                assertThrows(MistakeInFile.class, () -> WrittenFile.text(file)).getMessage());
    }
}
