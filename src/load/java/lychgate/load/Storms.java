package lychgate.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Clients that send malformed, oversized or slow input, four at a time. */
final class Storms {
    private static final int ATTACKERS = 4;
    private static final int IAC = 255;
    private static final int SB = 250;
    private static final int MEGABYTE = 1024 * 1024;

    /** Slow connections per attacker. */
    private static final int DRIBBLES = 100;

    /** Bytes sent one at a time: too few to complete the header or hello. */
    private static final int DRIBBLED = 150;

    private static final byte[] PROXY =
            "PROXY TCP4 127.0.0.1 127.0.0.1 4003 4003\r\n".getBytes(StandardCharsets.US_ASCII);

    /** The start of a 512-byte TLS handshake record with a ClientHello of 508 bytes. */
    private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    /** PROXY version 2, TCP over IPv4, with 4,080 more bytes. */
    private static final byte[] PROXY_V2 =
            "\r\n\r\n\0\r\nQUIT\n!\u0011\u000f\u00f0".getBytes(StandardCharsets.ISO_8859_1);

    private Storms() {}

    /** What one attacker does with a connection before it opens the next. */
    private interface Storm {
        void on(Socket socket) throws IOException, InterruptedException;
    }

    static List<Row> rows() {
        return List.of(
                row("every byte and pair behind IAC", Storms::pairs),
                row("storm of all options", Storms::storm),
                row("64 MB of a subnegotiation", Storms::subnegotiation),
                row("128 MB of a line", Storms::line),
                row("1 GB inflated from 1 MB (MCCP3)", Storms::bomb),
                row("100,000 lines, not read", Storms::deaf),
                row("a byte every 10 ms", Storms::slow),
                behindProxy("400 hellos of TLS, dribbled", dribbled(PROXY, HELLO)),
                behindProxy("400 PROXY headers, dribbled", dribbled(new byte[0], PROXY_V2)));
    }

    private static Row row(String name, Storm storm) {
        return new Row(name, of("telnet", storm));
    }

    /** All come through one proxy, without limits. */
    private static Row behindProxy(String name, Storm storm) {
        return new Row(name, of("telnet-tls", storm))
                .with(
                        "telnet.tls.proxy_protocol=true",
                        "portal.trusted_proxies=[\"127.0.0.0/8\"]",
                        "limits.connections_per_address=0",
                        "limits.connections_per_second_per_address=0");
    }

    private static Attack of(String service, Storm storm) {
        return field -> {
            field.begin();
            List<Thread> attackers = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                attackers.add(Thread.ofPlatform().start(() -> run(field, service, storm)));
            }
            for (Thread attacker : attackers) {
                attacker.join();
            }
        };
    }

    private static void run(Field field, String service, Storm storm) {
        while (field.goesOn()) {
            try (Socket socket = field.closing(new Socket())) {
                InetAddress from = InetAddress.ofLiteral(field.address());
                socket.bind(new InetSocketAddress(from, 0));
                socket.connect(
                        new InetSocketAddress(
                                InetAddress.ofLiteral("127.0.0.1"), field.port(service)));
                storm.on(socket);
            } catch (IOException | InterruptedException e) {
                // the portal closed the connection: expected
            }
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

    /** Sends a prefix at once and the rest a byte at a time, over many connections. */
    private static Storm dribbled(byte[] atOnce, byte[] slowly) {
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
