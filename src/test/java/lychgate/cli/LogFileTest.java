package lychgate.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class LogFileTest {
    private final Path file;

    LogFileTest(@TempDir Path folder) {
        file = folder.resolve("logback.xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/logback.xml", "src/main/resources/logback.xml"})
    void shippedFileIsRight(String shipped) throws IOException {
        assertArrayEquals(Files.readAllBytes(Path.of(shipped)), LogFile.check(Path.of(shipped)));
    }

    @Test
    void appenderForAFileIsRightAndTheFileIsNotOpened(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("x.log");
        Files.writeString(
                file,
                """
                <configuration>
                  <import class="ch.qos.logback.core.FileAppender"/>
                  <property name="level" value="debug"/>
                  <appender name="file" class="FileAppender">
                    <file>%s</file>
                    <encoder><pattern>%%msg%%n</pattern></encoder>
                  </appender>
                  <logger name="x" level="${level}"/>
                  <root level="info"><appender-ref ref="file"/></root>
                </configuration>
                """
                        .formatted(log));
        LogFile.check(file);
        assertFalse(Files.exists(log));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
                    <root level="LOUD"/> => LOUD is no level: OFF, ERROR, WARN, INFO, DEBUG, TRACE
                    <logger name="x" level="5"/> => 5 is no level: OFF, ERROR, WARN, INFO, DEBUG, TRACE
                    <appender name="a" class="no.Such"/> => there is no class no.Such
                    <root><appender-ref ref="b"/></root> => there is no <appender name="b"> above
                    """)
    void mistakeIsNamedWithItsLine(String element, String what) throws IOException {
        Files.writeString(file, "<configuration>\n\n" + element + "\n</configuration>\n");
        assertEquals(
                file + ", line 3: " + what + ": correct it, or remove the file",
                assertThrows(IOException.class, () -> LogFile.check(file)).getMessage());
    }
}
