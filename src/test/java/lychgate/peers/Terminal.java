package lychgate.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program in its own terminal, controlled through tmux. */
final class Terminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static int made;

    private final String name;
    private final List<String> seen = new ArrayList<>();

    private Terminal(String name) {
        this.name = name;
    }

    /** Runs a program in a window of 100 by 30. */
    static synchronized Terminal run(String... command) throws IOException {
        Terminal terminal =
                new Terminal("lychgate-" + ProcessHandle.current().pid() + "-" + made++);
        List<String> arguments =
                new ArrayList<>(List.of("new-session", "-d", "-s", "it", "-x", "100", "-y", "30"));
        arguments.add(String.join(" ", command));
        terminal.tmux(arguments.toArray(String[]::new));
        return terminal;
    }

    /** Types a line. */
    Terminal type(String line) throws IOException {
        tmux("send-keys", "-t", "it", "-l", line);
        tmux("send-keys", "-t", "it", "Enter");
        return this;
    }

    /** Presses keys, as tmux names them. */
    Terminal keys(String... keys) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("send-keys", "-t", "it"));
        arguments.addAll(List.of(keys));
        tmux(arguments.toArray(String[]::new));
        return this;
    }

    /** Types characters, without Enter. */
    Terminal typeOnly(String characters) throws IOException {
        tmux("send-keys", "-t", "it", "-l", characters);
        return this;
    }

    /** Waits until the last lines of the screen are these. */
    Terminal expectLast(String lines) {
        Wait.until(
                "\"" + lines + "\" at the end of this screen:\n" + screen(),
                PATIENCE,
                () -> screen().stripTrailing().endsWith(lines));
        return this;
    }

    /** Waits until the screen shows something. */
    Terminal expect(String words) {
        Wait.until(
                "\"" + words + "\" on this screen:\n" + screen(),
                PATIENCE,
                () -> screen().contains(words));
        return this;
    }

    /** The screen now. */
    String screen() {
        try {
            String screen = tmux("capture-pane", "-p", "-t", "it");
            seen.add(screen);
            return screen;
        } catch (IOException e) {
            return "(the program has ended)";
        }
    }

    /** Every screen that was looked at. */
    List<String> everySeen() {
        return seen;
    }

    /** Makes the window larger or smaller. */
    Terminal resize(int columns, int rows) throws IOException {
        tmux(
                "resize-window",
                "-t",
                "it",
                "-x",
                Integer.toString(columns),
                "-y",
                Integer.toString(rows));
        return this;
    }

    @Override
    public void close() throws IOException {
        try {
            tmux("kill-server");
        } catch (IOException e) {
            // it has ended by itself
        }
    }

    private String tmux(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", name, "-f", "/dev/null"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TERM", "xterm-256color");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("tmux " + arguments[0] + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return said;
    }
}
