package lychgate.load;

import lychgate.admin.AdminClient;
import lychgate.admin.AdminClient.Form;
import lychgate.admin.Answer;
import lychgate.nats.NatsServer;
import lychgate.peers.Distribution;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Fills several portals with telnet sessions, all of them in one game, of which one in a hundred
 * types a line each second; then one shouts. Prints what each process uses, how soon lines are
 * answered, when the last has heard the shout, and how long the operator waits for the list of all
 * sessions; fails if not all are served.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.FullHouse target/dist 6 17000
 * }</pre>
 *
 * The arguments: the distribution, the number of portals, the sessions of each. The clients of each
 * portal are a process of their own, as descriptors are limited.
 */
public final class FullHouse {
    private static final int SECONDS = 10;
    private static final int ONE_IN = 100;
    private static final int PORTION = 500;
    private static final String WORD = "@";

    /** Clients of one address: fewer than it has ports. */
    private static final int PER_ADDRESS = 4_000;

    /** Addresses of one process. */
    private static final int ADDRESSES = 8;

    private FullHouse() {}

    /** The clients of one portal, in another process. */
    private record Clients(Process process, BufferedReader from, BufferedWriter to) {
        static Clients of(int port, int firstAddress) throws IOException {
            Process process =
                    new ProcessBuilder(
                                    ProcessHandle.current().info().command().orElse("java"),
                                    "-Xmx1g",
                                    "-cp",
                                    System.getProperty("java.class.path", ""),
                                    FullHouse.class.getName(),
                                    Integer.toString(port),
                                    Integer.toString(firstAddress))
                            .redirectError(Redirect.INHERIT)
                            .start();
            return new Clients(process, process.inputReader(), process.outputWriter());
        }

        void order(String words) throws IOException {
            to.write(words + "\n");
            to.flush();
        }

        long[] answer() throws IOException {
            String line = from.readLine();
            if (line == null) {
                throw new IOException("clients have failed");
            }
            return Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        }
    }

    /** Runs it; or, given a port and an address, the clients of the portal there. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            serve(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
            return;
        }
        Path binary = Path.of(arguments[0], "bin/lychgate").toAbsolutePath();
        int portals = Integer.parseInt(arguments[1]);
        int sessions = Integer.parseInt(arguments[2]);
        List<Clients> all = new ArrayList<>();
        try (NatsServer nats = NatsServer.started();
                RunningRealm realm =
                        new RunningRealm(
                                binary, List.of(nats), portals, RunningRealm.Served.RECORDING)) {
            print("nothing", realm);
            long start = System.nanoTime();
            for (Distribution portal : realm.portals()) {
                int firstAddress = 2 + ADDRESSES * all.size();
                Clients clients = Clients.of(portal.port("telnet"), firstAddress);
                all.add(clients);
                clients.order("connect " + sessions);
                clients.answer();
            }
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "%d sessions, connected in %.1f s",
                            portals * sessions,
                            (System.nanoTime() - start) / 1e9));
            print("idle", realm);
            List<Double> before = cpu(realm);
            long[] latencies = told(all, "type " + sessions / ONE_IN);
            List<Double> after = cpu(realm);
            Arrays.sort(latencies);
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "lines=%d p50=%.2fms p99=%.2fms",
                            latencies.length,
                            latencies[latencies.length / 2] / 1e6,
                            latencies[(int) (latencies.length * 0.99)] / 1e6));
            for (int i = 0; i < before.size(); i++) {
                System.out.println(
                        String.format(
                                Locale.ROOT,
                                "%s cpu=%.1f%% of a core",
                                i == 0 ? "game" : "portal " + i,
                                (after.get(i) - before.get(i)) * 100 / SECONDS));
            }
            told(all, "listen");
            all.getFirst().order("shout");
            long shouted = all.getFirst().answer()[0];
            long heard = LongStream.of(told(all, "heard")).max().orElseThrow();
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "shout: the last of %d has it after %.0f ms",
                            portals * sessions,
                            (heard - shouted) / 1e6));
            for (String command : List.of("status", "sessions")) {
                askAll(command, realm);
            }
            System.out.println("the last portal is frozen:");
            realm.portals().getLast().freeze();
            askAll("sessions", realm);
            realm.portals().getLast().thaw();
            print("at the end", realm);
        } finally {
            all.forEach(clients -> clients.process().destroyForcibly());
        }
        System.exit(0);
    }

    /** Gives a portal with players a command to all, and prints what it takes. */
    private static void askAll(String command, RunningRealm realm) throws IOException {
        Distribution asked = realm.portals().getFirst();
        Observed process = new Observed(asked.pid());
        for (Form form : List.of(Form.TEXT, Form.JSON)) {
            long before = process.rssKib();
            process.forgetPeak();
            long start = System.nanoTime();
            Answer answer =
                    AdminClient.askAll(asked.home().resolve("var"), command, List.of(), form);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "%s --all%s: %d rows in %.2f s; memory of the portal asked: %d MiB,"
                                    + " at most %d MiB%s",
                            command,
                            form == Form.JSON ? " --json" : "",
                            rows(answer),
                            seconds,
                            before / 1024,
                            process.peakKib() / 1024,
                            answer.missing().isEmpty() ? "" : "; " + answer.missing()));
        }
    }

    private static long rows(Answer answer) {
        return answer.json() instanceof List<?> rows
                ? rows.size()
                : answer.text().lines().count() - 1; // without the headings
    }

    private static long[] told(List<Clients> all, String order) throws IOException {
        for (Clients clients : all) {
            clients.order(order);
        }
        LongStream answers = LongStream.empty();
        for (Clients clients : all) {
            answers = LongStream.concat(answers, LongStream.of(clients.answer()));
        }
        return answers.toArray();
    }

    private static List<Distribution> processes(RunningRealm realm) {
        List<Distribution> all = new ArrayList<>(List.of(realm.game()));
        all.addAll(realm.portals());
        return all;
    }

    private static void print(String when, RunningRealm realm) throws IOException {
        StringBuilder row = new StringBuilder("memory, " + when + ":");
        for (Distribution each : processes(realm)) {
            row.append(each.equals(realm.game()) ? " game " : " portal ")
                    .append(new Observed(each.pid()).rssKib() / 1024)
                    .append(" MiB");
        }
        System.out.println(row);
    }

    private static List<Double> cpu(RunningRealm realm) throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (Distribution each : processes(realm)) {
            seconds.add(new Observed(each.pid()).cpuSeconds());
        }
        return seconds;
    }

    /** Does what it is told on standard input, with clients of a portal. */
    private static void serve(int port, int firstAddress) throws IOException {
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Crowd crowd = new Crowd(port, Speech.RECORDED, PER_ADDRESS, firstAddress)) {
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                String[] words = line.split(" ", -1);
                int number = words.length > 1 ? Integer.parseInt(words[1]) : 0;
                System.out.println(
                        switch (words[0]) {
                            case "connect" -> connect(crowd, number);
                            case "type" -> joined(crowd.types(number, SECONDS));
                            case "listen" -> {
                                crowd.listen(WORD);
                                yield "0";
                            }
                            case "shout" -> crowd.says(RecordingGame.SHOUT + WORD);
                            case "heard" -> crowd.allHeard();
                            default -> throw new IllegalArgumentException(line);
                        });
            }
        }
    }

    private static String connect(Crowd crowd, int count) throws IOException {
        for (int left = count; left > 0; left -= PORTION) {
            crowd.connect(Math.min(left, PORTION));
        }
        return Integer.toString(count);
    }

    private static String joined(long[] numbers) {
        return String.join(" ", LongStream.of(numbers).mapToObj(Long::toString).toList());
    }
}
