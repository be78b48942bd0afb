package lychgate.transport.telnet.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.rounds.Round;
import lychgate.testing.Await;
import lychgate.testing.TelnetPeer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

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

    @Test
    void whatALoopCannotOpenInItsRoundWaitsToBeAccepted() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        telnet.game()
                .onLine(
                        _ -> {
                            held.countDown();
                            await(mayGoOn);
                        });
        telnet.peer().types("something that takes long");
        await(held);
        List<TelnetPeer> newcomers = Stream.generate(telnet::stranger).limit(20).toList();
        Await.until("the loop has its hands full", () -> !telnet.loops().canOpen());
        assertTrue(telnet.portal().places() <= 1 + IoLoops.MAX_OPENED_A_ROUND);
        mayGoOn.countDown();
        newcomers.forEach(newcomer -> newcomer.expects(ListeningTelnet.OPENING));
    }

    @Test
    void whatSeveralClientsSayInOneRoundIsHandedOnTogether() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<String> said = new CopyOnWriteArrayList<>();
        Runnable handOn = () -> said.add("-");
        telnet.game()
                .onLine(
                        line -> {
                            if (line.equals("hold")) {
                                held.countDown();
                                await(mayGoOn);
                            } else {
                                said.add(line);
                                Round.atEnd(handOn);
                            }
                        });
        List<TelnetPeer> others = Stream.generate(telnet::peer).limit(3).toList();
        telnet.peer().types("hold");
        await(held);
        others.forEach(other -> other.types("look"));
        mayGoOn.countDown();
        Await.until("all have been heard", () -> said.contains("-"));
        assertEquals(List.of("look", "look", "look", "-"), said);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
