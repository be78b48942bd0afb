package lychgate.portal;

import lychgate.plugin.OutboundFactory;
import lychgate.plugin.OutboundLink;
import lychgate.plugin.OutboundSession;
import lychgate.session.CommandTuple;
import lychgate.session.Meters;
import lychgate.session.PortalSession;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * An outbound session among the portal's others. A plugin that fails ends this one session, and one
 * that blocks while it starts or stops holds up nobody.
 */
final class OutboundConnection implements PortalSession, OutboundLink {
    private static final Logger log = LoggerFactory.getLogger(OutboundConnection.class);

    private final Request request;
    private final OutboundFactory factory;
    private final OutboundSession session;
    private final PortalSessions sessions;
    private final Meters meters;
    private final Consumer<OutboundConnection> ended;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean held;

    /**
     * What the game asked for.
     *
     * @param kind the name under which it is offered
     * @param config in the game's words
     */
    record Request(String kind, Map<String, @Nullable Object> config) {
        Request {
            config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        }
    }

    /**
     * @param factory that has made the session
     * @param ended told when it is over
     */
    OutboundConnection(
            Request request,
            OutboundFactory factory,
            OutboundSession session,
            PortalSessions sessions,
            Meters meters,
            Consumer<OutboundConnection> ended) {
        this.request = request;
        this.factory = factory;
        this.session = session;
        this.sessions = sessions;
        this.meters = meters;
        this.ended = ended;
    }

    /** Whether the game has asked for just that. */
    boolean is(String kind, Map<String, @Nullable Object> config) {
        return request.kind.equals(kind) && request.config.equals(config);
    }

    OutboundFactory factory() {
        return factory;
    }

    String protocolKey() {
        return session.protocolKey();
    }

    String address() {
        return session.address();
    }

    void start() {
        attempt("start", () -> session.start(this));
    }

    @Override
    public void dataOut(List<CommandTuple> commands) {
        if (over.get()) {
            return;
        }
        try {
            session.dataOut(commands);
        } catch (RuntimeException | LinkageError e) {
            failed("output", e);
        }
    }

    @Override
    public void holdInput(boolean hold) {
        held = hold;
    }

    @Override
    public synchronized void dataIn(CommandTuple command) { // one at a time, as from a client
        if (held) {
            meters.refused("outbound_input");
        } else {
            sessions.dataIn(this, command);
        }
    }

    @Override
    public void disconnect(String reason) {
        if (over.compareAndSet(false, true)) {
            ended.accept(this);
            sessions.disconnect(this, reason);
            attempt("stop", session::stop);
        }
    }

    private void attempt(String what, Runnable task) {
        Thread.ofVirtual()
                .name("lychgate-" + session.protocolKey())
                .start(
                        () -> {
                            try {
                                task.run();
                            } catch (RuntimeException | LinkageError e) {
                                failed(what, e);
                            }
                        });
    }

    private void failed(String what, Throwable cause) {
        log.error("outbound session {} failed: {}", request.kind, what, cause);
        disconnect("failed");
    }
}
