package lychgate;

import org.junit.jupiter.api.Assumptions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a Python script in its own process, as an independent implementation. If python3 is not
 * installed, the test is skipped, or fails with {@code -Dpeers=required}.
 */
public final class Python implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private Python(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Runs a script; what it prints is read with {@link #prints}. */
    public static Python runs(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("python3", "-u", "-c", script));
        command.addAll(List.of(arguments));
        try {
            return new Python(
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            Assumptions.assumeTrue("required".equals(System.getProperty("peers")), "no python3");
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script that is given something to read. */
    public static Python reads(String input, String script, String... arguments) {
        Python python = runs(script, arguments);
        try (Writer writer = python.process.outputWriter(StandardCharsets.UTF_8)) {
            writer.write(input);
            return python;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line that it prints; waits for it. Empty at the end. */
    public String prints() {
        try {
            String line = output.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its process number. */
    public long pid() {
        return process.pid();
    }

    /** Kills it, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
