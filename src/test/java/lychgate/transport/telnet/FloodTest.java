package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import lychgate.testing.Await;
import lychgate.testing.TelnetPeer;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The effect of a flooding client on other threads. */
class FloodTest {
    private static final int LINES = 20_000;

    private final ListeningTelnet telnet = new ListeningTelnet();

    @AfterEach
    void close() {
        telnet.close();
    }

    @Test
    void inputIsDecodedByTheConnectionsOwnLoopHoweverOftenTheGameWritesMeanwhile()
            throws InterruptedException {
        Set<String> decoders = ConcurrentHashMap.newKeySet();
        telnet.game().onLine(_ -> decoders.add(Thread.currentThread().getName()));
        TelnetPeer flooder = telnet.peer();
        byte[] flood = "x\r\n".repeat(LINES).getBytes(StandardCharsets.US_ASCII);
        Thread attack = Thread.ofPlatform().start(() -> flooder.sends(flood));
        Await.until("the flood to begin", () -> !decoders.isEmpty());
        while (telnet.game().told("text").size() < LINES) {
            telnet.game().text(1, "hello");
            telnet.game().text(1, "there");
        }
        attack.join();
        assertEquals(1, decoders.size(), decoders::toString);
        assertFalse(decoders.contains(Thread.currentThread().getName()));
    }

    @Test
    void windowThatStaysAsItIsIsNoNews() {
        TelnetPeer flooder = telnet.peer().sends("IAC WILL NAWS");
        for (int i = 0; i < 1_000; i++) {
            flooder.sends("IAC SB NAWS 0 80 0 24 IAC SE");
        }
        flooder.types("done");
        telnet.game().awaits("1 text done");
        assertEquals(2, telnet.game().told("facts").size()); // its width, its height
    }
}
