package lychgate.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * An honest player, a guest from an address of their own, who types a numbered {@code echo} twenty
 * times a second, whether or not the last has been answered, and notes when each answer came.
 */
final class Player implements AutoCloseable {
    /** No attacker has it. */
    static final String ADDRESS = "127.9.0.1";

    private static final long INTERVAL_MILLIS = 50;
    private static final String WORD = "honest ";

    private final Wire wire;
    private final List<Long> sent = new ArrayList<>();
    private final Map<Integer, Long> answered = new HashMap<>();
    private int lastAnswered = -1;
    private volatile boolean out;

    Player(int port) throws IOException {
        wire = new Wire(port, ADDRESS, 0).guest();
        wire.patience(0);
        Thread.ofPlatform().daemon().start(this::types);
        Thread.ofPlatform().daemon().start(this::reads);
    }

    /**
     * What came of the lines of some time.
     *
     * @param millis how long each answer took, the shortest first; infinite where none came
     */
    record Echoes(double[] millis) {
        long answered() {
            return Arrays.stream(millis).filter(Double::isFinite).count();
        }

        /** What such a part of the answers took at most. */
        double within(double part) {
            return millis.length == 0
                    ? Double.POSITIVE_INFINITY
                    : millis[(int) Math.min(millis.length - 1L, (long) (part * millis.length))];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d of %d, p50 %.1f p90 %.1f max %.1f ms",
                    answered(),
                    millis.length,
                    within(0.5),
                    within(0.9),
                    within(1));
        }
    }

    /** What has come by now of the lines typed in that time. */
    synchronized Echoes between(long fromNanos, long toNanos) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i) - fromNanos >= 0 && sent.get(i) - toNanos < 0) {
                Long at = answered.get(i);
                millis.add(at == null ? Double.POSITIVE_INFINITY : (at - sent.get(i)) / 1e6);
            }
        }
        return new Echoes(millis.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /** When the first line typed after that was answered; infinite as long as it was not. */
    synchronized double answeredAfter(long nanos) {
        return IntStream.range(0, sent.size())
                .filter(i -> sent.get(i) - nanos >= 0 && answered.containsKey(i))
                .mapToDouble(i -> (answered.getOrDefault(i, 0L) - nanos) / 1e6)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** How long the first line behind the last that was answered has waited. */
    synchronized double waitedMillis() {
        int next = lastAnswered + 1;
        return next < sent.size() ? (System.nanoTime() - sent.get(next)) / 1e6 : 0;
    }

    private void types() {
        try {
            while (!out) {
                int number;
                synchronized (this) {
                    number = sent.size();
                    sent.add(System.nanoTime());
                }
                wire.say("echo " + WORD + number);
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            out = true;
        }
    }

    private void reads() {
        try {
            while (true) {
                String line = wire.line();
                int at = line.lastIndexOf(WORD);
                if (at >= 0) {
                    heard(Integer.parseInt(line.substring(at + WORD.length())));
                }
            }
        } catch (IOException e) {
            out = true;
        }
    }

    private synchronized void heard(int number) {
        answered.put(number, System.nanoTime());
        lastAnswered = number;
    }

    @Override
    public void close() throws IOException {
        out = true;
        wire.close();
    }
}
