package lychgate.transport;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.Scheduler;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The conversations of one service. Has each looked at once a second: for a client that does not
 * read, and for what its {@link Dialect} has to do by time alone. Any thread may call.
 */
public final class Conversations {
    /**
     * Parts that take turns within the second. To look at ten thousand sessions takes the timer's
     * thread 50 ms, in which nothing else is done in time.
     */
    private static final int PARTS = 20;

    private static final Duration PART_INTERVAL = Duration.ofSeconds(1).dividedBy(PARTS);

    private final PortalApplication app;
    private final List<Set<Conversation>> parts =
            Stream.<Set<Conversation>>generate(ConcurrentHashMap::newKeySet).limit(PARTS).toList();
    private final AtomicInteger nextPart = new AtomicInteger();
    private final Scheduler.Cancellable ticks;
    private int nextTicked; // by the scheduler's thread

    /**
     * @param nanoTime a clock that only goes forward
     */
    public Conversations(PortalApplication app, LongSupplier nanoTime) {
        this.app = app;
        this.ticks = app.scheduler().every(PART_INTERVAL, () -> tickNextPart(nanoTime.getAsLong()));
    }

    /**
     * Begins a session for a client that has connected. It needs {@link Conversation#attach} and
     * {@link Conversation#open}.
     *
     * @param owner the thread that deals with this session's input
     * @param opening what is known of the client
     */
    public Conversation begin(Executor owner, Opening opening) {
        int part = Math.floorMod(nextPart.getAndIncrement(), PARTS);
        return new Conversation(app, owner, opening, parts.get(part));
    }

    /** Looks at all of them, as at that moment; of its own accord within each second. */
    public void tick(long now) {
        parts.forEach(part -> part.forEach(conversation -> conversation.tick(now)));
    }

    /** Looks at none any more. The conversations end with their connections. */
    public void stop() {
        ticks.cancel();
    }

    private void tickNextPart(long now) {
        parts.get(nextTicked).forEach(conversation -> conversation.tick(now));
        nextTicked = (nextTicked + 1) % PARTS;
    }
}
