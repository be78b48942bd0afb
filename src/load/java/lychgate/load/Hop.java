package lychgate.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import lychgate.nats.NatsServer;
import lychgate.peers.Distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a hop over NATS costs: round trips with the demo game in the portal's own process,
 * and by turns with the demo game of another portal, which takes them over NATS.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.Hop target/dist 5
 * }</pre>
 *
 * The arguments: the distribution, the seconds of each measurement.
 */
public final class Hop {
    /** Until four processes have compiled what they do, on two cores. */
    private static final int WARM_UP_SECONDS = 30;

    private static final int ROUNDS = 3;

    private Hop() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Path binary = Path.of(arguments[0], "bin/lychgate").toAbsolutePath();
        int seconds = Integer.parseInt(arguments[1]);
        try (NatsServer nats = NatsServer.started();
                RunningRealm realm =
                        new RunningRealm(binary, List.of(nats), 1, RunningRealm.Served.DEMO);
                Distribution alone = Distribution.inNewHome(binary)) {
            RunningRealm.withoutLimits(alone).start();
            List<Distribution> far = List.of(realm.portals().getFirst(), realm.game());
            for (int clients : List.of(100, 1)) { // many first: they have all of it compiled
                measure("warm-up", clients, WARM_UP_SECONDS, List.of(alone));
                measure("warm-up", clients, WARM_UP_SECONDS, far);
                double inProcess = 0;
                double overNats = 0;
                for (int i = 0; i < ROUNDS; i++) {
                    inProcess += measure("in process", clients, seconds, List.of(alone));
                    overNats += measure("over NATS", clients, seconds, far);
                }
                System.out.println(
                        String.format(
                                Locale.ROOT,
                                "clients=%d: over NATS %.2f of the rate in process",
                                clients,
                                overNats / inProcess));
            }
        }
        System.exit(0);
    }

    /**
     * Measures with clients of the first of these portals; shows the CPU time of each of them.
     *
     * @return round trips a second
     */
    @CanIgnoreReturnValue
    private static double measure(String name, int clients, int seconds, List<Distribution> portals)
            throws IOException {
        List<Observed> processes = portals.stream().map(each -> new Observed(each.pid())).toList();
        try (Crowd crowd = new Crowd(portals.getFirst().port("telnet"), Speech.TELNET)) {
            crowd.connect(clients);
            crowd.login();
            List<Double> before = cpu(processes);
            long start = System.nanoTime();
            long[] latencies = crowd.roundTrips(TimeUnit.SECONDS.toNanos(seconds));
            double elapsed = (System.nanoTime() - start) / 1e9;
            List<Double> after = cpu(processes);
            Arrays.sort(latencies);
            StringBuilder each = new StringBuilder();
            for (int i = 0; i < before.size(); i++) {
                double spent = after.get(i) - before.get(i);
                each.append(String.format(Locale.ROOT, " %.1fus", spent * 1e6 / latencies.length));
            }
            double rate = latencies.length / elapsed;
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "%-10s clients=%d rate=%.0f/s p50=%.3fms p99=%.3fms cpu/trip=%s",
                            name,
                            clients,
                            rate,
                            latencies[latencies.length / 2] / 1e6,
                            latencies[(int) (latencies.length * 0.99)] / 1e6,
                            each));
            return rate;
        }
    }

    private static List<Double> cpu(List<Observed> processes) throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (Observed process : processes) {
            seconds.add(process.cpuSeconds());
        }
        return seconds;
    }
}
