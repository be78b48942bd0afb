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
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Attacks the demo game while an honest player plays it, and prints what that did to the player and
 * to the portal's memory, a line for each attack.
 *
 * <pre>{@code
 * java -cp target/test-classes lychgate.load.Hostile PORT PID TLS_PORT [WORD]
 * }</pre>
 *
 * PORT is that of {@code telnet}, TLS_PORT that of {@code telnet-tls}, which must be behind a proxy
 * on this machine: {@code --set telnet.tls.proxy_protocol=true --set
 * portal.trusted_proxies=["127.0.0.1"]}. With WORD, only attacks whose name has it are made. The
 * limits must be raised as for {@link Load}. Every attack is made twice, since a portal's heap
 * grows the first time that it has much to do; the second time counts.
 */
public final class Hostile {
    private static final int ATTACKERS = 4;
    private static final int IAC = 255;
    private static final int SB = 250;
    private static final int MEGABYTE = 1024 * 1024;

    /** Connections over which one attacker dribbles. */
    private static final int DRIBBLES = 100;

    /** Bytes of a header or hello that are dribbled: too few for it to end. */
    private static final int DRIBBLED = 150;

    private static final byte[] PROXY =
            "PROXY TCP4 127.0.0.1 127.0.0.1 4003 4003\r\n".getBytes(StandardCharsets.US_ASCII);

    /** A handshake record of 512 bytes, in it a hello of 508 of TLS 1.2 or newer. */
    private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    /** Version 2, TCP over IPv4, and 4,080 bytes more. */
    private static final byte[] PROXY_V2 =
            "\r\n\r\n\0\r\nQUIT\n!\u0011\u000f\u00f0".getBytes(StandardCharsets.ISO_8859_1);

    private final int port;
    private final int tlsPort;
    private final Observed portal;
    private final String word;

    private Hostile(int port, int tlsPort, Observed portal, String word) {
        this.port = port;
        this.tlsPort = tlsPort;
        this.portal = portal;
        this.word = word;
    }

    /** What one attacker does with its connection. */
    private interface Attack {
        void on(Socket socket) throws IOException, InterruptedException;
    }

    /** Makes all attacks, one after the other. */
    public static void main(String[] arguments) throws Exception {
        Hostile hostile =
                new Hostile(
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[2]),
                        new Observed(Long.parseLong(arguments[1])),
                        arguments.length > 3 ? arguments[3] : "");
        hostile.attack("every byte and pair behind IAC", Hostile::pairs);
        hostile.attack("storm of all options", Hostile::storm);
        hostile.attack("64 MB of a subnegotiation", Hostile::subnegotiation);
        hostile.attack("128 MB of a line", Hostile::line);
        hostile.attack("1 GB inflated from 1 MB (MCCP3)", Hostile::bomb);
        hostile.attack("100,000 lines, not read", Hostile::deaf);
        hostile.attack("a byte every 10 ms", Hostile::slow);
        hostile.attackTls("400 hellos of TLS, dribbled", dribbled(PROXY, HELLO));
        hostile.attackTls("400 PROXY headers, dribbled", dribbled(new byte[0], PROXY_V2));
    }

    private void attack(String name, Attack attack) throws Exception {
        attack(name, port, attack);
    }

    private void attackTls(String name, Attack attack) throws Exception {
        attack(name, tlsPort, attack);
    }

    private void attack(String name, int attacked, Attack attack) throws Exception {
        if (!name.contains(word)) {
            return;
        }
        all(attacked, attack);
        try (Player player = new Player(port)) {
            player.plays(500);
            long[] rest = player.plays(1_500);
            Thread.sleep(2_000);
            long before = portal.rssKib();
            List<Thread> attackers = start(attacked, attack);
            long[] meanwhile = player.plays(1_500);
            for (Thread attacker : attackers) {
                attacker.join();
            }
            Thread.sleep(2_000);
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "%-34s player's p99 %.2f -> %.2f ms, memory %+.1f MiB",
                            name,
                            Player.p99(rest),
                            Player.p99(meanwhile),
                            (portal.rssKib() - before) / 1024.0));
        }
    }

    private static void all(int attacked, Attack attack) throws InterruptedException {
        for (Thread attacker : start(attacked, attack)) {
            attacker.join();
        }
    }

    private static List<Thread> start(int attacked, Attack attack) {
        List<Thread> attackers = new ArrayList<>();
        for (int i = 0; i < ATTACKERS; i++) {
            attackers.add(Thread.ofPlatform().start(() -> run(attacked, attack)));
        }
        return attackers;
    }

    private static void run(int attacked, Attack attack) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), attacked)) {
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

    /** Says something at once and then something a byte at a time, over many connections. */
    private static Attack dribbled(byte[] atOnce, byte[] slowly) {
        return socket -> {
            List<Socket> all = new ArrayList<>(List.of(socket));
            try {
                while (all.size() < DRIBBLES) {
                    all.add(new Socket(socket.getInetAddress(), socket.getPort()));
                }
                for (Socket each : all) {
                    each.getOutputStream().write(atOnce);
                }
                for (byte b : Arrays.copyOf(slowly, DRIBBLED)) {
                    for (Socket each : all) {
                        each.getOutputStream().write(b);
                    }
                    Thread.sleep(10);
                }
            } finally {
                for (Socket each : all) {
                    each.close();
                }
            }
        };
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
}
