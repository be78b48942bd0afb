package lychgate.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Attacks the demo game while an honest player plays it, and prints what that did to the player and
 * to the portal's memory, a line for each attack.
 *
 * <pre>{@code
 * java -cp target/test-classes lychgate.load.Hostile PORT PID
 * }</pre>
 *
 * The limits must be raised as for {@link Load}. Every attack is made twice, since a portal's heap
 * grows the first time that it has much to do; the second time counts.
 */
public final class Hostile {
    private static final int ATTACKERS = 4;
    private static final int IAC = 255;
    private static final int SB = 250;
    private static final int MEGABYTE = 1024 * 1024;

    private final int port;
    private final Observed portal;

    private Hostile(int port, Observed portal) {
        this.port = port;
        this.portal = portal;
    }

    /** What one attacker does with its connection. */
    private interface Attack {
        void on(Socket socket) throws IOException, InterruptedException;
    }

    /** Makes all attacks, one after the other. */
    public static void main(String[] arguments) throws Exception {
        Hostile hostile =
                new Hostile(
                        Integer.parseInt(arguments[0]), new Observed(Long.parseLong(arguments[1])));
        hostile.attack("every byte and pair behind IAC", Hostile::pairs);
        hostile.attack("storm of all options", Hostile::storm);
        hostile.attack("64 MB of a subnegotiation", Hostile::subnegotiation);
        hostile.attack("128 MB of a line", Hostile::line);
        hostile.attack("1 GB inflated from 1 MB (MCCP3)", Hostile::bomb);
        hostile.attack("100,000 lines, not read", Hostile::deaf);
        hostile.attack("a byte every 10 ms", Hostile::slow);
    }

    private void attack(String name, Attack attack) throws Exception {
        all(attack);
        try (Player player = new Player(port)) {
            player.plays(500);
            long[] rest = player.plays(1_500);
            Thread.sleep(2_000);
            long before = portal.rssKib();
            List<Thread> attackers = start(attack);
            long[] attacked = player.plays(1_500);
            for (Thread attacker : attackers) {
                attacker.join();
            }
            Thread.sleep(2_000);
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "%-34s player's p99 %.2f -> %.2f ms, memory %+.1f MiB",
                            name,
                            p99(rest),
                            p99(attacked),
                            (portal.rssKib() - before) / 1024.0));
        }
    }

    private void all(Attack attack) throws InterruptedException {
        for (Thread attacker : start(attack)) {
            attacker.join();
        }
    }

    private List<Thread> start(Attack attack) {
        List<Thread> attackers = new ArrayList<>();
        for (int i = 0; i < ATTACKERS; i++) {
            attackers.add(Thread.ofPlatform().start(() -> run(attack)));
        }
        return attackers;
    }

    private void run(Attack attack) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            attack.on(socket);
        } catch (IOException | InterruptedException e) {
            // the portal has had enough of it: that is one way to end
        }
    }

    private static void pairs(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                bytes.write(IAC);
                bytes.write(first);
                bytes.write(second);
            }
        }
        for (int i = 0; i < 20; i++) {
            socket.getOutputStream().write(bytes.toByteArray());
            skip(socket.getInputStream());
        }
    }

    private static void storm(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int option = 0; option < 256; option++) {
            for (int verb = 251; verb <= 254; verb++) {
                bytes.write(IAC);
                bytes.write(verb);
                bytes.write(option);
            }
        }
        for (int i = 0; i < 1_000; i++) {
            socket.getOutputStream().write(bytes.toByteArray());
            skip(socket.getInputStream());
        }
    }

    private static void subnegotiation(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(
                new byte[] {(byte) IAC, (byte) 253, (byte) 201, (byte) IAC, (byte) SB, (byte) 201});
        repeat(64, out);
    }

    private static void line(Socket socket) throws IOException {
        repeat(128, socket.getOutputStream());
    }

    private static void bomb(Socket socket) throws IOException {
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        byte[] zeros = new byte[MEGABYTE];
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(zlib, new Deflater(9))) {
            for (int i = 0; i < 1_024; i++) {
                deflated.write(zeros);
            }
        }
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        for (int last = 0, now = in.read(); last != 251 || now != 87; ) { // WILL MCCP3
            last = now;
            now = in.read();
            if (now < 0) {
                return;
            }
        }
        out.write(new byte[] {(byte) IAC, (byte) 253, 87, (byte) IAC, (byte) SB, 87, (byte) IAC});
        out.write(240); // SE
        out.write(zlib.toByteArray());
    }

    private static void deaf(Socket socket) throws IOException, InterruptedException {
        socket.getOutputStream().write("guest\nlines 100000\n".getBytes(StandardCharsets.UTF_8));
        Thread.sleep(1_500);
    }

    private static void slow(Socket socket) throws IOException, InterruptedException {
        for (int i = 0; i < 150; i++) {
            socket.getOutputStream().write('x');
            Thread.sleep(10);
        }
    }

    private static void repeat(int megabytes, OutputStream out) throws IOException {
        byte[] some = new byte[MEGABYTE];
        Arrays.fill(some, (byte) 'x');
        for (int i = 0; i < megabytes; i++) {
            out.write(some);
        }
    }

    private static void skip(InputStream in) throws IOException {
        in.skipNBytes(in.available());
    }

    private static double p99(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[(int) (nanos.length * 0.99)] / 1e6;
    }

    /** An honest player, who types something and waits for the answer. */
    private static final class Player implements AutoCloseable {
        private final Socket socket;

        Player(int port) throws IOException {
            socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            socket.setTcpNoDelay(true);
            says("guest", "Exits");
        }

        /** Plays for so long; how long each answer took, in nanoseconds. */
        long[] plays(int millis) throws IOException, InterruptedException {
            List<Long> taken = new ArrayList<>();
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            for (int i = 0; System.nanoTime() < until; i++) {
                long began = System.nanoTime();
                says("echo answer " + i, "answer " + i + "\r\n");
                taken.add(System.nanoTime() - began);
                Thread.sleep(1);
            }
            return taken.stream().mapToLong(Long::longValue).toArray();
        }

        private void says(String line, String answer) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            byte[] wanted = answer.getBytes(StandardCharsets.UTF_8);
            InputStream in = socket.getInputStream();
            for (int matched = 0; matched < wanted.length; ) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("the honest player was thrown out");
                }
                matched = b == wanted[matched] ? matched + 1 : b == wanted[0] ? 1 : 0;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
