package lychgate.transport;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.Scheduler;
import lychgate.transport.trace.TraceMemory;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * All conversations of one service. Creates them, and calls each once a second to detect a client
 * that does not read and to run {@link Dialect#tick}. Any thread may call.
 */
public final class Conversations {
    /**
     * The conversations are divided into this many parts, which get their ticks one after another
     * within a second. Ten thousand ticks in a row would occupy the timer thread for 50 ms and
     * delay everything else.
     */
    private static final int PARTS = 20;

    private static final Duration PART_INTERVAL = Duration.ofSeconds(1).dividedBy(PARTS);

    private final PortalApplication app;
    private final LongSupplier nanoTime;
    private final TraceMemory traces = new TraceMemory(TraceMemory.BYTES);
    private final List<Set<Conversation>> parts =
            Stream.<Set<Conversation>>generate(ConcurrentHashMap::newKeySet).limit(PARTS).toList();
    private final AtomicInteger nextPart = new AtomicInteger();
    private final Scheduler.Cancellable ticks;
    private int nextTicked; // used by the scheduler's thread only

    /**
     * @param nanoTime a monotonic clock
     */
    public Conversations(PortalApplication app, LongSupplier nanoTime) {
        this.app = app;
        this.nanoTime = nanoTime;
        this.ticks = app.scheduler().every(PART_INTERVAL, () -> tickNextPart(nanoTime.getAsLong()));
    }

    /**
     * Creates the conversation of a client that has connected. The caller must then {@link
     * Conversation#attach} a wire and a dialect, and {@link Conversation#open} it, on its mailbox.
     *
     * @param owner runs tasks on the thread that processes this session's input
     * @param opening what is known of the client
     */
    public Conversation begin(Executor owner, Opening opening) {
        int part = Math.floorMod(nextPart.getAndIncrement(), PARTS);
        return new Conversation(app, owner, opening, parts.get(part), nanoTime, traces);
    }

    /** Ticks all conversations now. Otherwise each is ticked automatically once a second. */
    public void tick(long now) {
        parts.forEach(part -> part.forEach(conversation -> conversation.tick(now)));
    }

    /** Stops ticking. The conversations end with their connections. */
    public void stop() {
        ticks.cancel();
    }

    private void tickNextPart(long now) {
        parts.get(nextTicked).forEach(conversation -> conversation.tick(now));
        nextTicked = (nextTicked + 1) % PARTS;
    }
}
