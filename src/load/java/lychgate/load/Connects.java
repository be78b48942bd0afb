package lychgate.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Connects from thousands of addresses. */
final class Connects {
    private static final int THREADS = 64;
    private static final int PER_SECOND = 6_400;

    /** Connect timeout. */
    private static final int PATIENCE_MILLIS = 500;

    private Connects() {}

    static List<Row> rows() {
        return List.of(
                new Row("6,400 connects/s from thousands of addresses", of("telnet")),
                new Row("6,400 connects/s to SSH", of("ssh")),
                new Row("6,400 connects/s to TLS", of("telnet-tls")));
    }

    private static Attack of(String service) {
        return field -> {
            Pace pace = new Pace(PER_SECOND);
            AtomicInteger connects = new AtomicInteger();
            field.begin();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(
                        Thread.ofPlatform()
                                .daemon()
                                .start(() -> connects(field, service, pace, connects)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            field.judge(true, "%d connects", connects.get());
        };
    }

    private static void connects(Field field, String service, Pace pace, AtomicInteger connects) {
        InetSocketAddress portal =
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), field.port(service));
        while (field.goesOn()) {
            try (Socket socket = new Socket()) {
                pace.await(1);
                ThreadLocalRandom random = ThreadLocalRandom.current();
                String from = "127.7." + random.nextInt(64) + "." + random.nextInt(256);
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
                socket.connect(portal, PATIENCE_MILLIS);
                connects.incrementAndGet();
            } catch (IOException | InterruptedException e) {
                // refused: that is one way to yield
            }
        }
    }
}
