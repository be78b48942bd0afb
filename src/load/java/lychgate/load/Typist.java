package lychgate.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A player of a {@link RecordingGame} who types a numbered line again and again, whether or not the
 * last has been answered, and notes when each answer comes, and whatever else is shown.
 */
final class Typist implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    /** Within this, an answer would have come. */
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String name;
    private final Wire wire;
    private final long paceNanos;
    private final List<Line> lines = new ArrayList<>(); // guarded by this
    private final List<String> notices = new ArrayList<>(); // guarded by this
    private final CountDownLatch welcomed = new CountDownLatch(1);
    private final CountDownLatch kept = new CountDownLatch(1);
    private volatile boolean typing = true;
    private volatile boolean left;
    private volatile long goneAt;
    private volatile boolean gone;

    /** One line. */
    static final class Line {
        private final long typedAt;
        private long answeredAt;
        private long lives; // of the game that have answered: bits

        Line(long typedAt) {
            this.typedAt = typedAt;
        }

        long typedAt() {
            return typedAt;
        }

        long answeredAt() {
            return answeredAt;
        }

        boolean answered() {
            return lives != 0;
        }

        /** Whether a life of the game before that one had answered it. */
        boolean answeredBefore(int life) {
            return (lives & ((1L << life) - 1)) != 0;
        }

        long nanos() {
            return answeredAt - typedAt;
        }
    }

    Typist(String name, int port, String from, long paceNanos) throws IOException {
        this.name = name;
        this.paceNanos = paceNanos;
        wire = new Wire(port, from, 0);
        wire.patience(0);
        Thread.ofVirtual().start(this::reads);
    }

    String name() {
        return name;
    }

    /** Types that, which is not counted; nothing if it is empty. */
    void say(String words) throws IOException {
        if (!words.isEmpty()) {
            wire.say(words);
        }
    }

    /** Begins to type, once the game has greeted it. */
    void begin() throws InterruptedException {
        if (!welcomed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " is not greeted, but shown " + notices());
        }
        synchronized (this) {
            notices.clear();
        }
        Thread.ofVirtual().start(this::types);
    }

    /** Types no more. */
    void pause() {
        typing = false;
    }

    /** Whether the connection is closed. */
    boolean gone() {
        return gone;
    }

    /** Whether the connection was lost, at once or shortly after the line was typed. */
    boolean lostSoonAfter(Line line) {
        return gone && !left && goneAt - line.typedAt < SOON_NANOS;
    }

    /** Whether all that was typed before that time has been answered. */
    synchronized boolean answeredUntil(long nanos) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line line = lines.get(i);
            if (line.typedAt - nanos < 0 && !line.answered()) {
                return false;
            }
        }
        return true;
    }

    /** All lines that were typed. */
    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Whatever was shown beside the answers, from {@link #begin} on. */
    synchronized List<String> notices() {
        return List.copyOf(notices);
    }

    /** Whether the game still has what it has kept of the session. */
    boolean isKept() throws IOException, InterruptedException {
        wire.say(RecordingGame.KEPT);
        return kept.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void types() {
        try {
            while (typing && !gone) {
                int number;
                synchronized (this) {
                    lines.add(new Line(System.nanoTime()));
                    number = lines.size();
                }
                wire.say(name + " " + number);
                LockSupport.parkNanos(paceNanos);
            }
        } catch (IOException e) {
            ends();
        }
    }

    private void reads() {
        try {
            while (true) {
                shown(wire.line());
            }
        } catch (IOException e) {
            ends();
        }
    }

    private void ends() {
        if (!gone) {
            goneAt = System.nanoTime();
            gone = true;
        }
    }

    private void shown(String line) {
        String words = Wire.plain(line);
        if (words.startsWith(name + " ")) {
            String[] numbers = words.substring(name.length() + 1).split(" ", -1);
            answered(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        } else {
            notice(words);
        }
    }

    private synchronized void answered(int number, int life) {
        Line line = lines.get(number - 1);
        if (!line.answered()) {
            line.answeredAt = System.nanoTime();
        }
        line.lives |= 1L << life;
    }

    private void notice(String words) {
        if (words.equals(RecordingGame.WELCOME)) {
            welcomed.countDown();
        } else if (words.equals(RecordingGame.KEPT + " " + name + " 1")) {
            kept.countDown();
        } else {
            synchronized (this) {
                notices.add(words);
            }
        }
    }

    @Override
    public void close() throws IOException {
        left = true;
        wire.close();
    }
}
