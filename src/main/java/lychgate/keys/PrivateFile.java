package lychgate.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but the portal's own user may read. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PrivateFile() {}

    /**
     * Sees that a private file is private.
     *
     * @throws IOException if it is a link, belongs to someone else, or others may read it: the
     *     message is one sentence that says what to do
     */
    public static void check(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new IOException(
                    file
                            + " is a symbolic link: put the file itself there, so that it is"
                            + " certain whose it is.");
        }
        if (!owner(file).equals(owner(Path.of("/proc/self")))) {
            throw new IOException(
                    file + " belongs to another user: chown it to the user that runs the portal.");
        }
        if (!OWNER_ONLY.containsAll(
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException(file + " can be read by others: chmod 600 it.");
        }
    }

    /** Makes the folder, for its owner alone, if it is not there. */
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER_MODE);
        }
    }

    /** Writes a private file, whole or not at all. */
    public static void write(Path file, byte[] content) throws IOException {
        Path beside = Files.createTempFile(file.getParent(), ".new", null, FILE_MODE);
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static Object owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
