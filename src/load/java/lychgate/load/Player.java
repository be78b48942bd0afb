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
 * An honest player: a guest from its own address who types a numbered {@code echo} twenty times a
 * second, without waiting for answers, and records when each answer arrives.
 */
final class Player implements AutoCloseable {
    /** Not used by any attacker. */
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
     * The answers to the lines typed in some period.
     *
     * @param millis response times, sorted; infinite for lines without an answer
     */
    record Echoes(double[] millis) {
        long answered() {
            return Arrays.stream(millis).filter(Double::isFinite).count();
        }

        /** The response time at a percentile. */
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

    /** The answers so far to the lines typed in a period. */
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

    /** When the first line typed after a point in time was answered; infinite if it was not. */
    synchronized double answeredAfter(long nanos) {
        return IntStream.range(0, sent.size())
                .filter(i -> sent.get(i) - nanos >= 0 && answered.containsKey(i))
                .mapToDouble(i -> (answered.getOrDefault(i, 0L) - nanos) / 1e6)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** How long the oldest unanswered line has waited. */
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
