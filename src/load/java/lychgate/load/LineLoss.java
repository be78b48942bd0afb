package lychgate.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Checks that no line is lost: many players type numbered lines continuously, while the game behind
 * the portal is restarted and killed at random times.
 *
 * <pre>{@code
 * java -cp target/test-classes:target/classes lychgate.load.LineLoss TELNET_PORT AMP_PORT \
 *     RESTARTS DEATHS [SEED]
 * }</pre>
 *
 * Works with any portal that speaks Evennia's protocol; this program is the game.
 */
public final class LineLoss {
    private static final int PLAYERS = 500;
    private static final long LINE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Timeout for the game to come back. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Idle time after which no further line is expected. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long LOOK_MILLIS = 50;

    private final int telnetPort;
    private final int ampPort;
    private final Random random;
    private final ConcurrentLinkedQueue<String> executed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean typing = new AtomicBoolean(true);
    private final AtomicInteger disconnected = new AtomicInteger();
    private long pid = 1L << 40; // larger than any real pid

    /**
     * The result.
     *
     * @param typed lines that were typed
     * @param lost lines that were never executed
     * @param late lines that were executed for the first time after a later one of their player
     * @param again executions of a line beyond its first
     * @param disconnected players who were disconnected
     */
    public record Outcome(int typed, int lost, int late, int again, int disconnected) {}

    private LineLoss(int telnetPort, int ampPort, long seed) {
        this.telnetPort = telnetPort;
        this.ampPort = ampPort;
        this.random = new Random(seed);
    }

    /** Runs the test and prints the result. */
    public static void main(String[] arguments) throws Exception {
        long seed = arguments.length > 4 ? Long.parseLong(arguments[4]) : System.nanoTime();
        Outcome outcome =
                play(
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        seed);
        System.out.println(outcome + " with seed " + seed);
        System.exit(0);
    }

    /** Runs all players while the game is restarted and killed the given number of times. */
    public static Outcome play(int telnetPort, int ampPort, int restarts, int deaths, long seed)
            throws IOException, InterruptedException {
        return new LineLoss(telnetPort, ampPort, seed).play(restarts, deaths);
    }

    private Outcome play(int restarts, int deaths) throws IOException, InterruptedException {
        LoggingGame game = another();
        List<Typist> typists = new ArrayList<>();
        for (int i = 0; i < PLAYERS; i++) {
            typists.add(new Typist(i));
        }
        List<Boolean> fates = new ArrayList<>();
        for (int i = 0; i < restarts + deaths; i++) {
            fates.add(i < restarts);
        }
        Collections.shuffle(fates, random);
        for (boolean orderly : fates) {
            pause(200, 800);
            if (orderly) {
                game.reload();
            } else {
                game.kill();
            }
            pause(0, 1_500);
            game = another();
        }
        pause(200, 800);
        typing.set(false);
        int typed = 0;
        for (Typist typist : typists) {
            typist.thread.join();
            typed += typist.lines;
        }
        awaitAll(typed);
        Outcome outcome = outcome(typed);
        game.kill();
        for (Typist typist : typists) {
            typist.socket.close();
        }
        return outcome;
    }

    /** Waits until all lines have been executed, or no more are. */
    private void awaitAll(int typed) throws InterruptedException {
        int before = -1;
        long since = System.nanoTime();
        while (new HashSet<>(executed).size() < typed
                && System.nanoTime() - since < SILENCE_NANOS) {
            if (executed.size() != before) {
                before = executed.size();
                since = System.nanoTime();
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private Outcome outcome(int typed) {
        Map<String, Integer> latest = new HashMap<>();
        Set<String> done = new HashSet<>();
        int late = 0;
        int again = 0;
        for (String line : executed) {
            String[] words = line.split(" ", -1);
            int number = Integer.parseInt(words[1]);
            if (!done.add(line)) {
                again++;
            } else if (number < latest.getOrDefault(words[0], 0)) {
                late++;
            }
            latest.merge(words[0], number, Math::max);
        }
        return new Outcome(typed, typed - done.size(), late, again, disconnected.get());
    }

    private LoggingGame another() throws IOException {
        long linger = TimeUnit.MILLISECONDS.toNanos(random.nextInt(300));
        LoggingGame next = new LoggingGame(ampPort, pid++, linger, executed::add);
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!next.isThere() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return next;
    }

    private void pause(int leastMillis, int mostMillis) {
        int millis = leastMillis + random.nextInt(mostMillis - leastMillis);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Types a numbered line ten times a second after the welcome, and reads all output. */
    private final class Typist {
        private final String name;
        private final Socket socket;
        private final CountDownLatch welcomed = new CountDownLatch(1);
        private final Thread thread;
        private volatile int lines;

        Typist(int number) throws IOException {
            name = "p" + number;
            socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), telnetPort);
            socket.setTcpNoDelay(true);
            Thread.ofVirtual().start(this::read);
            thread = Thread.ofVirtual().start(this::type);
        }

        private void type() {
            try {
                welcomed.await();
                OutputStream out = socket.getOutputStream();
                while (typing.get()) {
                    int next = lines + 1;
                    out.write((name + " " + next + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    lines = next;
                    LockSupport.parkNanos(LINE_NANOS);
                }
            } catch (IOException e) {
                disconnected.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void read() {
            byte[] buffer = new byte[512];
            try (InputStream in = socket.getInputStream()) {
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                    if (text.contains(LoggingGame.WELCOME)) {
                        welcomed.countDown();
                    }
                }
                welcomed.countDown();
            } catch (IOException e) {
                welcomed.countDown(); // the end
            }
        }
    }
}
