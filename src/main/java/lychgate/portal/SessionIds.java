package lychgate.portal;

import lychgate.link.Orphans;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of sessions: no number is given twice, whatever becomes of the portal in between. A
 * game that outlives a portal takes two sessions of one number for one.
 *
 * <p>The file holds the last number that was given, then a place of eight bytes for each session
 * that is there, with its number or zero. It is written without being forced to the disk: what the
 * system has survives this process, and no game survives the system. So it is known after a crash
 * which sessions a game may still believe in.
 */
final class SessionIds implements Orphans {
    private static final Logger log = LoggerFactory.getLogger(SessionIds.class);

    private final Path file;
    private final Map<Long, Integer> places = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final List<Long> orphans = new ArrayList<>();
    private int used;
    private long last;
    private boolean behind;
    private @Nullable FileChannel channel;

    /**
     * @param file where they are kept, from {@link #open} on
     */
    SessionIds(Path file) {
        this.file = file;
    }

    /**
     * Reads what was left.
     *
     * @throws IOException if the file cannot be read or written
     */
    synchronized void open() throws IOException {
        if (Files.exists(file)) {
            ByteBuffer left = ByteBuffer.wrap(Files.readAllBytes(file));
            if (left.remaining() >= Long.BYTES) {
                last = left.getLong();
            }
            for (; left.remaining() >= Long.BYTES; used++) {
                long id = left.getLong();
                if (id == 0) {
                    free.add(used);
                } else {
                    places.put(id, used);
                    orphans.add(id);
                    last = Math.max(last, id);
                }
            }
        }
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
    }

    /** A new number. */
    synchronized long next() {
        long id = ++last;
        Integer place = free.poll();
        if (place == null) {
            place = used++;
        }
        places.put(id, place);
        write(0, id);
        write(position(place), id);
        return id;
    }

    /** The session of that number is gone. */
    synchronized void ended(long id) {
        Integer place = places.remove(id);
        if (place != null) {
            free.push(place);
            write(position(place), 0);
        }
    }

    @Override
    public synchronized List<Long> ids() {
        return List.copyOf(orphans);
    }

    @Override
    public synchronized void gone() {
        orphans.forEach(this::ended);
        orphans.clear();
    }

    synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            log.debug("{} was closed already", file, e);
        }
    }

    private static long position(int place) {
        return (1L + place) * Long.BYTES;
    }

    /**
     * Writes a number. While that is not possible, all that is known stays here, and is written as
     * soon as it is.
     */
    private void write(long position, long value) {
        FileChannel open = channel;
        if (open == null) {
            return;
        }
        try {
            if (behind) {
                writeAll(open);
                behind = false;
                log.info("{} is written again", file);
            } else {
                write(open, position, value);
            }
        } catch (IOException e) {
            if (!behind) {
                behind = true;
                log.warn("{} cannot be written: {}", file, e.getMessage());
            }
        }
    }

    private void writeAll(FileChannel open) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((1 + used) * Long.BYTES);
        all.putLong(0, last);
        places.forEach((id, place) -> all.putLong((int) position(place), id));
        write(open, all, 0);
    }

    private static void write(FileChannel open, long position, long value) throws IOException {
        write(open, ByteBuffer.allocate(Long.BYTES).putLong(0, value), position);
    }

    private static void write(FileChannel open, ByteBuffer bytes, long position)
            throws IOException {
        while (bytes.hasRemaining()) {
            open.write(bytes, position + bytes.position());
        }
    }
}
