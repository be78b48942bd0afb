package lychgate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All code is formatted. {@code mvn test -Dtest=FormatTest -Dformat.fix=true} formats it. */
class FormatTest {
    private static final Formatter FORMATTER =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());

    @Test
    void everyJavaFileIsFormatted() throws Exception {
        List<Path> unformatted = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String now = Files.readString(file);
                String formatted = FORMATTER.formatSourceAndFixImports(now);
                if (!formatted.equals(now)) {
                    unformatted.add(file);
                    if (Boolean.getBoolean("format.fix")) {
                        Files.writeString(file, formatted);
                    }
                }
            }
        }
        if (!Boolean.getBoolean("format.fix")) {
            assertEquals(List.of(), unformatted, "mvn test -Dtest=FormatTest -Dformat.fix=true");
        }
    }
}
