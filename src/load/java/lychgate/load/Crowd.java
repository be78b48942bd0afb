package lychgate.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many clients on one thread. They search their input only for a mark, the end of the output they
 * wait for.
 */
final class Crowd implements AutoCloseable {
    /**
     * Clients per source address when limits are off: Linux has 28,000 ephemeral ports for each.
     */
    private static final int PER_ADDRESS = 10_000;

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final int port;
    private final Speech speech;
    private final int perAddress;
    private final int firstAddress;
    private final Selector selector = Selector.open();
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final byte[] bytes = new byte[64 * 1024];
    private final AtomicInteger gone = new AtomicInteger();

    Crowd(int port, Speech speech) throws IOException {
        this(port, speech, PER_ADDRESS);
    }

    /** With at most this many clients per source address. */
    Crowd(int port, Speech speech, int perAddress) throws IOException {
        this(port, speech, perAddress, 2);
    }

    /**
     * @param firstAddress the last part of the first address from which clients come: of crowds in
     *     several processes, each has its own
     */
    Crowd(int port, Speech speech, int perAddress, int firstAddress) throws IOException {
        this.port = port;
        this.speech = speech;
        this.perAddress = perAddress;
        this.firstAddress = firstAddress;
    }

    /** One client, and how much of the mark it has matched. */
    private static final class Client {
        private final SocketChannel channel;
        private byte[] mark = {};
        private int seen;
        private int marks;
        private long sentAt;
        private final Deque<Long> unanswered = new ArrayDeque<>(1); // when they were sent

        Client(SocketChannel channel) {
            this.channel = channel;
        }

        void await(String words) {
            mark = words.getBytes(StandardCharsets.US_ASCII);
            seen = 0;
            marks = 0;
        }

        void send(ByteBuffer line) throws IOException {
            sentAt = System.nanoTime();
            while (line.hasRemaining()) {
                channel.write(line);
            }
        }

        /** The number of marks that end in the read data. */
        int look(byte[] read, int length) {
            int found = 0;
            for (int i = 0; i < length; i++) {
                if (read[i] == mark[seen]) {
                    if (++seen == mark.length) {
                        seen = 0;
                        found++;
                    }
                } else {
                    seen = read[i] == mark[0] ? 1 : 0;
                }
            }
            marks += found;
            return found;
        }
    }

    /** Called when a client has seen its mark. */
    private interface Seen {
        void by(Client client) throws IOException;
    }

    /** Connects more clients at once. Returns the time until all have seen the login screen. */
    long connect(int count) throws IOException {
        long start = System.nanoTime();
        int before = clients.size();
        for (int i = before; i < before + count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress(address(firstAddress + i / perAddress), 0));
            Client client = new Client(channel);
            client.await(speech.greeted());
            clients.add(client);
            boolean at = channel.connect(new InetSocketAddress(address(1), port));
            channel.register(selector, at ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, client);
            if (at) {
                client.send(ByteBuffer.wrap(speech.hello()));
            }
        }
        await(clients.subList(before, clients.size()));
        return System.nanoTime() - start;
    }

    /** Logs all clients in as guests. */
    void login() throws IOException {
        int portion = 50; // otherwise every arrival is announced to everybody
        for (int from = 0; from < clients.size(); from += portion) {
            List<Client> some = clients.subList(from, Math.min(clients.size(), from + portion));
            for (Client client : some) {
                client.await("Exits");
                client.send(line("guest"));
            }
            await(some);
        }
    }

    /** Each enables compression (MCCP2) and requests some output. */
    void compress() throws IOException {
        for (Client client : clients) {
            client.send(ByteBuffer.wrap(new byte[] {(byte) 255, (byte) 253, 86}));
            client.send(line("help"));
        }
    }

    /** Each sends a line, waits for the answer, and sends the next. Returns the latencies. */
    long[] roundTrips(long nanos) throws IOException {
        ByteBuffer line = line("echo #");
        long[] latencies = new long[1 << 20];
        int[] count = {0};
        long[][] all = {latencies};
        for (Client client : clients) {
            client.await("#");
            client.send(line.duplicate());
        }
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            turn(
                    client -> {
                        if (count[0] == all[0].length) {
                            all[0] = Arrays.copyOf(all[0], 2 * count[0]);
                        }
                        all[0][count[0]++] = System.nanoTime() - client.sentAt;
                        client.send(line.duplicate());
                    });
        }
        for (Client client : clients) {
            client.marks = 0;
        }
        awaitAll();
        return Arrays.copyOf(all[0], count[0]);
    }

    /** The first client shouts. Returns the time until the last has received it. */
    long shout() throws IOException {
        clients.forEach(client -> client.await("@"));
        long start = System.nanoTime();
        clients.getFirst().send(line("shout @"));
        awaitAll();
        return System.nanoTime() - start;
    }

    /**
     * The first clients type a line each second, each at a moment of its own; all others read.
     * Returns the latencies, and throws if a line is not answered by a line.
     */
    long[] types(int count, int seconds) throws IOException {
        long second = 1_000_000_000L;
        long start = System.nanoTime();
        int total = count * seconds;
        long[] latencies = new long[total];
        int[] answered = {0};
        int typed = 0;
        clients.subList(0, count).forEach(typist -> typist.await("\n"));
        while (answered[0] < total) {
            long due = (System.nanoTime() - start) * count / second;
            for (; typed < Math.min(due, total); typed++) {
                Client client = clients.get(typed % count);
                client.send(line("p" + typed % count + " " + (1 + typed / count)));
                client.unanswered.add(client.sentAt);
            }
            turn(
                    client -> {
                        for (; client.marks > 0; client.marks--) {
                            Long sentAt = client.unanswered.poll();
                            if (sentAt != null) {
                                latencies[answered[0]++] = System.nanoTime() - sentAt;
                            }
                        }
                    },
                    1);
            if (System.nanoTime() - start > seconds * second + PATIENCE_NANOS) {
                throw new IOException(total - answered[0] + " of " + total + " lines unanswered");
            }
        }
        return latencies;
    }

    /** All wait for a word of the game. */
    void listen(String word) {
        clients.forEach(client -> client.await(word));
    }

    /** The first types a line. Returns when. */
    long says(String words) throws IOException {
        clients.getFirst().send(line(words));
        return System.nanoTime();
    }

    /** Waits until all have heard what they {@link #listen} for. Returns when. */
    long allHeard() throws IOException {
        awaitAll();
        return System.nanoTime();
    }

    /** Only reads. */
    void idle(long nanos) throws IOException {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            turn(_ -> {});
        }
    }

    /** Number of clients that the portal has disconnected. */
    int gone() {
        return gone.get();
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }

    private void awaitAll() throws IOException {
        await(clients);
    }

    private void await(List<Client> some) throws IOException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        int[] left = {some.size()};
        while (left[0] > 0) {
            turn(
                    client -> {
                        if (client.marks == 1) {
                            left[0]--;
                        }
                        client.marks = 2;
                    });
            if (gone.get() > 0) {
                throw new IOException(gone.get() + " clients were disconnected");
            }
            if (System.nanoTime() > until) {
                throw new IOException(left[0] + " of " + some.size() + " still wait");
            }
        }
    }

    private void turn(Seen seen) throws IOException {
        turn(seen, 100);
    }

    private void turn(Seen seen, long mostMillis) throws IOException {
        selector.select(
                key -> {
                    try {
                        ready(key, seen);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                mostMillis);
    }

    private void ready(SelectionKey key, Seen seen) throws IOException {
        Client client = (Client) key.attachment();
        if (key.isConnectable()) {
            client.channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            client.send(ByteBuffer.wrap(speech.hello()));
            return;
        }
        buffer.clear();
        int length = read(client);
        if (length < 0) {
            gone.incrementAndGet();
            client.channel.close();
            return;
        }
        buffer.flip().get(bytes, 0, length);
        if (client.look(bytes, length) > 0) {
            seen.by(client);
        }
    }

    private int read(Client client) {
        try {
            return client.channel.read(buffer);
        } catch (IOException e) {
            return -1; // reset
        }
    }

    private static InetAddress address(int last) {
        return InetAddress.ofLiteral("127.0." + (last >> 8) + "." + (last & 255));
    }

    private ByteBuffer line(String words) {
        return ByteBuffer.wrap(speech.line().apply(words));
    }
}
