package lychgate.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that are within the limits, but whose output is large, or goes to many sessions or to
 * the log.
 */
final class Commands {
    /** Commands per second allowed by the default limits. */
    private static final int PER_SECOND = 80;

    /** Guests from one address: the maximum, less one. */
    private static final int OF_ONE_ADDRESS = 31;

    private static final int AUDIENCE = 2_000;
    private static final double MAX_LOG_LINES_PER_SECOND = 200;
    private static final String MARKUP = "render " + "|r|[bx|n|lclook|ltlook|le".repeat(230);

    private Commands() {}

    static List<Row> rows() {
        return List.of(
                new Row("render by 31 guests of one address", of(OF_ONE_ADDRESS, MARKUP)),
                new Row("who by 31 guests of one address", of(OF_ONE_ADDRESS, "who")),
                new Row("shout to 2,000 by 10", amid(AUDIENCE, true, 10, "shout " + "x".repeat(99)))
                        .within(0),
                new Row("who before login by 5, 2,000 are in", amid(AUDIENCE, false, 5, "who"))
                        .within(0),
                new Row("fault by 31 guests of one address", Commands::faults));
    }

    private static Attack of(int guests, String line) {
        return field -> {
            List<Wire> wires = field.guests(guests, guests);
            field.begin();
            repeat(field, wires, line);
        };
    }

    /** With an audience of many honest guests, none of whom may be disconnected. */
    private static Attack amid(int audience, boolean login, int attackers, String line) {
        return field -> {
            Crowd crowd =
                    field.closing(new Crowd(field.port("telnet"), Speech.TELNET, Field.BURST));
            crowd.connect(audience);
            crowd.login();
            List<Wire> wires =
                    login
                            ? field.guests(attackers, attackers)
                            : field.wires(attackers, attackers, 0);
            field.begin();
            Thread reader = Thread.ofPlatform().daemon().start(() -> read(field, crowd));
            repeat(field, wires, line);
            reader.join();
            field.judge(crowd.gone() == 0, "%d of the audience cut", crowd.gone());
        };
    }

    private static void read(Field field, Crowd crowd) {
        try {
            while (field.goesOn()) {
                crowd.idle(100_000_000);
            }
        } catch (Exception e) {
            // the attack is over
        }
    }

    private static void faults(Field field) throws IOException, InterruptedException {
        List<Wire> wires = field.guests(OF_ONE_ADDRESS, OF_ONE_ADDRESS);
        Path log = field.portal().home().resolve("stderr.log");
        field.begin();
        long began = System.nanoTime();
        long before = lines(log);
        repeat(field, wires, "fault");
        double perSecond = (lines(log) - before) / ((System.nanoTime() - began) / 1e9);
        field.judge(perSecond <= MAX_LOG_LINES_PER_SECOND, "%.0f log lines a second", perSecond);
    }

    private static long lines(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.count();
        }
    }

    /** Each sends a line at the maximum allowed rate. */
    private static void repeat(Field field, List<Wire> wires, String line)
            throws IOException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Wire wire : wires) {
            wire.drain();
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            Pace pace = new Pace(PER_SECOND);
                                            while (field.goesOn()) {
                                                pace.await(1);
                                                wire.say(line);
                                                field.sent(line.length());
                                            }
                                        } catch (IOException | InterruptedException e) {
                                            // the attack is over
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
