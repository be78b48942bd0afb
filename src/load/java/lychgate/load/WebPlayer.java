package lychgate.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An honest player over a WebSocket: a guest from their own address who types an {@code echo} and
 * waits for its answer, twenty times a second at most.
 */
final class WebPlayer {
    private static final String ADDRESS = "127.9.0.2";
    private static final long INTERVAL_MILLIS = 50;
    private static final double MAX_MILLIS = 2_500;

    private final Field field;
    private final WebWire wire;
    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean lost;

    WebPlayer(Field field) throws IOException {
        this.field = field;
        this.wire = field.closing(new WebWire(field.port("web"), ADDRESS, 0)).guest();
    }

    /** An attack beside which such a player plays. */
    static Attack beside(Attack attack) {
        return field -> {
            WebPlayer player = new WebPlayer(field);
            Thread thread = Thread.ofPlatform().daemon().start(player::plays);
            attack.on(field);
            while (field.goesOn()) {
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
            thread.join();
            player.judge();
        };
    }

    private void plays() {
        try {
            for (int i = 0; field.goesOn(); i++) {
                long began = System.nanoTime();
                wire.send(WebWire.line("echo honest " + i));
                wire.await("honest " + i + "\"");
                millis.add((System.nanoTime() - began) / 1e6);
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            lost = field.goesOn(); // otherwise the attack is over
        }
    }

    private void judge() {
        List<Double> sorted = millis.stream().sorted().toList();
        field.require(!lost && !sorted.isEmpty(), "the player over a WebSocket was lost");
        if (!sorted.isEmpty()) {
            double longest = sorted.getLast();
            field.judgeTimes(
                    longest <= MAX_MILLIS,
                    "over a WebSocket %d echoes, p50 %.1f p90 %.1f max %.1f ms",
                    sorted.size(),
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() * 9 / 10),
                    longest);
        }
    }
}
