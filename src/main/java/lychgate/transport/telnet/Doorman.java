package lychgate.transport.telnet;

import lychgate.plugin.Scheduler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shows out those who may not come in: says why in one line, ends our side, and lingers a moment,
 * so that the client reads the line instead of a reset. No session and no chain is made for them.
 */
final class Doorman {
    /** How long a client is waited for. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Clients that are waited for at a time; beyond, they are closed at once. Bounds descriptors.
     */
    private static final int MAX_LINGERING = 128;

    private static final Duration ROUND = Duration.ofMillis(100);

    private final Queue<Guest> lingering = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ByteBuffer discarded = ByteBuffer.allocate(4096);
    private final Scheduler.Cancellable rounds;

    private record Guest(SocketChannel channel, long until) {}

    Doorman(Scheduler scheduler) {
        rounds = scheduler.every(ROUND, this::round);
    }

    /** Shows a client out, with a last line or without. Called by the accepting thread. */
    void showOut(SocketChannel channel, String line) {
        try {
            channel.configureBlocking(false);
            if (!line.isEmpty()) {
                channel.write(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.UTF_8)));
            }
            channel.shutdownOutput();
            if (count.incrementAndGet() > MAX_LINGERING) {
                count.decrementAndGet();
                close(channel);
                return;
            }
            lingering.add(new Guest(channel, System.nanoTime() + LINGER_NANOS));
        } catch (IOException e) {
            close(channel); // it was gone already
        }
    }

    /** Ends; those who still linger are closed. */
    void stop() {
        rounds.cancel();
        lingering.forEach(guest -> close(guest.channel));
        lingering.clear();
    }

    private void round() {
        long now = System.nanoTime();
        for (Iterator<Guest> each = lingering.iterator(); each.hasNext(); ) {
            Guest guest = each.next();
            if (now - guest.until > 0 || gone(guest.channel)) {
                each.remove();
                count.decrementAndGet();
                close(guest.channel);
            }
        }
    }

    /** Reads what the client still says, so that closing does not answer it with a reset. */
    private boolean gone(SocketChannel channel) {
        try {
            discarded.clear();
            return channel.read(discarded) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is left to be done for it
        }
    }
}
