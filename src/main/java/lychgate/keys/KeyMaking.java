package lychgate.keys;

import lychgate.files.Ownership;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The exclusive right to generate the keys of a folder: one process holds it at a time, others can
 * wait for it. It is a lock on a file that exists while keys are generated; a process that dies
 * loses it.
 */
final class KeyMaking implements AutoCloseable {
    private static final String FILE = ".making";
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Path file;
    private final FileChannel channel;

    private KeyMaking(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the right; null if another process holds it. Files left by a process that died are
     * removed.
     */
    static @Nullable KeyMaking take(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        Ownership.FILE_MODE);
        if (!locks(channel) || Files.notExists(file)) { // it may have been released just now
            channel.close();
            return null;
        }
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(folder, ".new*.tmp")) {
            for (Path half : halves) {
                Files.deleteIfExists(half);
            }
        }
        return new KeyMaking(file, channel);
    }

    /** Takes the right as soon as it is free; null on timeout. */
    static @Nullable KeyMaking await(Path folder, Duration most) throws IOException {
        long until = System.nanoTime() + most.toNanos();
        KeyMaking taken = take(folder);
        while (taken == null && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
            taken = take(folder);
        }
        return taken;
    }

    /** Whether keys are being generated there now. */
    private static boolean isUnderWay(Path folder) throws IOException {
        try (FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.WRITE)) {
            return !locks(channel); // closing the channel releases it
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Waits until no keys are being generated there, or until the timeout. */
    static void awaitEnd(Path folder, Duration most) throws IOException {
        long until = System.nanoTime() + most.toNanos();
        while (isUnderWay(folder) && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Removes the files left by a process that died. */
    static void clear(Path folder) throws IOException {
        if (Files.exists(folder.resolve(FILE)) && Files.isWritable(folder)) {
            KeyMaking taken = take(folder);
            if (taken != null) {
                taken.close();
            }
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process itself
        }
    }

    /** Releases the right. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
