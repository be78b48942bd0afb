package lychgate.transport.web.page;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Our own files, by their names relative to resources {@code lychgate/web}, all in memory. */
final class Assets {
    private static final String FOLDER = "lychgate/web";
    private static final String INDEX = "index.html";

    private final Map<String, Asset> byName;

    private Assets(Map<String, Asset> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** Reads all of them, from the jar or from the folder of compiled classes. */
    static Assets load() {
        try {
            Path code =
                    Path.of(
                            Assets.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            if (Files.isDirectory(code)) {
                return new Assets(read(code.resolve(FOLDER)));
            }
            try (FileSystem jar = FileSystems.newFileSystem(code)) {
                return new Assets(read(jar.getPath(FOLDER)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the page's files cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program has no place of its own", e);
        }
    }

    private static Map<String, Asset> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        Map<String, Asset> byName = new HashMap<>();
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            byName.put(name, new Asset(name, Files.readAllBytes(file)));
        }
        return byName;
    }

    /** The file of that name, or of an empty name the page itself; null if there is none. */
    @Nullable Asset get(String name) {
        return byName.get(name.isEmpty() ? INDEX : name);
    }
}
