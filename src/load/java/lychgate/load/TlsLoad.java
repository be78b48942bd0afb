package lychgate.load;

import lychgate.TrustsEverybody;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLSocket;

/**
 * Measures TLS connections to the demo game, and prints one line per measurement.
 *
 * <pre>{@code
 * java -cp target/test-classes lychgate.load.TlsLoad PORT PID handshakes 8 10  full handshakes of 8 clients, 10 s
 * java -cp target/test-classes lychgate.load.TlsLoad PORT PID idle 1000 5      memory of 1,000 idle sessions
 * }</pre>
 *
 * PORT is that of {@code telnet-tls}. The limits must be off, as for {@link Load}.
 */
public final class TlsLoad {
    /** Concurrent handshakes while idle sessions are opened. */
    private static final int AT_A_TIME = 16;

    private static final int WARM_UP_SECONDS = 3;

    private final int port;
    private final Observed portal;

    private TlsLoad(int port, Observed portal) {
        this.port = port;
        this.portal = portal;
    }

    /** Runs one measurement. */
    public static void main(String[] arguments) throws Exception {
        TlsLoad load =
                new TlsLoad(
                        Integer.parseInt(arguments[0]), new Observed(Long.parseLong(arguments[1])));
        int clients = Integer.parseInt(arguments[3]);
        int seconds = Integer.parseInt(arguments[4]);
        switch (arguments[2]) {
            case "handshakes" -> load.handshakes(clients, seconds);
            case "idle" -> load.idle(clients, seconds);
            default -> throw new IllegalArgumentException(arguments[2]);
        }
    }

    /** Each client repeatedly connects, reads the first byte and closes. */
    private void handshakes(int clients, int seconds) throws Exception {
        repeat(clients, WARM_UP_SECONDS);
        double cpu = portal.cpuSeconds();
        long start = System.nanoTime();
        int done = repeat(clients, seconds);
        double elapsed = (System.nanoTime() - start) / 1e9;
        print(
                "handshakes clients=%d rate=%.0f/s cpu=%.2fms each",
                clients, done / elapsed, (portal.cpuSeconds() - cpu) * 1e3 / done);
    }

    private int repeat(int clients, int seconds) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        AtomicInteger done = new AtomicInteger();
        atOnce(
                clients,
                clients,
                () -> {
                    while (System.nanoTime() < until) {
                        connect().close();
                        done.incrementAndGet();
                    }
                });
        return done.get();
    }

    private void idle(int clients, int seconds) throws Exception {
        for (int i = 0; i < 2 * AT_A_TIME; i++) {
            connect().close();
        }
        TimeUnit.SECONDS.sleep(seconds);
        long before = portal.rssKib();
        ConcurrentLinkedQueue<SSLSocket> all = new ConcurrentLinkedQueue<>();
        atOnce(clients, AT_A_TIME, () -> all.add(connect()));
        TimeUnit.SECONDS.sleep(seconds);
        long after = portal.rssKib();
        print(
                "idle clients=%d rss=%dMiB each=%.1fKiB",
                clients, after / 1024, (double) (after - before) / clients);
        for (SSLSocket socket : all) {
            socket.close();
        }
    }

    /** What one client does. */
    private interface Client {
        void run() throws IOException;
    }

    private static void atOnce(int times, int threads, Client client) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                all.add(
                        pool.submit(
                                () -> {
                                    client.run();
                                    return null;
                                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    /** A new context has no session to resume, so each handshake is a full one. */
    private SSLSocket connect() throws IOException {
        Socket plain = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        plain.setTcpNoDelay(true);
        SSLSocket socket =
                (SSLSocket)
                        TrustsEverybody.context()
                                .getSocketFactory()
                                .createSocket(plain, "localhost", port, true);
        socket.startHandshake();
        if (socket.getInputStream().read() < 0) {
            throw new IOException("nothing but the end came");
        }
        return socket;
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
