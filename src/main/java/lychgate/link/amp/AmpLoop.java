package lychgate.link.amp;

import lychgate.amp.Box;
import lychgate.amp.MalformedException;
import lychgate.link.amp.AmpConnection.Role;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
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
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Accepts and reads the connections of games and launchers on one thread, {@code lychgate-amp}.
 * Boxes are handed to a {@link Receiver}; a peer that sends anything but AMP is disconnected. Any
 * thread may write.
 */
final class AmpLoop {
    private static final Logger log = LoggerFactory.getLogger(AmpLoop.class);

    /**
     * Connections that have not yet shown whether they are a game or a launcher. One more, and the
     * oldest is closed.
     */
    static final int MAX_UNPROVEN = 8;

    /** How long a connection may take to show what it is. A game does so with its first message. */
    static final long UNPROVEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Launchers connected at a time. One more, and the oldest is closed. An operator needs one. */
    static final int MAX_LAUNCHERS = 16;

    /** How long an answer waits for a command that can share its write. */
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long TICK_MILLIS = 100;
    private static final int BACKLOG = 64;
    private static final int READ_BYTES = 64 << 10;

    private final @Nullable PeerLookup lookup;
    private final LongSupplier nanoTime;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final SelectionKey accepting;
    private final Map<AmpConnection, SelectionKey> connections = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final RareLog strangers;
    private final RareLog otherUsers;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final Thread thread = Thread.ofPlatform().name("lychgate-amp").unstarted(this::run);
    private final AtomicLong busySince = new AtomicLong(); // 0: waiting for I/O
    private long wokeAt;
    private @Nullable Receiver receiver;
    private volatile boolean stopping;
    private long tickedAt;
    private boolean acceptFailed;

    /**
     * Binds the port; nothing is accepted yet.
     *
     * @param peers tells which user a peer belongs to; null: anyone who can reach the port may
     *     connect
     * @throws IOException if it cannot be bound
     */
    AmpLoop(InetSocketAddress address, @Nullable Peers peers, LongSupplier nanoTime)
            throws IOException {
        this.lookup = peers == null ? null : new PeerLookup(peers, this::run, this::found);
        this.nanoTime = nanoTime;
        this.tickedAt = nanoTime.getAsLong();
        this.strangers = new RareLog(nanoTime);
        this.otherUsers = new RareLog(nanoTime);
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

    /** Accepts connections from now on. */
    void start(Receiver told) {
        receiver = told;
        thread.start();
    }

    private Receiver receiver() {
        return Objects.requireNonNull(receiver, "not started");
    }

    int port() {
        return server.socket().getLocalPort();
    }

    /** Runs something on the loop's thread. */
    void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /**
     * How long the current task or read has taken so far; 0 while waiting for I/O. Any thread may
     * ask.
     */
    long busyNanos() {
        long since = busySince.get();
        return since == 0 ? 0 : Math.max(0, nanoTime.getAsLong() - since);
    }

    /** Closes everything and ends the thread. */
    void stop() {
        stopping = true;
        if (lookup != null) {
            lookup.stop();
        }
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

    /** Closes the listener: new connections are refused. */
    void closeListener() {
        run(this::closeServer);
    }

    private void closeServer() {
        close(server);
    }

    /** Closes a connection. Called on the loop's thread. */
    void close(AmpConnection connection) {
        SelectionKey key = connections.remove(connection);
        if (key == null) {
            return;
        }
        if (lookup != null) {
            lookup.remove(connection);
        }
        key.cancel();
        close(connection.channel());
        receiver().lost(connection);
    }

    /** Closes a connection that broke the protocol, and counts it. Called on the loop's thread. */
    void refuse(AmpConnection connection, String reason, String why) {
        noteClosed(connection, why);
        receiver().refused(reason);
        close(connection);
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
                busySince.lazySet(0);
                wokeAt = 0;
                selector.select(this::ready, millisUntilDue(nanoTime.getAsLong()));
                atWork();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    attempt(task);
                    atWork();
                }
                look();
                receiver().roundOver(nanoTime.getAsLong() - wokeAt);
            }
        } catch (IOException e) {
            log.error(
                    "AMP listener: I/O error, the link to the game is down until the portal is"
                            + " restarted",
                    e);
        } finally {
            closeAll();
        }
    }

    private void closeAll() {
        new ArrayList<>(connections.keySet()).forEach(this::close);
        closeServer();
        close(selector);
    }

    /** Milliseconds to wait for I/O at most. */
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

    /** Notes that the next task or read begins. */
    private void atWork() {
        long now = nanoTime.getAsLong();
        busySince.lazySet(now);
        wokeAt = wokeAt == 0 ? now : wokeAt;
    }

    private void ready(SelectionKey key) {
        atWork();
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
                log.warn("AMP listener: accept failed, retrying: {}", e.getMessage());
            }
            acceptFailed = true;
            accepting.interestOps(0); // it would fail again at once; the next tick retries
        }
    }

    private void add(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            AmpConnection connection = new AmpConnection(channel, selector::wakeup, nanoTime);
            connections.put(connection, channel.register(selector, 0, connection));
            if (lookup == null) {
                admit(connection, false);
            } else {
                lookup.add(connection, pair(channel));
                if (areManyUnknown()) {
                    accepting.interestOps(0);
                }
            }
        } catch (IOException e) {
            channel.close();
            log.debug("AMP connection: setup failed, closed", e);
        }
    }

    /**
     * Whether new connections wait unaccepted for now, so that users who may not connect cannot
     * push out those who may.
     */
    private boolean areManyUnknown() {
        return lookup != null && lookup.unknown() >= MAX_UNPROVEN;
    }

    private static Peers.Pair pair(SocketChannel channel) throws IOException {
        return new Peers.Pair(
                (InetSocketAddress) channel.getRemoteAddress(),
                (InetSocketAddress) channel.getLocalAddress());
    }

    // Which user a peer belongs to.

    private void found(AmpConnection connection, Peers.Owner owner) {
        decide(connection, owner);
        if (!acceptFailed) {
            acceptAgain();
        }
    }

    private void acceptAgain() {
        if (accepting.isValid() && !areManyUnknown()) {
            accepting.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private void decide(AmpConnection connection, Peers.Owner owner) {
        switch (owner) {
            case Peers.User(long uid) -> {
                if (receiver().admits(uid)) {
                    admit(connection, true);
                    return;
                }
                otherUsers.log(
                        others ->
                                log.warn(
                                        "AMP connection of user {} refused: the game and its"
                                                + " launcher run as the portal's user, or as the"
                                                + " owner of evennia.game_dir (docs/security.md){}",
                                        uid,
                                        others));
                receiver().refused("amp_other_user");
                close(connection);
            }
            case Peers.Unknown() -> admit(connection, false);
            case Peers.Gone() -> close(connection);
        }
    }

    private void admit(AmpConnection connection, boolean ofOwnUser) {
        connection.admit(ofOwnUser);
        limit(Role.UNPROVEN, MAX_UNPROVEN);
    }

    // Reading.

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
                receiver().received(connection, box);
                if (!connections.containsKey(connection)) {
                    return; // this box has closed it
                }
            }
        } catch (MalformedException e) {
            refuse(connection, "amp", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            close(connection);
        }
    }

    /**
     * One log line for each game or launcher, but a bounded number for unproven connections, which
     * cost a peer nothing.
     */
    private void noteClosed(AmpConnection connection, String why) {
        if (connection.role() == Role.UNPROVEN) {
            strangers.log(others -> log.info("AMP connection closed: {}{}", why, others));
        } else {
            log.warn("AMP connection of the {} closed: {}", connection.role().text(), why);
        }
    }

    /**
     * Ticks, closes broken and late connections, and writes what has waited for the end of the
     * round.
     */
    private void look() {
        long now = nanoTime.getAsLong();
        if (now - tickedAt >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
            tickedAt = now;
            acceptAgain();
            attempt(() -> receiver().tick(now));
        }
        for (AmpConnection connection : new ArrayList<>(connections.keySet())) {
            SelectionKey key = connections.get(connection);
            Long since = connection.waitingSince();
            if (connection.isBroken()) {
                close(connection);
            } else if (connection.role() == Role.UNPROVEN
                    && now - connection.openedAt() > UNPROVEN_NANOS) {
                receiver().refused("amp_unproven");
                close(connection);
            } else if (since != null && now - since >= ANSWER_NANOS) {
                connection.flush();
            } else {
                connection.roundOver();
            }
            if (key != null && key.isValid()) {
                key.interestOps(
                        (connection.isReadable() ? SelectionKey.OP_READ : 0)
                                | (connection.isFull() ? SelectionKey.OP_WRITE : 0));
            }
        }
    }

    private void limit(Role role, int most) {
        List<AmpConnection> all =
                connections(role).stream().filter(AmpConnection::isAdmitted).toList();
        for (int i = 0; i < all.size() - most; i++) {
            receiver().refused("amp_unproven");
            close(all.get(i));
        }
    }

    private static void close(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            log.debug("AMP: closing {} failed", open, e);
        }
    }

    /** Keeps a bug of ours from ending the link. */
    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("AMP link: internal error, the link stays up", e);
        }
    }
}
