package lychgate.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

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
    private final List<Long> answered = new ArrayList<>();
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
                millis.add(
                        i < answered.size()
                                ? (answered.get(i) - sent.get(i)) / 1e6
                                : Double.POSITIVE_INFINITY);
            }
        }
        return new Echoes(millis.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /** When the first line typed after that was answered; infinite as long as it was not. */
    synchronized double answeredAfter(long nanos) {
        for (int i = 0; i < answered.size(); i++) {
            if (sent.get(i) - nanos >= 0) {
                return (answered.get(i) - nanos) / 1e6;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** How long the oldest line that has no answer has waited for it. */
    synchronized double waitedMillis() {
        return answered.size() == sent.size()
                ? 0
                : (System.nanoTime() - sent.get(answered.size())) / 1e6;
    }

    /** Whether the portal has thrown them out, or is gone. */
    boolean isOut() {
        return out;
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
        if (number != answered.size()) {
            throw new IllegalStateException("answer " + answered.size() + " is missing");
        }
        answered.add(System.nanoTime());
    }

    @Override
    public void close() throws IOException {
        out = true;
        wire.close();
    }
}
