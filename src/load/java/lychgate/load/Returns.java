package lychgate.load;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Many web clients lose their connections at once, and come back at once. */
final class Returns {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String TOKEN = "\"token\":\"";

    private Returns() {}

    static void measure(int port, int clients) throws IOException, InterruptedException {
        List<String> tokens = new ArrayList<>();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Socket socket = connect(port, i);
            sockets.add(socket);
            String told = says(socket, "{\"resume\":true}", TOKEN, "\",");
            tokens.add(told.substring(told.indexOf(TOKEN) + TOKEN.length(), told.length() - 2));
        }
        for (Socket socket : sockets) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        Thread.sleep(1_000);
        AtomicInteger resumed = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(clients);
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            int number = i;
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    if (comesBack(port, number, tokens.get(number))) {
                                        resumed.incrementAndGet();
                                    }
                                } finally {
                                    left.countDown();
                                }
                            });
        }
        left.await();
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "return clients=%d resumed=%d all-back=%.2fs",
                        clients,
                        resumed.get(),
                        (System.nanoTime() - start) / 1e9));
    }

    private static boolean comesBack(int port, int number, String token) {
        try {
            Socket socket = connect(port, number);
            String said = "{\"resume\":\"" + token + "\",\"ack\":0}";
            return says(socket, said, "\"resumed\":true", "}").contains("resumed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(int port, int number) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        String from = "127.1." + (number >> 8) + "." + (number & 255);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        socket.getOutputStream().write(Speech.HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Says something about the session, and reads up to some words and the next end. */
    private static String says(Socket socket, String kwargs, String words, String end)
            throws IOException {
        byte[] frame = Speech.frame("[\"session\",[]," + kwargs + "]").array();
        int length = Speech.frame("[\"session\",[]," + kwargs + "]").remaining();
        socket.getOutputStream().write(frame, 0, length);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        StringBuilder read = new StringBuilder();
        int at = -1;
        while (at < 0 || read.indexOf(end, at + words.length()) < 0) {
            byte[] one = {in.readByte()};
            read.append(new String(one, StandardCharsets.ISO_8859_1));
            at = read.indexOf(words);
        }
        return read.toString();
    }
}
