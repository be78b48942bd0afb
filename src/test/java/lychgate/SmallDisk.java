package lychgate;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small file system that can be filled up. Mounting it takes root; otherwise the test is skipped.
 */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Puts one in the place of a folder. */
    public static SmallDisk on(Path folder) throws IOException {
        Files.createDirectories(folder);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder.toString()),
                "no disk can be mounted by this user");
        return new SmallDisk(folder);
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Nothing more can be written. */
    public void fill() throws IOException {
        try (OutputStream all = Files.newOutputStream(filling())) {
            byte[] block = new byte[4096];
            while (true) {
                all.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** There is room again. */
    public void empty() throws IOException {
        Files.delete(filling());
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", folder.toString());
    }

    private Path filling() {
        return folder.resolve("filling");
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
