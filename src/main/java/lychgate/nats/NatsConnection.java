package lychgate.nats;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;

import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A connection to one of the configured servers, for as long as it is open: without a server it
 * waits for one, and after a loss it is made anew, with all subscriptions. Any thread may call; no
 * method blocks, but {@link #close}.
 *
 * <p>Messages of one thread to one subject arrive in order, or not at all. Its own messages do not
 * come back to it.
 */
public final class NatsConnection implements Bus, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NatsConnection.class);

    /** How long to wait for what was published to be written, when the connection is closed. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final NatsConfig config;
    private final Meters meters;
    private final Threads threads = new Threads();
    private final Outgoing outgoing = new Outgoing();
    private final Troubles troubles;
    private final Requests requests;
    private final SharedThread seldom = new SharedThread();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final List<ConnectionWatcher> watchers = new CopyOnWriteArrayList<>();
    private final Semaphore lost = new Semaphore(0);
    private final Options options;
    private final Thread connector;
    private volatile @Nullable Connection connection;
    private volatile boolean connected;
    private volatile boolean closed;
    private boolean absenceLogged;

    private NatsConnection(NatsConfig config, Meters meters, LongSupplier nanoTime)
            throws IOException {
        this.config = config;
        this.meters = meters;
        this.troubles = new Troubles(meters, nanoTime, this::slow);
        this.requests =
                new Requests(
                        config.subjects().inbox(config.portal())
                                + "."
                                + Long.toString(
                                        ThreadLocalRandom.current().nextLong(Long.MAX_VALUE),
                                        Character.MAX_RADIX),
                        threads.timer());
        this.options =
                ConnectionOptions.of(
                        config,
                        threads,
                        outgoing,
                        troubles,
                        (from, event) -> happened(from, event));
        this.connector = Thread.ofPlatform().name("lychgate-nats").daemon().unstarted(this::keep);
        subscribe(requests.subject(), Subscription.PendingLimits.DEFAULT, requests, null);
    }

    /**
     * Begins to connect, and goes on trying.
     *
     * @throws IOException if credentials or authorities cannot be used: one sentence for the
     *     operator
     */
    public static NatsConnection open(NatsConfig config, Meters meters, LongSupplier nanoTime)
            throws IOException {
        NatsConnection made = new NatsConnection(config, meters, nanoTime);
        made.connector.start();
        return made;
    }

    /**
     * Reads what a connection needs, without making one.
     *
     * @throws IOException as {@link #open}
     */
    public static void check(NatsConfig config) throws IOException {
        if (config.credentials() != null) {
            Credentials.of(config.credentials());
        }
        if (config.isEncrypted()) {
            ServerTrust.context(config.ca());
        }
    }

    /** Whether there is a connection, with all subscriptions in effect. */
    public boolean isConnected() {
        Connection now = connection;
        return connected && now != null && now.getStatus() == Connection.Status.CONNECTED;
    }

    @Override
    public boolean isListening() {
        return isConnected();
    }

    /** The port of the connected server; without one, of the first that is configured. */
    public int port() {
        return current().port();
    }

    /** The URL of the connected server, else the first one, without user and password. */
    public String server() {
        return current().toString();
    }

    /** Tells when there is a connection and when it is lost; at once, if there is one. */
    public void watch(ConnectionWatcher watcher) {
        tell(
                () -> {
                    watchers.add(watcher);
                    if (connected) {
                        watcher.connected();
                    } else if (absenceLogged) {
                        watcher.unreachable();
                    }
                },
                null);
    }

    @Override
    @CanIgnoreReturnValue
    public boolean publish(String subject, byte[] body) {
        return publish(subject, null, body);
    }

    private boolean publish(String subject, @Nullable String replyTo, byte[] body) {
        Connection now = connection;
        if (now == null || !isConnected()) {
            meters.refused("nats_away");
            return false;
        }
        if (body.length > now.getMaxPayload()) {
            meters.refused("nats_payload");
            tell(
                    () ->
                            troubles.warn(
                                    "the server takes messages of at most "
                                            + now.getMaxPayload()
                                            + " bytes: see its max_payload"),
                    null);
            return false;
        }
        long size = (long) subject.length() + body.length;
        if (!outgoing.reserve(size)) {
            meters.refused("nats_unsent");
            return false;
        }
        try {
            now.publish(subject, replyTo, body);
            return true;
        } catch (IllegalStateException e) { // closed or lost since
            outgoing.written(size);
            meters.refused("nats_away");
            return false;
        }
    }

    @Override
    public Subscription subscribe(String subject, Receiver receiver) {
        return subscribe(subject, Subscription.PendingLimits.DEFAULT, receiver);
    }

    /**
     * The same on a thread that is shared with others of this kind.
     *
     * @param receiver of messages that come seldom; may not block
     */
    public Subscription subscribeSharing(String subject, Receiver receiver) {
        return subscribe(subject, Subscription.PendingLimits.DEFAULT, handler(receiver), seldom);
    }

    Subscription subscribe(String subject, Subscription.PendingLimits limits, Receiver receiver) {
        return subscribe(subject, limits, handler(receiver), null);
    }

    private static Subscription.Handler handler(Receiver receiver) {
        return new Subscription.Handler() {
            @Override
            public void received(Message message) {
                receiver.received(message.getSubject(), message.getData());
            }

            @Override
            public void slow() {
                receiver.slow();
            }
        };
    }

    /**
     * Answers the questions to a subject, on a thread that is shared with others of this kind. An
     * answer goes to an inbox of the realm and nowhere else: servers do not check that the asker
     * may publish on the subject to which it wants the answer.
     *
     * @param answer of a question; null for none. May not block
     */
    public Subscription reply(String subject, Function<byte[], byte @Nullable []> answer) {
        return reply(
                subject,
                seldom,
                (_, question, reply) -> {
                    byte[] body = answer.apply(question);
                    if (body != null) {
                        reply.accept(body);
                    }
                });
    }

    /**
     * The same for a subject that may have wildcards, with any number of messages; on a thread of
     * its own.
     */
    public Subscription reply(String subject, Responder responder) {
        return reply(subject, null, responder);
    }

    private Subscription reply(String subject, @Nullable SharedThread shared, Responder responder) {
        return subscribe(
                subject,
                Subscription.PendingLimits.DEFAULT,
                message -> {
                    String replyTo = message.getReplyTo();
                    if (replyTo == null) {
                        return;
                    }
                    if (!config.subjects().isInbox(replyTo)) {
                        meters.malformed("bus_subject");
                        return;
                    }
                    responder.answer(
                            message.getSubject(),
                            message.getData(),
                            part -> publish(replyTo, part));
                },
                shared);
    }

    private synchronized Subscription subscribe(
            String subject,
            Subscription.PendingLimits limits,
            Subscription.Handler handler,
            @Nullable SharedThread shared) {
        Subscription made =
                new Subscription(subject, limits, handler, shared, subscriptions::remove);
        subscriptions.add(made);
        Connection now = connection;
        if (now != null) {
            made.attach(now);
        }
        return made;
    }

    /**
     * Asks whoever answers first.
     *
     * @param then gets the answer, or why there is none, once and not later than {@code within}; on
     *     a thread of the connection, or on the caller's; may not block
     */
    public void request(String subject, byte[] body, Duration within, Consumer<Answer> then) {
        request(
                subject,
                body,
                within,
                within,
                reply -> {
                    then.accept(new Answer.Reply(reply));
                    return true;
                },
                then::accept);
    }

    /**
     * Asks for any number of messages, from one or several responders.
     *
     * @param within the time for the first message
     * @param longest the time for all of them
     * @param each gets each message, on a thread of the connection, one at a time; returns true for
     *     the last
     * @param then gets the reason if the last message has not come: when its time is over, or
     *     earlier if nobody subscribes or there is no connection
     */
    public void request(
            String subject,
            byte[] body,
            Duration within,
            Duration longest,
            Predicate<byte[]> each,
            Consumer<Answer.None> then) {
        ask(
                subject,
                body,
                within,
                longest,
                new Requests.Asker() {
                    @Override
                    public boolean answered(byte[] reply) {
                        return each.test(reply);
                    }

                    @Override
                    public void ended(Answer.None why) {
                        then.accept(why);
                    }
                });
    }

    private void ask(
            String subject, byte[] body, Duration within, Duration longest, Requests.Asker asker) {
        String replyTo;
        try {
            replyTo = requests.begin(within, longest, asker);
        } catch (RejectedExecutionException e) { // closed
            asker.ended(Answer.None.NOT_CONNECTED);
            return;
        }
        if (!publish(subject, replyTo, body)) {
            requests.notSent(replyTo);
        }
    }

    /** Closes the connection; what was published before is written, if the server takes it. */
    @Override
    public void close() {
        closed = true;
        connector.interrupt();
        Connection now;
        synchronized (this) {
            now = connection;
            connection = null;
        }
        try {
            if (now != null) {
                flush(now);
                now.close();
            }
            connector.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.close();
    }

    private static void flush(Connection now) throws InterruptedException {
        try {
            if (now.getStatus() == Connection.Status.CONNECTED) {
                now.flush(LAST_WORDS);
            }
        } catch (TimeoutException | IllegalStateException e) {
            log.debug("NATS: closed with unsent messages");
        }
    }

    /** Connects; the library then connects again by itself, until it gives up and is replaced. */
    private void keep() {
        Pause pause = new Pause();
        try {
            while (!closed) {
                try {
                    Connection made = Nats.connect(options);
                    pause.reset();
                    tell(() -> begin(made), made);
                    lost.acquire();
                } catch (IOException | RuntimeException e) {
                    log.debug("NATS: not connected: {}", e.getClass().getSimpleName());
                    tell(this::logAbsence, null);
                }
                TimeUnit.NANOSECONDS.sleep(pause.next().toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs something on the events' thread, unless this is closed.
     *
     * @param orClose closed instead, if this is closed
     */
    private void tell(Runnable event, @Nullable Connection orClose) {
        try {
            threads.events().execute(event);
        } catch (RejectedExecutionException e) {
            close(orClose);
        }
    }

    private static void close(@Nullable Connection made) {
        try {
            if (made != null) {
                made.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Connection made) {
        synchronized (this) {
            if (closed) {
                close(made);
                return;
            }
            if (made.getStatus() == Connection.Status.CLOSED) { // and that was told before
                lost.release();
                return;
            }
            connection = made;
            subscriptions.forEach(subscription -> subscription.attach(made));
        }
        if (made.getStatus() == Connection.Status.CONNECTED) {
            up();
        }
    }

    /** Something has happened to a connection; on the events' thread, as {@link #begin}. */
    private void happened(Connection from, Events event) {
        if (!from.equals(connection)) {
            return;
        }
        switch (event) {
            case DISCONNECTED -> down();
            case RESUBSCRIBED -> up();
            case CLOSED -> {
                down();
                connection = null;
                lost.release();
            }
            default -> log.debug("NATS: {}", event);
        }
    }

    private void up() {
        if (!connected) {
            outgoing.reset();
            troubles.clear();
            absenceLogged = false;
            log.info("NATS: connected to {}", server()); // before anybody acts on it
            connected = true;
            watchers.forEach(ConnectionWatcher::connected);
        }
    }

    private void down() {
        if (connected) {
            connected = false;
            if (!closed) {
                absenceLogged = true;
                log.warn(
                        "NATS: connection lost ({}), connecting again until there is a server",
                        troubles.last());
            }
            watchers.forEach(ConnectionWatcher::disconnected);
        }
    }

    private void logAbsence() {
        if (!absenceLogged && !closed) {
            absenceLogged = true;
            log.warn(
                    "NATS: no connection to {} ({}), trying until there is one",
                    config.servers(),
                    troubles.last());
            watchers.forEach(ConnectionWatcher::unreachable);
        }
    }

    private void slow(io.nats.client.Consumer consumer) {
        subscriptions.stream().filter(s -> s.has(consumer)).forEach(Subscription::slow);
    }

    private ServerUrl current() {
        Connection now = connection;
        String url = now == null ? null : now.getConnectedUrl();
        ServerUrl server = url == null ? null : ServerUrl.parse(url);
        return server == null ? config.servers().getFirst() : server;
    }
}
