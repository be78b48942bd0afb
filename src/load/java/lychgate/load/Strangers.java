package lychgate.load;

import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.Box;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Unauthorized clients at the AMP port while a game is connected, four at a time. */
final class Strangers {
    private static final int ATTACKERS = 4;
    private static final int CONNECTIONS = 1_000;
    private static final int BOMB_BYTES = 16_000;

    private Strangers() {}

    /** What one of them does, repeatedly, each time with a new connection. */
    private interface Stranger {
        void on(Socket socket, Random random) throws IOException;
    }

    static List<Row> rows() {
        try {
            byte[] zeros = deflated(new byte[60 << 20]);
            byte[] nested = nested();
            byte[] doubled = doubled();
            byte[] calls = deflated(Floods.text("cos\nsystem\n(S'true'\ntR."));
            return List.of(
                    row("random bytes", Strangers::randomBytes),
                    row("HTTP", Strangers::http),
                    row("half a box", Strangers::halfBox),
                    row("answers to what was never asked", Strangers::unknownTag),
                    row("60 MB inflated from 60 KB", (socket, _) -> admin(socket, zeros)),
                    row("pickle of nested lists", (socket, _) -> admin(socket, nested)),
                    row("pickle that doubles itself", (socket, _) -> admin(socket, doubled)),
                    row("pickle that calls", (socket, _) -> admin(socket, calls)),
                    row(CONNECTIONS + " silent connections", Strangers::crowd));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String name, Stranger stranger) {
        return new Row(
                "game's port: " + name,
                field -> {
                    field.begin();
                    List<Thread> threads = new ArrayList<>();
                    for (int i = 0; i < ATTACKERS; i++) {
                        Random random = new Random(i);
                        threads.add(Thread.ofPlatform().start(() -> run(field, stranger, random)));
                    }
                    for (Thread thread : threads) {
                        thread.join();
                    }
                });
    }

    private static void run(Field field, Stranger stranger, Random random) {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        while (field.goesOn()) {
            try (Socket socket = field.closing(new Socket(here, field.port("amp")))) {
                stranger.on(socket, random);
            } catch (IOException e) {
                // the portal closed the connection: expected
            }
        }
    }

    private static void randomBytes(Socket socket, Random random) throws IOException {
        byte[] bytes = new byte[1 + random.nextInt(100_000)];
        random.nextBytes(bytes);
        bytes[0] = 0; // could be AMP
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

    /** Nested lists, as deep as the maximum message length of an unidentified peer allows. */
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
