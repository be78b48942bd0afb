package lychgate.load;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Runs load tests against the demo game with many clients, and prints one line per measurement.
 *
 * <pre>{@code
 * java -cp target/test-classes lychgate.load.Load PORT PID rtt 100 5      round trips of 100 clients, 5 s
 * java -cp target/test-classes lychgate.load.Load PORT PID shout 1000 20  20 shouts to 1,000 clients
 * java -cp target/test-classes lychgate.load.Load PORT PID idle 2000 5    memory of 2,000 idle connections
 * java -cp target/test-classes lychgate.load.Load PORT PID idle-mccp 2000 5  the same, compressed
 * java -cp target/test-classes lychgate.load.Load PORT PID connect 1000   1,000 connects at once
 * java -cp target/test-classes lychgate.load.Load WEB_PORT PID websocket rtt 100 5     the same over WebSockets
 * java -cp target/test-classes lychgate.load.Load WEB_PORT PID resumable idle 1000 5   by clients that may come back
 * java -cp target/test-classes lychgate.load.Load WEB_PORT PID return 1000             1,000 of them come back at once
 * java -cp target/test-classes lychgate.load.Load WEB_PORT PID polls 600 5             600 AJAX clients that wait
 * }</pre>
 *
 * The portal's limits must be off: {@code --set limits.connections_per_address=0 --set
 * limits.connections_per_second_per_address=0 --set limits.commands_per_second=0}.
 */
public final class Load {
    private static final int WARM_UP_SECONDS = 3;

    /** Clients that connect at once, unless connecting is what is measured. */
    private static final int PORTION = 50;

    private final Crowd crowd;
    private final Observed portal;

    private Load(Crowd crowd, Observed portal) {
        this.crowd = crowd;
        this.portal = portal;
    }

    /** Runs one measurement. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        Observed portal = new Observed(Long.parseLong(arguments[1]));
        Speech speech =
                switch (arguments[2]) {
                    case "websocket" -> Speech.WEBSOCKET;
                    case "resumable" -> Speech.RESUMABLE;
                    default -> Speech.TELNET;
                };
        int first = speech.equals(Speech.TELNET) ? 2 : 3;
        int clients = Integer.parseInt(arguments[first + 1]);
        int extent = arguments.length > first + 2 ? Integer.parseInt(arguments[first + 2]) : 5;
        try (Crowd crowd = new Crowd(port, speech)) {
            Load load = new Load(crowd, portal);
            switch (arguments[first]) {
                case "return" -> Returns.measure(port, clients);
                case "polls" -> HeldPolls.measure(port, portal, clients, extent);
                case "rtt" -> load.roundTrips(clients, extent);
                case "shout" -> load.shouts(clients, extent);
                case "idle" -> load.idle(clients, extent, false);
                case "idle-mccp" -> load.idle(clients, extent, true);
                case "connect" -> load.connects(clients);
                default -> throw new IllegalArgumentException(arguments[first]);
            }
        }
    }

    private void roundTrips(int clients, int seconds) throws IOException {
        crowd.connect(clients);
        crowd.login();
        crowd.roundTrips(TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS));
        double cpu = portal.cpuSeconds();
        long start = System.nanoTime();
        long[] latencies = crowd.roundTrips(TimeUnit.SECONDS.toNanos(seconds));
        double elapsed = (System.nanoTime() - start) / 1e9;
        double spent = portal.cpuSeconds() - cpu;
        Arrays.sort(latencies);
        print(
                "rtt clients=%d rate=%.0f/s p50=%.3fms p99=%.3fms cpu=%.1fus/trip",
                clients,
                latencies.length / elapsed,
                percentile(latencies, 0.50),
                percentile(latencies, 0.99),
                spent * 1e6 / latencies.length);
    }

    private void shouts(int clients, int times) throws IOException, InterruptedException {
        for (int left = clients; left > 0; left -= PORTION) {
            crowd.connect(Math.min(left, PORTION)); // Evennia's Portal serves no more at once
        }
        crowd.login();
        long[] taken = new long[times];
        for (int i = 0; i < times; i++) {
            Thread.sleep(300);
            taken[i] = crowd.shout();
        }
        long[] warm = Arrays.copyOfRange(taken, times / 4, times);
        Arrays.sort(warm);
        print(
                "shout clients=%d times=%d last-heard p50=%.2fms best=%.2fms worst=%.2fms",
                clients,
                warm.length,
                percentile(warm, 0.5),
                percentile(warm, 0),
                percentile(warm, 1));
    }

    private void idle(int clients, int seconds, boolean compressed)
            throws IOException, InterruptedException {
        Thread.sleep(2_000);
        long before = portal.rssKib();
        crowd.connect(clients);
        if (compressed) {
            crowd.compress();
        }
        crowd.idle(TimeUnit.SECONDS.toNanos(seconds));
        long after = portal.rssKib();
        double cpu = portal.cpuSeconds();
        crowd.idle(TimeUnit.SECONDS.toNanos(seconds));
        print(
                "idle clients=%d rss=%dMiB each=%.1fKiB cpu=%.2f%%",
                clients,
                after / 1024,
                (double) (after - before) / clients,
                100 * (portal.cpuSeconds() - cpu) / seconds);
    }

    private void connects(int clients) throws IOException {
        double cpu = portal.cpuSeconds();
        long taken = crowd.connect(clients);
        print(
                "connect clients=%d all-served=%.2fs cpu=%.2fms each",
                clients, taken / 1e9, (portal.cpuSeconds() - cpu) * 1e3 / clients);
    }

    private static double percentile(long[] sortedNanos, double part) {
        int at = (int) Math.min(sortedNanos.length - 1L, (long) (part * sortedNanos.length));
        return sortedNanos[at] / 1e6;
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
