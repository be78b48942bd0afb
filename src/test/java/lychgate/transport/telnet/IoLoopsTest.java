package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Await;
import lychgate.telnet.TelnetPeer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;

class IoLoopsTest {
    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet();

    @Test
    void loopWithoutAConnectionIsAlive() {
        assertTrue(telnet.loops().alive(0));
    }

    @Test
    void serviceIsDrainedWhenItsLastConnectionHasGone() {
        TelnetPeer peer = telnet.peer();
        assertFalse(telnet.transport().drained());
        peer.close();
        Await.until("the service is drained", () -> telnet.transport().drained());
    }

    @Test
    void loopThatIsHeldUpIsNotAliveUntilItGoesOn() {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        telnet.game().onLine(_ -> await(mayGoOn));
        telnet.peer().types("something that blocks, which nothing may");
        Await.until("it is noticed", () -> !telnet.loops().alive(2)); // it looks every second
        mayGoOn.countDown();
        Await.until("it goes on", () -> telnet.loops().alive(2));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
