package lychgate.transport;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.plugin.Scheduler;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The conversations of one service. Looks after what time alone brings about: clients that do not
 * read, and what their {@link Dialect}s have to do. Any thread may call.
 */
public final class Conversations {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final PortalApplication app;
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private final Scheduler.Cancellable ticks;

    /**
     * @param nanoTime a clock that only goes forward
     */
    public Conversations(PortalApplication app, LongSupplier nanoTime) {
        this.app = app;
        this.ticks = app.scheduler().every(TICK, () -> tick(nanoTime.getAsLong()));
    }

    /**
     * Begins a session for a client that has connected. It needs {@link Conversation#attach} and
     * {@link Conversation#open}.
     *
     * @param owner the thread that deals with this session's input
     * @param opening what is known of the client
     */
    public Conversation begin(Executor owner, Opening opening) {
        return new Conversation(app, owner, opening, this);
    }

    /** Does what is due at a moment; of its own accord once a second. */
    public void tick(long now) {
        open.forEach(conversation -> conversation.tick(now));
    }

    /** Ends the ticking. The conversations end with their connections. */
    public void stop() {
        ticks.cancel();
    }

    void opened(Conversation conversation) {
        open.add(conversation);
    }

    void closed(Conversation conversation) {
        open.remove(conversation);
    }
}
