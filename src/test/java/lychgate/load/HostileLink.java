package lychgate.load;

import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.Box;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Attacks the port for games while a game is linked and an honest player plays it, and prints what
 * that did to the player, to the link and to the portal's memory, a line for each attack.
 *
 * <pre>{@code
 * java -cp target/test-classes:target/classes lychgate.load.HostileLink AMP_PORT TELNET_PORT PID
 * }</pre>
 *
 * The portal is started with {@code game.link = "amp"} and without a game, its limits raised as for
 * {@link Load}. All attacks are made once before they are measured, since a portal's heap grows the
 * first time that it has much to do.
 */
public final class HostileLink {
    private static final int ATTACKERS = 4;
    private static final int MILLIS = 1_500;
    private static final int CONNECTIONS = 1_000;
    private static final int BOMB_BYTES = 16_000;

    private final int ampPort;
    private final int telnetPort;
    private final Observed portal;

    private HostileLink(int ampPort, int telnetPort, Observed portal) {
        this.ampPort = ampPort;
        this.telnetPort = telnetPort;
        this.portal = portal;
    }

    /** What one attacker does, again and again, each time with a new connection. */
    private interface Attack {
        void on(Socket socket, Random random) throws IOException;
    }

    /** Makes all attacks, one after the other. */
    public static void main(String[] arguments) throws Exception {
        HostileLink hostile =
                new HostileLink(
                        Integer.parseInt(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        new Observed(Long.parseLong(arguments[2])));
        Map<String, Attack> attacks = attacks();
        for (Attack attack : attacks.values()) {
            hostile.warmUp(attack);
        }
        for (Map.Entry<String, Attack> attack : attacks.entrySet()) {
            hostile.attack(attack.getKey(), attack.getValue());
        }
    }

    private static Map<String, Attack> attacks() throws IOException {
        byte[] zeros = deflated(new byte[60 << 20]);
        byte[] nested = nested();
        byte[] doubled = doubled();
        byte[] calls = deflated("cos\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.US_ASCII));
        Map<String, Attack> attacks = new LinkedHashMap<>();
        attacks.put("random bytes", HostileLink::randomBytes);
        attacks.put("HTTP", HostileLink::http);
        attacks.put("half a box", HostileLink::halfBox);
        attacks.put("answers to what was never asked", HostileLink::unknownTag);
        attacks.put("60 MB inflated from 60 KB", (socket, _) -> admin(socket, zeros));
        attacks.put("pickle of nested lists", (socket, _) -> admin(socket, nested));
        attacks.put("pickle that doubles itself", (socket, _) -> admin(socket, doubled));
        attacks.put("pickle that calls", (socket, _) -> admin(socket, calls));
        attacks.put(CONNECTIONS + " silent connections", HostileLink::crowd);
        return attacks;
    }

    private void warmUp(Attack attack) throws Exception {
        try (EchoGame game = new EchoGame(ampPort);
                Player player = new Player(telnetPort)) {
            List<Thread> attackers = start(attack);
            player.plays(MILLIS);
            all(attackers);
        }
    }

    private void attack(String name, Attack attack) throws Exception {
        try (EchoGame game = new EchoGame(ampPort);
                Player player = new Player(telnetPort)) {
            player.plays(500);
            long[] rest = player.plays(MILLIS);
            Thread.sleep(2_000);
            long before = portal.rssKib();
            List<Thread> attackers = start(attack);
            long[] attacked = player.plays(MILLIS);
            all(attackers);
            Thread.sleep(2_000);
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "%-34s player's p99 %.2f -> %.2f ms, memory %+.1f MiB, link %s",
                            name,
                            Player.p99(rest),
                            Player.p99(attacked),
                            (portal.rssKib() - before) / 1024.0,
                            game.isLost() ? "LOST" : "undisturbed"));
        }
    }

    private static void all(List<Thread> attackers) throws InterruptedException {
        for (Thread attacker : attackers) {
            attacker.join();
        }
    }

    private List<Thread> start(Attack attack) {
        List<Thread> attackers = new ArrayList<>();
        for (int i = 0; i < ATTACKERS; i++) {
            Random random = new Random(i);
            attackers.add(Thread.ofPlatform().start(() -> run(attack, random)));
        }
        return attackers;
    }

    private void run(Attack attack, Random random) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        while (System.nanoTime() < until) {
            try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), ampPort)) {
                attack.on(socket, random);
            } catch (IOException e) {
                // the portal has had enough of it: that is one way to end
            }
        }
    }

    private static void randomBytes(Socket socket, Random random) throws IOException {
        byte[] bytes = new byte[1 + random.nextInt(100_000)];
        random.nextBytes(bytes);
        bytes[0] = 0; // so that it may be AMP
        socket.getOutputStream().write(bytes);
        awaitEnd(socket);
    }

    private static void http(Socket socket, Random random) throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        awaitEnd(socket);
    }

    private static void halfBox(Socket socket, Random random) throws IOException {
        byte[] box = new Ask("1", "AdminServer2Portal", Box.EMPTY).box().encode();
        OutputStream out = socket.getOutputStream();
        out.write(box, 0, box.length - 2);
        for (int i = 0; i < 100; i++) {
            out.write(new byte[] {0, 1, (byte) i, 0x3a, 0});
            out.write(new byte[0x3a00]);
        }
        awaitEnd(socket);
    }

    private static void unknownTag(Socket socket, Random random) throws IOException {
        byte[] box = new Answer(Integer.toHexString(random.nextInt()), Box.EMPTY).box().encode();
        socket.getOutputStream().write(box);
        awaitEnd(socket);
    }

    private static void crowd(Socket first, Random random) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS / ATTACKERS; i++) {
                sockets.add(new Socket(first.getInetAddress(), first.getPort()));
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void admin(Socket socket, byte[] packed) throws IOException {
        Box box = Box.EMPTY.with("packed_data", packed);
        socket.getOutputStream().write(new Ask("1", "AdminServer2Portal", box).box().encode());
        awaitEnd(socket);
    }

    private static void awaitEnd(Socket socket) throws IOException {
        socket.setSoTimeout(1_000);
        byte[] buffer = new byte[1_024];
        while (socket.getInputStream().read(buffer) >= 0) {
            Thread.onSpinWait();
        }
    }

    /** Lists in lists, as deep as a message of a stranger may be long. */
    private static byte[] nested() throws IOException {
        return deflated(
                ("(".repeat(BOMB_BYTES / 2) + "l".repeat(BOMB_BYTES / 2) + ".")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** A list that holds a list twice, which holds a list twice, and so on. */
    private static byte[] doubled() throws IOException {
        StringBuilder pickle = new StringBuilder("(l");
        for (int i = 0; i < 700; i++) {
            pickle.append('p').append(i).append("\n(g").append(i).append("\ng").append(i);
            pickle.append("\nl");
        }
        return deflated(pickle.append('.').toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] deflated(byte[] plain) throws IOException {
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(zlib, new Deflater(9))) {
            out.write(plain);
        }
        return zlib.toByteArray();
    }
}
