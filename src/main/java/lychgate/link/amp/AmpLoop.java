package lychgate.link.amp;

import lychgate.amp.Box;
import lychgate.amp.MalformedException;
import lychgate.link.amp.AmpConnection.Role;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Listens for games and launchers, on one thread, {@code lychgate-amp}, which does all that the
 * link does but sending. What a peer sends is handed on box by box; a peer that sends anything else
 * is gone.
 */
final class AmpLoop {
    private static final Logger log = LoggerFactory.getLogger(AmpLoop.class);

    /** Connections that have not shown what they are; one more, and the oldest goes. */
    static final int MAX_UNPROVEN = 8;

    /** How long a connection may take to show what it is: a game does with its first message. */
    static final long UNPROVEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Launchers at a time; one more, and the oldest goes. An operator has one. */
    static final int MAX_LAUNCHERS = 16;

    /** How long an answer waits for a command to leave with. */
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** How often a line is logged of strangers. */
    private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long TICK_MILLIS = 100;
    private static final int BACKLOG = 64;
    private static final int READ_BYTES = 64 << 10;

    /** What is done with what comes. All is called on the loop's thread. */
    interface Listener {
        /** A box has come. */
        void received(AmpConnection connection, Box box) throws MalformedException;

        /** A connection is gone. */
        void lost(AmpConnection connection);

        /** Something was not AMP, or a peer did not show what it is. */
        void refused(String reason);

        /** About ten times a second. */
        void tick(long now);
    }

    private final Listener listener;
    private final LongSupplier nanoTime;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final SelectionKey accepting;
    private final Map<AmpConnection, SelectionKey> connections = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final Thread thread = Thread.ofPlatform().name("lychgate-amp").unstarted(this::run);
    private volatile boolean stopping;
    private long tickedAt;
    private long strangerNotedAt;
    private int strangersNotNoted;
    private boolean acceptFailed;

    /**
     * Binds the port; nothing is accepted yet.
     *
     * @throws IOException if it cannot be bound
     */
    AmpLoop(InetSocketAddress address, Listener listener, LongSupplier nanoTime)
            throws IOException {
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.tickedAt = nanoTime.getAsLong();
        this.strangerNotedAt = tickedAt - NOTE_NANOS;
        this.selector = Selector.open();
        this.server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, BACKLOG);
            server.configureBlocking(false);
            accepting = server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            server.close();
            selector.close();
            throw e;
        }
    }

    void start() {
        thread.start();
    }

    int port() {
        return server.socket().getLocalPort();
    }

    /** Runs something on the loop's thread. */
    void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Closes everything and ends the thread. */
    void stop() {
        stopping = true;
        if (!thread.isAlive()) {
            closeAll();
            return;
        }
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the listener: whoever asks now is told that nobody is there. */
    void closeListener() {
        run(this::closeServer);
    }

    private void closeServer() {
        try {
            server.close();
        } catch (IOException e) {
            log.debug("the listener was closed already", e);
        }
    }

    /** Ends a connection. On the loop's thread. */
    void close(AmpConnection connection) {
        SelectionKey key = connections.remove(connection);
        if (key == null) {
            return;
        }
        key.cancel();
        try {
            connection.channel().close();
        } catch (IOException e) {
            log.debug("a connection was closed already", e);
        }
        listener.lost(connection);
    }

    /** A connection has shown what it is. */
    void proven(AmpConnection connection, Role role) {
        connection.proven(role);
        if (role == Role.LAUNCHER) {
            limit(Role.LAUNCHER, MAX_LAUNCHERS);
        }
    }

    /** Connections of a role, the oldest first. */
    List<AmpConnection> connections(Role role) {
        return connections.keySet().stream().filter(c -> c.role() == role).toList();
    }

    private void run() {
        try {
            while (!stopping) {
                selector.select(this::ready, millisUntilDue(nanoTime.getAsLong()));
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    attempt(task);
                }
                look();
            }
        } catch (IOException e) {
            log.error("the link to the game cannot go on", e);
        } finally {
            closeAll();
        }
    }

    private void closeAll() {
        new ArrayList<>(connections.keySet()).forEach(this::close);
        closeServer();
        try {
            selector.close();
        } catch (IOException e) {
            log.debug("the selector was closed already", e);
        }
    }

    /** Milliseconds until something is to be done whatever comes. */
    private long millisUntilDue(long now) {
        long least = TICK_MILLIS;
        for (AmpConnection connection : connections.keySet()) {
            Long since = connection.waitingSince();
            if (since != null) {
                long left = TimeUnit.NANOSECONDS.toMillis(since + ANSWER_NANOS - now);
                least = Math.clamp(left, 1, least);
            }
        }
        return least;
    }

    private void ready(SelectionKey key) {
        attempt(
                () -> {
                    if (key.isValid() && key.isAcceptable()) {
                        accept();
                    } else if (key.attachment() instanceof AmpConnection connection) {
                        if (key.isValid() && key.isWritable()) {
                            connection.writable();
                        }
                        if (key.isValid() && key.isReadable()) {
                            read(connection);
                        }
                    }
                });
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel != null) {
                add(channel);
                acceptFailed = false;
            }
        } catch (IOException e) {
            if (!acceptFailed) {
                log.warn("nobody gets in at the game's port for now: {}", e.getMessage());
            }
            acceptFailed = true;
            accepting.interestOps(0); // it would fail again at once; the next tick tries
        }
    }

    private void add(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            AmpConnection connection = new AmpConnection(channel, selector::wakeup, nanoTime);
            connections.put(
                    connection, channel.register(selector, SelectionKey.OP_READ, connection));
            limit(Role.UNPROVEN, MAX_UNPROVEN);
        } catch (IOException e) {
            channel.close();
            log.debug("a connection has ended before it began", e);
        }
    }

    private void read(AmpConnection connection) {
        try {
            buffer.clear();
            int length = connection.channel().read(buffer);
            if (length < 0) {
                close(connection);
                return;
            }
            connection.received();
            buffer.flip();
            for (Box box = connection.decoder().next(buffer);
                    box != null;
                    box = connection.decoder().next(buffer)) {
                listener.received(connection, box);
                if (!connections.containsKey(connection)) {
                    return; // that was too much
                }
            }
        } catch (MalformedException e) {
            noteLetGo(connection, String.valueOf(e.getMessage()));
            listener.refused("amp");
            close(connection);
        } catch (IOException e) {
            close(connection);
        }
    }

    /** A line for each game and launcher, but one for all strangers of a while: they are cheap. */
    private void noteLetGo(AmpConnection connection, String why) {
        long now = nanoTime.getAsLong();
        if (connection.role() == Role.UNPROVEN && now - strangerNotedAt < NOTE_NANOS) {
            strangersNotNoted++;
            return;
        }
        String others = "";
        if (connection.role() == Role.UNPROVEN) {
            others = strangersNotNoted == 0 ? "" : " (and " + strangersNotNoted + " before it)";
            strangerNotedAt = now;
            strangersNotNoted = 0;
        }
        log.info("a peer of the game's port is let go: {}{}", why, others);
    }

    /** What time brings about, and what senders have left to be done. */
    private void look() {
        long now = nanoTime.getAsLong();
        for (AmpConnection connection : new ArrayList<>(connections.keySet())) {
            SelectionKey key = connections.get(connection);
            Long since = connection.waitingSince();
            if (connection.isBroken()) {
                close(connection);
            } else if (connection.role() == Role.UNPROVEN
                    && now - connection.openedAt() > UNPROVEN_NANOS) {
                listener.refused("amp_unproven");
                close(connection);
            } else if (since != null && now - since >= ANSWER_NANOS) {
                connection.flush();
            }
            if (key != null && key.isValid()) {
                key.interestOps(
                        connection.isFull()
                                ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                                : SelectionKey.OP_READ);
            }
        }
        if (now - tickedAt >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
            tickedAt = now;
            if (acceptFailed && accepting.isValid()) {
                accepting.interestOps(SelectionKey.OP_ACCEPT);
            }
            attempt(() -> listener.tick(now));
        }
    }

    private void limit(Role role, int most) {
        List<AmpConnection> all = connections(role);
        for (int i = 0; i < all.size() - most; i++) {
            listener.refused("amp_unproven");
            close(all.get(i));
        }
    }

    /** A bug of ours must not end the link. */
    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("something on the link to the game has failed", e);
        }
    }
}
