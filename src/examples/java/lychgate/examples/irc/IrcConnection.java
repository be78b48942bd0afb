package lychgate.examples.irc;

import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.kitteh.irc.client.library.Client;
import org.kitteh.irc.client.library.event.connection.ClientConnectionClosedEvent;
import org.kitteh.irc.client.library.feature.defaultmessage.DefaultMessageType;
import org.kitteh.irc.client.library.feature.network.ClientConnection;
import org.kitteh.irc.client.library.feature.sending.SingleDelaySender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection to an IRC server: our socket, and the library that speaks IRC over it. The library
 * would read without bound by itself.
 */
final class IrcConnection implements ClientConnection, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IrcConnection.class);

    /** Between two lines: the rate that IRC servers allow everybody in the long run. */
    static final int MILLIS_PER_LINE = 1_000;

    /** Most lines that wait to be sent: more would arrive too late to be talk. */
    static final int MAX_UNSENT = 60;

    /** After so long without a word from the server it is asked whether it is there. */
    private static final int PING_MILLIS = 60_000;

    /** After so many such questions without an answer the connection is given up. */
    private static final int MAX_SILENCES = 3;

    /** A server that does not take a line for so long does not read. */
    private static final long STALLED_NANOS = 60_000_000_000L;

    /** How long the goodbye may take: a server that does not read is left without. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private static final String PRIVMSG = "PRIVMSG ";

    private static final int INTERRUPTS = 20;
    private static final Duration INTERRUPT_PAUSE = Duration.ofMillis(50);

    private final Socket socket;
    private final IrcEvents events;
    private final Meters meters;
    private final Client.WithManagement client;
    private final List<SingleDelaySender> senders = new CopyOnWriteArrayList<>();
    private final AtomicInteger unsent = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long writingSince;
    private volatile boolean stuck;

    /**
     * @param socket connected; over TLS, with the handshake done
     */
    IrcConnection(Socket socket, IrcConfig config, IrcEvents events, Meters meters) {
        this.socket = socket;
        this.events = events;
        this.meters = meters;
        this.client = (Client.WithManagement) client(config);
        client.getEventManager().registerEventListener(events);
    }

    private Client client(IrcConfig config) {
        return Client.builder()
                .name(config.address())
                .nick(config.nick())
                .user("lychgate")
                .realName("a bridge to a text game")
                .server()
                .host(config.host())
                .port(config.port(), Client.Builder.Server.SecurityType.INSECURE) // TLS is ours
                .then()
                .listeners()
                .exception(e -> log.debug("IRC {}: {}", config.address(), e.toString()))
                .then()
                .management()
                .messageSendingQueueSupplier(this::sender)
                .networkHandler(new Network(this))
                .then()
                .build();
    }

    private SingleDelaySender sender(Client.WithManagement sending) {
        SingleDelaySender sender = SingleDelaySender.getSupplier(MILLIS_PER_LINE).apply(sending);
        senders.add(sender);
        return sender;
    }

    /** Speaks IRC until the connection is over. */
    void serve() throws IOException, InterruptedException {
        socket.setSoTimeout(PING_MILLIS);
        client.getActorTracker().setQueryChannelInformation(false);
        client.connect();
        client.beginMessageSendingImmediate(this::write);
        BoundedLines lines = new BoundedLines(socket.getInputStream(), meters, System::nanoTime);
        IrcFilter filter = new IrcFilter(client::getNick);
        int silences = 0;
        while (isAlive()) {
            try {
                String line = lines.next();
                if (line == null) {
                    return;
                }
                silences = 0;
                if (filter.passes(line)) {
                    client.processLine(line);
                } else if (filter.isFlooded()) {
                    meters.refused("irc_flood");
                    throw new IOException("the server sends too much");
                }
            } catch (SocketTimeoutException e) {
                if (++silences == MAX_SILENCES) {
                    throw e;
                }
                client.sendRawLineImmediately("PING lychgate");
            }
            checkWriting();
        }
    }

    private void checkWriting() throws IOException {
        if (stuck && System.nanoTime() - writingSince > STALLED_NANOS) {
            throw new IOException("the server does not read");
        }
    }

    /** Sends words to a channel or to somebody, as soon as it is their turn. */
    void say(String target, String words) {
        if (unsent.incrementAndGet() > MAX_UNSENT) {
            unsent.decrementAndGet();
            meters.refused("irc_unsent");
            return;
        }
        client.sendMessage(target, words);
    }

    /** Asks for the names of those in the channel. */
    void askForNames(String channel) {
        events.askedForNames();
        client.sendRawLineAvoidingDuplication("NAMES " + channel);
    }

    /** Measures the round trip. */
    void ping(String token) {
        events.pinged(token);
        client.sendRawLineImmediately("PING " + token);
    }

    boolean isWelcome() {
        return events.isWelcome();
    }

    /** Writes a line; called by the library's thread, which may be blocked. */
    private void write(String line) {
        if (line.startsWith(PRIVMSG)) {
            unsent.decrementAndGet();
        }
        writing.lock();
        try {
            writingSince = System.nanoTime();
            stuck = true;
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.debug("a write failed", e);
            close();
        } finally {
            stuck = false;
            writing.unlock();
        }
    }

    /** Closes the connection at once. Any thread may call, more than once. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("a close failed", e);
        }
    }

    /**
     * Ends the library's threads, once the connection is over: first those that send, for the
     * library waits for the pauses between their lines, and maybe for all that they have left.
     */
    void end() {
        close();
        senders.forEach(IrcConnection::interruptUntilItEnds);
        client.shutdown();
        client.getEventManager()
                .callEvent(new ClientConnectionClosedEvent(client, false, null, null));
    }

    /** A sender that has not been told to begin takes the first interrupt for that, and goes on. */
    private static void interruptUntilItEnds(Thread sender) {
        try {
            int interrupts = 0;
            do {
                sender.interrupt();
            } while (!sender.join(INTERRUPT_PAUSE) && ++interrupts < INTERRUPTS);
        } catch (InterruptedException e) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** Says goodbye, if the server reads, and closes. */
    void quit() {
        Thread goodbye = Thread.ofVirtual().start(() -> write("QUIT :bye"));
        try {
            goodbye.join(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    // What the library wants of a connection.

    @Override
    public boolean isAlive() {
        return client.getNick() != null && socket.isConnected() && !socket.isClosed();
    }

    /** Does nothing: {@link #serve} pings when it is silent. */
    @Override
    public void startPing() {}

    @Override
    public void shutdown(DefaultMessageType messageType, boolean reconnect) {
        close();
    }

    @Override
    public void shutdown(@Nullable String message, boolean reconnect) {
        close();
    }
}
