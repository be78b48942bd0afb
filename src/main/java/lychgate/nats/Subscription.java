package lychgate.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.MessageHandler;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;

/**
 * A subscription, which outlives connections. While there is a connection, it has a thread of its
 * own, or shares one.
 */
public final class Subscription implements Bus.Listening {
    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    private final String subject;
    private final PendingLimits limits;
    private final Handler handler;
    private final @Nullable SharedThread shared;
    private final Consumer<Subscription> onClose;
    private @Nullable Connection connection;
    private @Nullable Dispatcher dispatcher;
    private io.nats.client.@Nullable Subscription part; // of a shared dispatcher

    /** What takes the messages. */
    interface Handler {
        void received(Message message);

        default void slow() {}
    }

    /**
     * What may wait for a receiver; further messages are dropped.
     *
     * @param messages their number
     * @param bytes their size together
     */
    record PendingLimits(long messages, long bytes) {
        /**
         * Far more than a receiver that keeps up ever has waiting, and small enough that some of
         * them fit into a heap. What is dropped is sent again by those who number it.
         */
        static final PendingLimits DEFAULT = new PendingLimits(65_536, 32L * 1024 * 1024);
    }

    /**
     * @param shared runs the handler, which never blocks; null for a thread of its own
     */
    Subscription(
            String subject,
            PendingLimits limits,
            Handler handler,
            @Nullable SharedThread shared,
            Consumer<Subscription> onClose) {
        this.subject = subject;
        this.limits = limits;
        this.handler = handler;
        this.shared = shared;
        this.onClose = onClose;
    }

    /** Begins on a new connection, which may be closed already. */
    synchronized void attach(Connection to) {
        connection = to;
        try {
            if (shared != null) {
                Dispatcher of = shared.of(to);
                part = of.subscribe(subject, oneAtATime());
                dispatcher = of;
                return;
            }
            Dispatcher made = to.createDispatcher(oneAtATime());
            made.setPendingLimits(limits.messages(), limits.bytes());
            made.subscribe(subject);
            dispatcher = made;
        } catch (IllegalStateException e) { // the next connection will do
            log.debug("NATS: not subscribed to {}: {}", subject, e.getMessage());
        }
    }

    /** Whether the library's consumer is that of this subscription. */
    @SuppressWarnings("ReferenceEquality") // the same dispatcher, not an equal one
    synchronized boolean has(io.nats.client.Consumer consumer) {
        return dispatcher == consumer;
    }

    /** Messages are being dropped. */
    void slow() {
        handler.slow();
    }

    /** Ends the subscription. Messages that have come already may still be delivered. */
    @Override
    public void close() {
        onClose.accept(this);
        detach();
    }

    private synchronized void detach() {
        if (connection != null && dispatcher != null) {
            try {
                if (part == null) {
                    connection.closeDispatcher(dispatcher);
                } else {
                    dispatcher.unsubscribe(part);
                }
            } catch (IllegalStateException | IllegalArgumentException e) { // closed before
                log.debug("NATS: {} was not unsubscribed: {}", subject, e.getMessage());
            }
        }
        dispatcher = null;
        part = null;
    }

    /** A dispatcher of a closed connection may still be at it when the next one begins. */
    private MessageHandler oneAtATime() {
        return message -> {
            synchronized (handler) {
                try {
                    handler.received(message);
                } catch (RuntimeException e) {
                    log.error("NATS: a message to {} failed", message.getSubject(), e);
                }
            }
        };
    }
}
