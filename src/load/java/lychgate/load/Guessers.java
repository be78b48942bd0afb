package lychgate.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Password guessing from one address, while honest players log in from others. */
final class Guessers {
    private static final String NAME = "rowan";
    private static final String PASSWORD = "the-right-one";
    private static final String REFUSED = "do not match";
    private static final String BUSY = "again in a moment";

    /** Time between two honest logins, each from its own address. */
    private static final int LOGIN_MILLIS = 450;

    /** Less than the trial waits for the attack to end: else nothing would be judged. */
    private static final int PATIENCE_MILLIS = 25_000;

    private static final double MAX_LOGIN_MILLIS = 2_500;

    private Guessers() {}

    static List<Row> rows() {
        return List.of(
                row(10, "", NAME), row(30, "", NAME), row(30, ", each another name", "guess"));
    }

    /** A row with several guessers of one name. */
    static Row row(int guessers, String words, String name) {
        return new Row(
                        guessers + " who guess passwords" + words,
                        field -> attack(field, guessers, name))
                .within(0); // not judged: hashing takes memory
    }

    private static void attack(Field field, int guessers, String name)
            throws IOException, InterruptedException {
        Wire owner = field.wire(field.address());
        owner.await("> ");
        owner.say("create " + NAME + " " + PASSWORD);
        owner.await("Exits");
        owner.close();
        List<Wire> wires = field.wires(guessers, guessers, 0);
        field.begin();
        for (int i = 0; i < guessers; i++) {
            Wire wire = wires.get(i);
            String guessed = name.equals(NAME) ? NAME : name + i;
            Thread.ofVirtual().start(() -> guess(field, wire, guessed));
        }
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        List<Thread> logins = new ArrayList<>();
        while (field.goesOn()) {
            logins.add(Thread.ofVirtual().start(() -> millis.add(login(field))));
            Thread.sleep(LOGIN_MILLIS);
        }
        for (Thread login : logins) {
            login.join();
        }
        List<Double> sorted = millis.stream().sorted().toList();
        long welcome = sorted.stream().filter(Double::isFinite).count();
        field.require(welcome == sorted.size(), "a login was refused or not answered");
        field.judgeTimes(
                sorted.getLast() <= MAX_LOGIN_MILLIS,
                "logins %d of %d, p50 %.0f max %.0f ms",
                welcome,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.getLast());
    }

    private static void guess(Field field, Wire wire, String name) {
        try {
            wire.patience(0);
            while (field.goesOn()) {
                wire.say("connect " + name + " wrong-" + System.nanoTime());
                wire.await(REFUSED, BUSY);
            }
        } catch (IOException e) {
            // disconnected, or the attack is over
        }
    }

    /** The time of an honest login; infinite if it was refused or timed out. */
    private static double login(Field field) {
        try (Wire wire = new Wire(field.port("telnet"), field.address(), 0)) {
            wire.patience(PATIENCE_MILLIS);
            wire.await("> ");
            long began = System.nanoTime();
            wire.say("connect " + NAME + " " + PASSWORD);
            return wire.await("Exits", REFUSED, BUSY) == 0
                    ? (System.nanoTime() - began) / 1e6
                    : Double.POSITIVE_INFINITY;
        } catch (IOException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
