package lychgate.keys;

import lychgate.files.MistakeInFile;
import lychgate.files.Ownership;
import lychgate.files.WrittenFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Files that nobody but the portal's own user may read. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    /**
     * Checks that a private file is private.
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
        if (!Ownership.isRight(file)) {
            throw new IOException(
                    file + " belongs to another user: chown it to the user that runs the portal.");
        }
        if (!OWNER_ONLY.containsAll(
                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException(file + " can be read by others: chmod 600 it.");
        }
    }

    /**
     * The content of a file, without a byte order mark.
     *
     * @throws IOException if it cannot be read: the message is one sentence
     */
    static byte[] read(Path file) throws IOException {
        try {
            return WrittenFile.bytes(file);
        } catch (MistakeInFile e) {
            throw new IOException(e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new IOException(cannot(file, "read", e), e);
        }
    }

    /**
     * Creates a folder that only its owner may enter, unless it exists.
     *
     * @throws IOException if it cannot be created: the message is one sentence
     */
    public static void makeFolder(Path folder) throws IOException {
        try {
            Ownership.makeFolder(folder);
        } catch (IOException e) {
            throw new IOException(cannot(folder, "made", e), e);
        }
    }

    /**
     * Writes a private file atomically.
     *
     * @throws IOException if it cannot be written: the message is one sentence
     */
    public static void write(Path file, byte[] content) throws IOException {
        try {
            replace(file, content);
        } catch (IOException e) {
            throw new IOException(cannot(file, "written", e), e);
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent());
        Path beside = Files.createTempFile(folder, ".new", null, Ownership.FILE_MODE);
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Ownership.giveToOwner(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** A sentence that says what failed with a file, and why. */
    static String cannot(Path file, String done, IOException e) {
        String why =
                switch (e) {
                    case AccessDeniedException _ -> "access denied";
                    case FileAlreadyExistsException _ -> "something else is there";
                    case FileSystemException f when f.getReason() != null -> f.getReason();
                    default -> String.valueOf(e.getMessage());
                };
        return file
                + " cannot be "
                + done
                + " ("
                + why
                + "): see that the user that runs the portal may.";
    }
}
