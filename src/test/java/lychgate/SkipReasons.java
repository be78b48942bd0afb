package lychgate;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Notes why tests are skipped in {@code target/skipped.txt}, which the build prints: what tests
 * write to standard error is in a file each. The platform finds this class by its service file.
 */
public final class SkipReasons implements TestExecutionListener {
    private static final Path FILE = Path.of("target", "skipped.txt");

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        note(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            note(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    private static void note(TestIdentifier test, String reason) {
        String line = "SKIPPED " + name(test) + ": " + reason + System.lineSeparator();
        try {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .map(
                        source ->
                                switch (source) {
                                    case MethodSource method ->
                                            method.getClassName() + "." + method.getMethodName();
                                    case ClassSource type -> type.getClassName();
                                    default -> test.getDisplayName();
                                })
                .orElse(test.getDisplayName());
    }
}
