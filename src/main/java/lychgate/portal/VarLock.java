package lychgate.portal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lock file of {@code var/}: locked while a portal runs, and contains its process id. The
 * system releases the lock of a portal that was killed.
 */
final class VarLock implements AutoCloseable {
    private final FileChannel channel;

    private VarLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Locks the folder, and creates it if necessary. */
    static VarLock take(Path var) throws StartException {
        Path file = var.resolve("lychgate.pid");
        try {
            Files.createDirectories(var);
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String owner = Files.readString(file).strip();
                channel.close();
                throw new StartException(
                        "A portal already runs on "
                                + var
                                + " (process "
                                + owner
                                + "): stop it, or give this one another folder with --var.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            (ProcessHandle.current().pid() + "\n")
                                    .getBytes(StandardCharsets.UTF_8)));
            return new VarLock(channel);
        } catch (IOException e) {
            throw new StartException(
                    "The folder "
                            + var
                            + " cannot be written ("
                            + e.getMessage()
                            + "): make it writable for this user, or name another with --var.",
                    e);
        }
    }

    @Override
    public void close() {
        try (channel) {
            channel.truncate(0); // the process id may be reused
        } catch (IOException e) {
            // the lock is released with the process
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this process: a test, or two portals in one
        }
    }
}
