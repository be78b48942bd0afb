package lychgate.portal;

import lychgate.link.Orphans;
import lychgate.session.SessionNumber;

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
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Allocates session numbers: no number is used twice, even if the portal crashes, because a game
 * that outlives the portal would confuse two sessions of the same number.
 *
 * <p>The file holds the last number used, then a slot of eight bytes per session with its number,
 * or zero. Writes are not forced to the disk: they survive a crash of this process, and no game
 * survives a crash of the system. After a crash the file tells which sessions a game may still
 * have.
 *
 * <p>Sessions of other portals that met the game here stand in the file as well, under the numbers
 * that those gave them. They do not end with this portal, but if their own has died with it, nobody
 * else can tell the game that they are gone.
 */
final class SessionIds implements Orphans {
    /**
     * How long after the start a session of another portal may come back: as long as a portal may
     * be silent before its sessions end.
     */
    static final long RETURN_NANOS = TimeUnit.SECONDS.toNanos(14);

    private static final Logger log = LoggerFactory.getLogger(SessionIds.class);

    private final Path file;
    private final long first;
    private final LongSupplier nanoTime;
    private final Map<Long, Integer> places = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Set<Long> orphans = new LinkedHashSet<>();
    private final Set<Long> awaited = new LinkedHashSet<>(); // of other portals
    private long openedAt;
    private int used;
    private long last;
    private boolean behind;
    private @Nullable FileChannel channel;

    /**
     * @param file where they are stored, from {@link #open} on
     */
    SessionIds(Path file) {
        this(file, 0, System::nanoTime);
    }

    /**
     * @param first the numbers begin after it, as {@link SessionNumber#first} gives it; 0: after
     *     the last that was used
     * @param nanoTime a clock that only goes forward
     */
    SessionIds(Path file, long first, LongSupplier nanoTime) {
        this.file = file;
        this.first = first;
        this.nanoTime = nanoTime;
        this.last = first;
    }

    /**
     * Reads the file.
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
                    if (isOfAnother(id)) {
                        awaited.add(id);
                    } else {
                        orphans.add(id);
                        last = Math.max(last, id);
                    }
                }
            }
        }
        openedAt = nanoTime.getAsLong();
        boolean ofThisPortal = SessionNumber.portal(last) == SessionNumber.portal(first);
        if (first > 0 && (!ofThisPortal || last < first)) {
            last = first;
        }
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
    }

    /** Whether another portal, which is among those of today, may have the session. */
    private boolean isOfAnother(long id) {
        int portal = SessionNumber.portal(id);
        return first > 0 && portal > 0 && portal != SessionNumber.portal(first);
    }

    /** Allocates a number. */
    synchronized long next() {
        long id = ++last;
        write(0, id);
        enter(id);
        return id;
    }

    /** A session of another portal has come, or has come back, under that number. */
    synchronized void relayed(long id) {
        awaited.remove(id);
        orphans.remove(id);
        if (!places.containsKey(id)) {
            enter(id);
        }
    }

    private void enter(long id) {
        Integer place = free.poll();
        if (place == null) {
            place = used++;
        }
        places.put(id, place);
        write(position(place), id);
    }

    /** The session of that number has ended. */
    synchronized void ended(long id) {
        Integer place = places.remove(id);
        if (place != null) {
            free.push(place);
            write(position(place), 0);
        }
    }

    @Override
    public synchronized List<Long> ids() {
        if (!awaited.isEmpty() && nanoTime.getAsLong() - openedAt >= RETURN_NANOS) {
            orphans.addAll(awaited);
            awaited.clear();
        }
        return List.copyOf(orphans);
    }

    @Override
    public synchronized List<Long> awaited() {
        return List.copyOf(awaited);
    }

    @Override
    public synchronized void gone(Collection<Long> ids) {
        for (long id : ids) {
            if (orphans.remove(id)) { // it has not come back meanwhile
                ended(id);
            }
        }
    }

    /** No game has any of them. */
    synchronized void forget() {
        orphans.addAll(awaited);
        awaited.clear();
        gone(List.copyOf(orphans));
    }

    synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            log.debug("{} was already closed", file, e);
        }
    }

    private static long position(int place) {
        return (1L + place) * Long.BYTES;
    }

    /**
     * Writes a number. If writing fails, everything is kept in memory and written as soon as
     * possible.
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
                log.info("writing {} works again", file);
            } else {
                write(open, position, value);
            }
        } catch (IOException e) {
            if (!behind) {
                behind = true;
                log.warn("cannot write {}: {}", file, e.getMessage());
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
