package lychgate.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Many web clients lose their connections at once, and come back at once. */
final class Returns {
    private Returns() {}

    static void measure(int port, int clients) throws IOException, InterruptedException {
        List<String> tokens = new ArrayList<>();
        List<WebWire> wires = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            WebWire wire = connect(port, i);
            wires.add(wire);
            tokens.add(wire.token("{\"resume\":true}"));
        }
        for (WebWire wire : wires) {
            wire.close();
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
                                    comesBack(port, number, tokens.get(number));
                                    resumed.incrementAndGet();
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

    private static void comesBack(int port, int number, String token) {
        try {
            WebWire wire = connect(port, number);
            wire.send(WebWire.session("{\"resume\":\"" + token + "\",\"ack\":0}"));
            wire.await("\"resumed\":true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WebWire connect(int port, int number) throws IOException {
        return new WebWire(port, "127.1." + (number >> 8) + "." + (number & 255), 0).open();
    }
}
