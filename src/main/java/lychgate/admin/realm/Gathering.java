package lychgate.admin.realm;

import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.oob.MalformedException;
import lychgate.session.Meters;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** One order, and the answers of the other portals. */
final class Gathering {
    private static final Logger log = LoggerFactory.getLogger(Gathering.class);

    /** Bytes of all answers together: 100,000 sessions have 20 MB. Bounds the memory. */
    private static final long MAX_BYTES = 64L << 20;

    /** What a portal that has taken the order may need for it: 80,000 sessions are some MB. */
    static final Duration WORK = Duration.ofSeconds(10);

    private final NatsConfig config;
    private final NatsConnection connection;
    private final byte[] order;
    private final Meters meters;
    private final SortedSet<Integer> asked = new TreeSet<>(); // guarded by this
    private final SortedSet<Integer> open = new TreeSet<>(); // guarded by this
    private final SortedSet<Integer> heard = new TreeSet<>(); // guarded by this
    private final List<PortalAnswer> answers = new ArrayList<>(); // guarded by this
    private long bytes; // guarded by this

    Gathering(NatsConfig config, NatsConnection connection, Order order, Meters meters) {
        this.config = config;
        this.connection = connection;
        this.order = order.toBytes();
        this.meters = meters;
    }

    /** Sends the order to those portals that do not have it yet. */
    void ask(Collection<Integer> portals, Duration within) {
        for (int portal : portals) {
            synchronized (this) {
                if (!asked.add(portal)) {
                    continue;
                }
                open.add(portal);
            }
            Parts parts = new Parts(portal);
            connection.request(
                    config.subjects().orders(portal, config.portal()),
                    order,
                    within,
                    WORK,
                    part -> received(portal, parts, part),
                    _ -> end(portal));
        }
    }

    /** Takes a part of an answer; true if it was the last. */
    private boolean received(int portal, Parts parts, byte[] part) {
        try {
            take(part.length);
            byte[] whole = parts.add(part);
            heard(portal);
            if (whole == null) {
                return false;
            }
            answered(PortalAnswer.read(portal, whole));
            return true;
        } catch (MalformedException e) {
            meters.malformed("portal_answer");
            log.debug("an answer of portal {}: {}", portal, e.getMessage());
            return false;
        }
    }

    private synchronized void heard(int portal) {
        heard.add(portal);
        notifyAll();
    }

    private synchronized void take(int length) throws MalformedException {
        if (bytes + length > MAX_BYTES) {
            throw new MalformedException("too much");
        }
        bytes += length;
    }

    private synchronized void answered(PortalAnswer answer) {
        answers.add(answer);
        end(answer.portal());
    }

    private synchronized void end(int portal) {
        open.remove(portal);
        notifyAll();
    }

    /** Waits until all that were asked have answered, or their time is over. */
    synchronized void await() throws InterruptedException {
        while (!open.isEmpty()) {
            TimeUnit.SECONDS.timedWait(this, 1);
        }
    }

    /** Waits until all that can be heard have been, but not longer than that. */
    synchronized void awaitSigns(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        long left = longest.toNanos();
        while (!heard.containsAll(open) && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
    }

    /** What was answered. */
    synchronized List<PortalAnswer> answers() {
        return List.copyOf(answers);
    }

    /** Who has not been heard, of those that were asked. */
    synchronized SortedSet<Integer> silent() {
        SortedSet<Integer> silent = new TreeSet<>(asked);
        silent.removeAll(heard);
        return silent;
    }

    /** Who has begun to answer, and not ended. */
    synchronized SortedSet<Integer> unfinished() {
        SortedSet<Integer> unfinished = new TreeSet<>(heard);
        answers.forEach(answer -> unfinished.remove(answer.portal()));
        return unfinished;
    }
}
