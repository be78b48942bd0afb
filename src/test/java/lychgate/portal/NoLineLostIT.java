package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.config.ConfigReader;
import lychgate.config.Configuration;
import lychgate.config.Sources;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Many players type numbered lines without a pause, while the game behind the link is restarted and
 * killed at random moments ({@code -Dseed=…}). Every line is executed, each player's in order;
 * after orderly restarts alone, exactly once.
 */
class NoLineLostIT {
    private static final int PLAYERS = 500;
    private static final long LINE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ConcurrentLinkedQueue<String> executed = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Portal portal;
    private final AtomicBoolean typing = new AtomicBoolean(true);
    private long pid = 1L << 40; // of no process of this machine
    private LoggingGame game;

    NoLineLostIT(@TempDir Path home) throws Exception {
        System.err.println("with -Dseed=" + seed);
        Map<String, String> settings = new HashMap<>();
        settings.put("game.link", "amp");
        settings.put("amp.port", "0");
        settings.put("telnet.port", "0");
        settings.put("portal.interface", "127.0.0.1");
        settings.put("limits.connections_per_address", "0");
        settings.put("limits.connections_per_second_per_address", "0");
        Configuration configuration =
                ConfigReader.read(new Sources(home.resolve("none"), Map.of(), settings), Map.of());
        PluginJars none = new PluginJars(List.of(), List.of());
        portal = new Portal(configuration, Home.at(home), none, "1", Map.of());
        portal.start(
                line -> {
                    String[] words = line.split(": ", -1);
                    if (words.length == 2) {
                        ports.put(words[0], Integer.valueOf(words[1]));
                    }
                });
        game = another();
    }

    @Test
    void restartsLoseNothingAndDoNothingTwice() throws Exception {
        int typed = play(10, 0);
        assertEquals(typed, executed.size(), "with -Dseed=" + seed);
    }

    @Test
    void restartsAndDeathsLoseNothing() throws Exception {
        play(10, 5);
    }

    /** Lets all play while the game goes and comes; checks, and gives the lines that were typed. */
    private int play(int reloads, int kills) throws Exception {
        try {
            List<Player> players = new ArrayList<>();
            for (int i = 0; i < PLAYERS; i++) {
                players.add(new Player(i));
            }
            List<Boolean> fates = new ArrayList<>();
            for (int i = 0; i < reloads + kills; i++) {
                fates.add(i < reloads);
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
            for (Player player : players) {
                player.typist.join();
            }
            int typed = players.stream().mapToInt(player -> player.lines.get()).sum();
            awaitAll(typed, players);
            int again = executed.size() - typed;
            System.err.println(typed + " lines, none lost, " + again + " done twice");
            game.kill();
            return typed;
        } finally {
            portal.stop();
        }
    }

    /** Waits until the last line of each player is done; then looks at all of them. */
    private void awaitAll(int typed, List<Player> players) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (distinct() < typed && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LINE_NANOS);
        }
        Map<String, Integer> last = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String line : executed) {
            String[] words = line.split(" ", -1);
            int number = words.length == 2 ? Integer.parseInt(words[1]) : -1;
            int before = last.getOrDefault(words[0], 0);
            if (number == before + 1) {
                last.put(words[0], number);
            } else if (number > before || number < 1) {
                wrong.add(line + " after " + before);
            }
        }
        for (Player player : players) {
            if (last.getOrDefault(player.name, 0) != player.lines.get()) {
                wrong.add(player.name + " has typed " + player.lines);
            }
        }
        assertEquals(List.of(), wrong.stream().limit(10).toList(), "with -Dseed=" + seed);
    }

    private long distinct() {
        return executed.stream().distinct().count();
    }

    private LoggingGame another() throws IOException {
        int port = ports.getOrDefault("amp", 0);
        long linger = TimeUnit.MILLISECONDS.toNanos(random.nextInt(300));
        LoggingGame next = new LoggingGame(port, pid++, linger, executed::add);
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

    /** Types a numbered line ten times a second, and reads whatever comes. */
    private final class Player {
        private final String name;
        private final Socket socket;
        private final Thread typist;
        private final AtomicInteger lines = new AtomicInteger();

        Player(int number) throws IOException {
            name = "p" + number;
            socket =
                    new Socket(InetAddress.ofLiteral("127.0.0.1"), ports.getOrDefault("telnet", 0));
            socket.setTcpNoDelay(true);
            Thread.ofVirtual().start(this::read);
            typist = Thread.ofVirtual().start(this::type);
        }

        private void type() {
            try {
                OutputStream out = socket.getOutputStream();
                while (typing.get()) {
                    String line = name + " " + (lines.get() + 1) + "\r\n";
                    out.write(line.getBytes(StandardCharsets.US_ASCII));
                    lines.incrementAndGet();
                    LockSupport.parkNanos(LINE_NANOS);
                }
            } catch (IOException e) {
                executed.add(name + " was disconnected");
            }
        }

        private void read() {
            byte[] buffer = new byte[512];
            try (InputStream in = socket.getInputStream()) {
                while (in.read(buffer) >= 0) {
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                // the end
            }
        }
    }
}
