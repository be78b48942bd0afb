package lychgate.load;

import lychgate.peers.Distribution;

import org.apache.sshd.client.SshClient;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays for a long time over all transports: players come, play, and leave in every way there is;
 * the operator throws some of them out and reloads the game, or the game dies and comes back.
 * Nobody's answer may be missing, and at the end the portal must have in use what it had after the
 * first minutes.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/classes:…" lychgate.load.Soak target/dist/bin/lychgate MINUTES
 * }</pre>
 *
 * Half of the time is spent with the demo game, half with an {@link EchoGame} behind AMP.
 */
public final class Soak {
    private static final int PLAYERS = 10;
    private static final int LINES = 5;
    private static final int SHORTEST = 12;
    private static final int LENGTHS = 50;
    private static final Duration RELOADS = Duration.ofSeconds(12);
    private static final Duration KICKS = Duration.ofSeconds(3);
    private static final Duration STAYER_PAUSE = Duration.ofMillis(500);
    private static final Duration SETTLED = Duration.ofSeconds(60);

    /**
     * Those who return must be back in time, and those who do not must end before it is settled.
     */
    private static final int RESUME_SECONDS = 10;

    /** Who is thrown out: an address that nobody else has, and what they are told. */
    private static final String VICTIM = "127.3.0.1";

    private static final String REASON = "Soaked.";

    /** The part of the time after which the portal is looked at for the first time. */
    private static final int WARM_UP_PART = 3;

    private final Distribution portal;
    private final boolean demo;
    private final SshClient ssh;
    private final AtomicInteger visits = new AtomicInteger();
    private final AtomicInteger kicks = new AtomicInteger();
    private final AtomicInteger reloads = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile long until;
    private @Nullable EchoGame game;

    private Soak(Distribution portal, boolean demo, SshClient ssh) {
        this.portal = portal;
        this.demo = demo;
        this.ssh = ssh;
    }

    /** Runs it; exits with 1 if something was lost or has grown. */
    public static void main(String[] arguments) throws Exception {
        List<String> faults =
                faults(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Duration.ofMinutes(Long.parseLong(arguments[1])));
        faults.forEach(System.out::println);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    /** What was lost, and what has grown; empty: nothing. */
    static List<String> faults(Path binary, Duration lasting) throws Exception {
        List<String> faults = new ArrayList<>(half(binary, true, lasting.dividedBy(2)));
        faults.addAll(half(binary, false, lasting.dividedBy(2)));
        return faults;
    }

    private static List<String> half(Path binary, boolean demo, Duration lasting) throws Exception {
        SshClient ssh = SshFloods.client();
        try (Distribution portal = Distribution.inNewHome(binary)) {
            portal.set("web.resume_seconds=" + RESUME_SECONDS)
                    .environment("JAVA_OPTS", "-XX:-DisableAttachMechanism")
                    .logToFile();
            if (!demo) {
                portal.set("game.link=amp").set("amp.port=0");
            }
            portal.start();
            Soak soak = new Soak(portal, demo, ssh);
            soak.begins();
            Duration warmUp = lasting.dividedBy(WARM_UP_PART);
            Usage first = soak.used(warmUp);
            Usage last = soak.used(lasting.minus(warmUp));
            soak.faults.addAll(last.grownSince(first));
            print(
                    "%s: visits=%d kicks=%d reloads=%d; first %s; last %s; faults=%d",
                    demo ? "demo" : "amp",
                    soak.visits.get(),
                    soak.kicks.get(),
                    soak.reloads.get(),
                    first,
                    last,
                    soak.faults.size());
            soak.ends();
            return List.copyOf(soak.faults);
        } finally {
            ssh.stop();
        }
    }

    private void begins() throws IOException {
        if (!demo) {
            game = new EchoGame(portal.port("amp"));
        }
    }

    private void ends() throws IOException, InterruptedException {
        int exit = portal.terminate();
        if (exit != 0) {
            faults.add("the portal ended with " + exit);
        }
        if (game != null) {
            game.close();
        }
    }

    /** What the portal has in use after everybody has played for a time, and left. */
    private Usage used(Duration lasting) throws Exception {
        until = System.nanoTime() + lasting.toNanos();
        List<Thread> all = new ArrayList<>();
        for (Door door : Door.values()) {
            all.add(Thread.ofVirtual().start(() -> stays(door)));
        }
        for (int i = 0; i < PLAYERS; i++) {
            all.add(Thread.ofVirtual().start(this::comesAndGoes));
        }
        all.add(Thread.ofVirtual().start(() -> repeats(RELOADS, this::reloads)));
        all.add(Thread.ofVirtual().start(() -> repeats(KICKS, this::kicks)));
        for (Thread each : all) {
            each.join();
        }
        long settled = System.nanoTime() + SETTLED.toNanos();
        String sessions = sessions();
        while (!sessions.isEmpty() && System.nanoTime() < settled) {
            TimeUnit.SECONDS.sleep(1);
            sessions = sessions();
        }
        if (!sessions.isEmpty()) {
            faults.add("sessions that have not ended: " + sessions);
        }
        TimeUnit.SECONDS.sleep(2); // what the last ones used is given back
        return Usage.of(portal.pid());
    }

    private boolean goesOn() {
        return System.nanoTime() < until && portal.isAlive();
    }

    /** One who stays all the time, and must hear every answer. */
    private void stays(Door door) {
        try {
            Visitor visitor = door.open(portal, ssh, "127.4.0." + (1 + door.ordinal()));
            logsIn(visitor);
            for (int i = 0; goesOn(); i++) {
                plays(visitor, i);
                TimeUnit.MILLISECONDS.sleep(STAYER_PAUSE.toMillis());
            }
            visitor.leaves();
        } catch (IOException | InterruptedException e) {
            faults.add("one who stayed over " + door + " was lost: " + e.getMessage());
        }
    }

    private void comesAndGoes() {
        while (goesOn()) {
            int number = visits.incrementAndGet();
            Door door = Door.values()[number % Door.values().length];
            String from = "127.5." + (number >> 8 & 255) + "." + (number & 255);
            try {
                visits(door, from, number);
            } catch (IOException | InterruptedException e) {
                faults.add("visit " + number + " over " + door + ": " + e.getMessage());
            }
        }
    }

    private void visits(Door door, String from, int number)
            throws IOException, InterruptedException {
        Visitor visitor = door.open(portal, ssh, from);
        boolean known = number / Door.values().length % 4 != 0;
        if (known) {
            logsIn(visitor);
            for (int i = 0; i < LINES; i++) {
                plays(visitor, number + i);
            }
        }
        switch (number / 2 % 4) {
            case 0 -> {
                visitor.types("quit");
                visitor.leaves();
            }
            case 1 -> {
                visitor.types("half a line, and answers that nobody waits for");
                visitor.vanishes();
            }
            case 2 -> visitor.vanishes();
            default -> visitor.leaves();
        }
    }

    private static void logsIn(Visitor visitor) throws IOException, InterruptedException {
        visitor.types("guest");
        visitor.awaits("Exits");
    }

    /** One line, whose answer is another than the line itself, which an editor shows. */
    private static void plays(Visitor visitor, int number)
            throws IOException, InterruptedException {
        int length = SHORTEST + number % LENGTHS;
        visitor.types("lines 1 " + length);
        visitor.awaits("1 " + "x".repeat(length - 2));
    }

    /** Something that the operator does again and again. */
    private interface Deed {
        void happens() throws IOException, InterruptedException;
    }

    private void repeats(Duration pause, Deed deed) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            while (goesOn()) {
                deed.happens();
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            }
        } catch (IOException | InterruptedException | AssertionError e) {
            faults.add("the operator: " + e.getMessage());
        }
    }

    /** The demo game restarts by the operator's command; the game behind AMP is killed. */
    private void reloads() throws IOException, InterruptedException {
        if (game == null) {
            portal.command("reload");
        } else {
            game.close();
            TimeUnit.MILLISECONDS.sleep(300);
            game = new EchoGame(portal.port("amp"));
        }
        reloads.incrementAndGet();
    }

    /** Throws out somebody who has just come, and who must be told why. */
    private void kicks() throws IOException, InterruptedException {
        Door door = Door.values()[kicks.incrementAndGet() % Door.values().length];
        Visitor victim = door.open(portal, ssh, VICTIM);
        for (String row : sessions().lines().toList()) {
            String[] cells = row.strip().split("\\s+", -1);
            if (cells[3].startsWith(VICTIM)) {
                portal.command("kick", cells[0], REASON);
            }
        }
        victim.awaits(REASON);
        victim.vanishes();
    }

    /** The rows of those who are there. */
    private String sessions() throws IOException, InterruptedException {
        return String.join("\n", portal.command("sessions").lines().filter(Soak::isRow).toList());
    }

    private static boolean isRow(String line) {
        return line.matches("\\s*\\d+ .*");
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
