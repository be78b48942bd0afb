package lychgate.portal;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/** All that is in a jar, read into memory. */
final class JarContents {
    private static final String SCHEME = "plugin"; // not "jar": that would open the file

    private final Path file;
    private final Map<String, byte[]> entries;
    private final Attributes manifest;

    private JarContents(Path file, Map<String, byte[]> entries, Attributes manifest) {
        this.file = file;
        this.entries = entries;
        this.manifest = manifest;
    }

    /**
     * A jar, and those that it lists as its class path, in that order; missing ones are left out.
     */
    static List<JarContents> withClassPath(Path jar) throws IOException {
        List<JarContents> all = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        Deque<Path> next = new ArrayDeque<>(List.of(jar.toAbsolutePath().normalize()));
        while (!next.isEmpty()) {
            Path file = next.poll();
            if (seen.add(file) && (all.isEmpty() || Files.isRegularFile(file))) {
                JarContents read = read(file);
                all.add(read);
                next.addAll(read.classPath());
            }
        }
        return List.copyOf(all);
    }

    /** Reads each entry in the version for this Java; its checksum and signature are checked. */
    private static JarContents read(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ, Runtime.version());
                Stream<JarEntry> versioned = jar.versionedStream()) {
            Map<String, byte[]> entries = new HashMap<>();
            for (JarEntry entry : versioned.filter(e -> !e.isDirectory()).toList()) {
                entries.put(entry.getName(), bytes(jar, entry));
            }
            Manifest manifest = jar.getManifest();
            return new JarContents(
                    file,
                    entries,
                    manifest == null ? new Attributes() : manifest.getMainAttributes());
        } catch (SecurityException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e); // a wrong signature; a name that is no text
        }
    }

    /** Reads an entry. A signature is checked by the library, a checksum is not. */
    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            CRC32 sum = new CRC32();
            sum.update(bytes);
            if (sum.getValue() != entry.getCrc()) {
                throw new IOException("wrong checksum of " + entry.getName());
            }
            return bytes;
        }
    }

    byte @Nullable [] bytes(String entry) {
        return entries.get(entry);
    }

    @Nullable String attribute(Attributes.Name name) {
        return manifest.getValue(name);
    }

    /** The address of an entry; null if there is none. It can be read even without the file. */
    @Nullable URL url(String entry) {
        byte[] bytes = entries.get(entry);
        if (bytes == null) {
            return null;
        }
        try {
            URI uri = new URI(SCHEME, null, file.toUri().getPath() + "!/" + entry, null);
            return URL.of(uri, new InMemory(bytes));
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalStateException("an entry of a jar has an address", e);
        }
    }

    /** Where the jar was read from. */
    URL location() {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("the path of a file is a URL", e);
        }
    }

    private List<Path> classPath() throws IOException {
        List<Path> paths = new ArrayList<>();
        String list = manifest.getValue(Attributes.Name.CLASS_PATH);
        for (String item : list == null ? List.<String>of() : List.of(list.strip().split(" +"))) {
            try {
                URI uri = file.toUri().resolve(item);
                if ("file".equals(uri.getScheme()) && !item.isEmpty()) {
                    paths.add(Path.of(uri).normalize());
                }
            } catch (IllegalArgumentException e) {
                throw new IOException("wrong Class-Path in its manifest: " + item, e);
            }
        }
        return paths;
    }

    /** Opens connections to some bytes. */
    private static final class InMemory extends URLStreamHandler {
        private final byte[] bytes;

        InMemory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public long getContentLengthLong() {
                    return bytes.length;
                }
            };
        }
    }
}
