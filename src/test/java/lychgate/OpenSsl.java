package lychgate;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the openssl program in a folder, to make keys and certificates. If it is not installed, the
 * test is skipped, or fails with {@code -Dpeers=required}.
 */
public final class OpenSsl {
    private final Path folder;

    /** Works in that folder. */
    public OpenSsl(Path folder) {
        this.folder = folder;
    }

    /** Runs one command, its words with blanks between; what it prints. */
    public String run(String command) {
        List<String> words = new ArrayList<>(List.of("openssl"));
        words.addAll(List.of(command.split(" ", -1)));
        try {
            Process process =
                    new ProcessBuilder(words)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            byte[] said = process.getInputStream().readAllBytes();
            String text = new String(said, StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("openssl " + command + ": " + text);
            }
            return text;
        } catch (IOException e) {
            Assumptions.assumeTrue("required".equals(System.getProperty("peers")), "no openssl");
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * Makes a key, with the words of {@code openssl genpkey}, and a certificate that is its own.
     */
    public void pair(String algorithm, String key, String certificate) {
        run("genpkey -out " + key + " " + algorithm);
        run("req -x509 -new -subj /CN=test -days 2 -key " + key + " -out " + certificate);
    }
}
