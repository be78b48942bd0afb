package lychgate.transport.web.page;

import lychgate.http.HttpDeadlines;
import lychgate.session.Meters;

import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.content.ResourceHttpContent;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ResourceService;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The game's own files. Only regular files inside the folder are served, also where a symbolic link
 * leads to them; never a file or folder whose name begins with a dot. Reading files blocks.
 */
final class GameFolder {
    private static final Logger LOG = LoggerFactory.getLogger(GameFolder.class);
    private static final String INDEX = "index.html";

    /** Maximum size of a file in bytes: a page's music may be as large, and no film. */
    static final long MAX_FILE = 16 << 20;

    /** Bytes a second that a client must take of a file; a phone in the country does. */
    private static final long SLOWEST = 32 << 10;

    private final Path folder;
    private final Meters meters;
    private final ResourceService service = new ResourceService();

    GameFolder(Path folder, Meters meters) {
        this.folder = folder;
        this.meters = meters;
        service.setEtags(true);
        service.setAcceptRanges(true);
        service.setDirAllowed(false);
    }

    /** What a name stands for. */
    sealed interface Found {
        /** A file that may be served. */
        record File(Path path, long size) implements Found {}

        /** A folder with an index, named without its slash at the end. */
        record Folder() implements Found {}

        /** Nothing that may be served. */
        record Nothing() implements Found {}
    }

    /** Looks up a decoded path without its leading slash. */
    Found find(String name) {
        if (Stream.of(name.split("/", -1)).anyMatch(each -> each.startsWith("."))
                || name.indexOf('\\') >= 0) {
            return new Found.Nothing();
        }
        try {
            Path root = folder.toRealPath();
            Path path = root.resolve(name).toRealPath();
            if (!path.startsWith(root)) {
                return new Found.Nothing();
            }
            if (!Files.isDirectory(path)) {
                return name.endsWith("/") ? new Found.Nothing() : file(path);
            }
            Path index = path.resolve(INDEX).toRealPath();
            if (!index.startsWith(root)) {
                return new Found.Nothing();
            }
            return name.isEmpty() || name.endsWith("/") ? file(index) : new Found.Folder();
        } catch (IOException | InvalidPathException e) {
            return new Found.Nothing();
        }
    }

    private Found file(Path path) throws IOException {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            return new Found.Nothing();
        }
        long size = Files.size(path);
        if (size > MAX_FILE) {
            meters.refused("page_file");
            LOG.warn("web.page: not served, larger than {} MiB: {}", MAX_FILE >> 20, path);
            return new Found.Nothing();
        }
        return new Found.File(path, size);
    }

    /** Answers with a file: conditional requests and ranges too. */
    void send(Found.File file, Request request, Response response, Callback callback) {
        Duration time = HttpDeadlines.NEXT.plusSeconds(file.size / SLOWEST);
        HttpDeadlines.of(request).extend(request, time);
        String name = String.valueOf(file.path.getFileName());
        // Under the name of the file, so that no slash at the end is taken for a mistake.
        HttpURI named = HttpURI.build(request.getHttpURI()).path("/file").asImmutable();
        service.doGet(
                Request.serveAs(request, named),
                response,
                callback,
                new ResourceHttpContent(
                        ResourceFactory.root().newResource(file.path), MediaTypes.of(name)));
    }
}
