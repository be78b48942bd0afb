package lychgate.load;

import lychgate.nats.NatsServer;
import lychgate.peers.Distribution;
import lychgate.peers.Wait;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Checks that no line is lost between two portals with players and the portal that serves the game,
 * while each process in turn is killed or frozen, and NATS is out of reach. Prints a row for each
 * fault; the exit status is 1 if a line was lost, done out of order, or done again though it had
 * been answered.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.ManyPortals target/dist 1000 10
 * }</pre>
 *
 * The arguments: the distribution, the number of players, the lines that each types in a second.
 */
public final class ManyPortals {
    private static final long FAULT_MILLIS = 5_000;
    private static final long DOWN_MILLIS = 2_000;
    private static final long REST_MILLIS = 1_000;

    /** How long after a fault everything must be answered. */
    private static final long RECOVERY_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** How long the sessions of a portal that has died may stay at the game. */
    private static final Duration DEAD = Duration.ofSeconds(20);

    private static final long LOOK_MILLIS = 20;

    private static final String AWAY =
            "The game is away for a moment. What you type is kept, and done when it is back.";

    /** Of whoever types more than the portal holds for a game that is away. */
    private static final String STILL_AWAY =
            "The game is still away: what you type now is read when it is back.";

    private final RunningRealm realm;
    private final List<Typist> typists = new ArrayList<>();
    private final Map<String, Long> begun = new LinkedHashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();

    private ManyPortals(RunningRealm realm) {
        this.realm = realm;
    }

    /** Something that happens to a process. */
    private interface Fault {
        void happens() throws IOException, InterruptedException;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        if (!Namespace.isHere() && Namespace.isPossible()) {
            System.exit(Namespace.run(ManyPortals.class, arguments));
        }
        Path binary = Path.of(arguments[0], "bin/lychgate").toAbsolutePath();
        Set<String> faults;
        try (RunningRealm realm = new RunningRealm(binary, 2)) {
            ManyPortals test = new ManyPortals(realm);
            test.play(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            faults = test.faults;
        }
        faults.forEach(System.out::println);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private void play(int players, int linesPerSecond) throws IOException, InterruptedException {
        long pace = TimeUnit.SECONDS.toNanos(1) / linesPerSecond;
        for (int i = 0; i < players; i++) {
            Distribution portal = realm.portals().get(i % realm.portals().size());
            String from = "127.0.1." + (1 + i % 200);
            typists.add(new Typist("p" + i, portal.port("telnet"), from, pace));
        }
        for (Typist typist : typists) {
            typist.begin();
        }
        NatsServer one = realm.servers().getFirst();
        NatsServer other = realm.servers().getLast();
        Distribution game = realm.game();
        Distribution portal = realm.portals().getFirst();
        fault("nothing", () -> Thread.sleep(DOWN_MILLIS));
        for (NatsServer server : List.of(one, other)) {
            fault(
                    "kill -9 of a nats-server",
                    () -> {
                        server.kill();
                        Thread.sleep(DOWN_MILLIS);
                        server.start();
                    });
        }
        fault(
                "kill -9 of the game",
                () -> {
                    game.kill();
                    game.start();
                });
        fault("SIGSTOP of the nats-server in use", () -> lasting(one::freeze, one::thaw));
        fault("SIGSTOP of the game", () -> lasting(game::freeze, game::thaw));
        fault("SIGSTOP of a portal", () -> lasting(portal::freeze, portal::thaw));
        if (Namespace.isHere()) {
            fault("packets of NATS dropped", () -> lasting(this::cut, Namespace::heal));
        } else {
            System.out.println("no network namespace here: both nats-servers are frozen instead");
            fault("SIGSTOP of both nats-servers", () -> lasting(this::freeze, this::thaw));
        }
        require(typists.stream().noneMatch(Typist::gone), "a player was disconnected");
        fault(
                "kill -9 of a portal",
                () -> {
                    portal.kill();
                    portal.start();
                });
        typists.forEach(Typist::pause);
        begun.put("", System.nanoTime());
        report();
    }

    private void cut() throws IOException, InterruptedException {
        Namespace.drop(realm.servers().stream().map(NatsServer::port).toList());
    }

    private void freeze() {
        realm.servers().forEach(NatsServer::freeze);
    }

    private void thaw() {
        realm.servers().forEach(NatsServer::thaw);
    }

    private static void lasting(Fault begin, Fault end) throws IOException, InterruptedException {
        begin.happens();
        Thread.sleep(FAULT_MILLIS);
        end.happens();
    }

    /** Does something, and waits until all that was typed meanwhile has been answered. */
    private void fault(String name, Fault fault) throws IOException, InterruptedException {
        begun.put(begun.size() + " " + name, System.nanoTime());
        System.err.println(name);
        int[] before = typists.stream().mapToInt(typist -> typist.notices().size()).toArray();
        fault.happens();
        long over = System.nanoTime();
        while (!typists.stream().allMatch(each -> each.gone() || each.answeredUntil(over))) {
            if (System.nanoTime() - over > RECOVERY_NANOS) {
                faults.add(name + ": not all lines were answered within a minute");
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        Thread.sleep(REST_MILLIS);
        for (int i = 0; i < before.length; i++) {
            List<String> notices = typists.get(i).notices();
            List<String> since = notices.subList(before[i], notices.size());
            require(
                    List.of(AWAY, STILL_AWAY).subList(0, Math.min(2, since.size())).equals(since),
                    name + ": players are shown " + since);
        }
    }

    private void report() throws IOException, InterruptedException {
        Map<String, Integer> notices = new TreeMap<>();
        int stayed = 0;
        for (Typist typist : typists) {
            if (!typist.gone()) {
                stayed++;
                typist.notices().forEach(words -> notices.merge(words, 1, Integer::sum));
                require(typist.isKept(), "the game has lost what it kept of " + typist.name());
            }
        }
        require(
                stayed == typists.size() - typists.size() / realm.portals().size(),
                "players who stayed: " + stayed);
        int there = stayed;
        Wait.until(
                "the sessions of the portal that died to end at the game",
                DEAD,
                () -> sessions() == there);
        Ledger ledger = new Ledger(realm.record(), typists);
        String name = "";
        long from = 0;
        for (Map.Entry<String, Long> next : begun.entrySet()) {
            if (!name.isEmpty()) {
                Ledger.Result result = ledger.between(from, next.getValue());
                System.out.println(String.format(Locale.ROOT, "%-36s %s", name, result));
                require(result.isPerfect(), name + ": " + result);
            }
            name = next.getKey();
            from = next.getValue();
        }
        notices.forEach(
                (words, count) -> System.out.println("shown " + count + " times: " + words));
    }

    /** How many sessions the game has. */
    private long sessions() throws IOException, InterruptedException {
        return realm.game()
                .command("sessions")
                .lines()
                .filter(line -> line.matches("\\s*\\d+ .*"))
                .count();
    }

    private void require(boolean so, String otherwise) {
        if (!so) {
            faults.add(otherwise);
        }
    }
}
