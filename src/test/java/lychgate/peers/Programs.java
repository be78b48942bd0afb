package lychgate.peers;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that are installed here; games have a folder of their own. */
final class Programs {
    private Programs() {}

    /** Where a program is; null where it is not. */
    static @Nullable Path find(String program) {
        String path =
                System.getenv().getOrDefault("PATH", "")
                        + ":/usr/games:/usr/sbin:/sbin:"
                        + Path.of("target/peers/bin").toAbsolutePath(); // see .ci/run
        for (String folder : path.split(":", -1)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }

    /** Where a program is. */
    static String path(String program) {
        Path found = find(program);
        if (found == null) {
            throw new IllegalStateException(program + " is not installed");
        }
        return found.toString();
    }
}
