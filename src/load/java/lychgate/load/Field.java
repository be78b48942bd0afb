package lychgate.load;

import lychgate.peers.Distribution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The environment of an attack: the portal, the attackers' addresses, and when it begins and ends.
 */
final class Field implements AutoCloseable {
    /** Connections that a new address can open at once; the default burst is 20. */
    static final int BURST = 18;

    /** Time after which an address can open one more; the default rate is 2 a second. */
    private static final int REFILL_MILLIS = 550;

    private final Distribution portal;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Queue<AutoCloseable> opened = new ConcurrentLinkedQueue<>();
    private final Queue<String> misses = new ConcurrentLinkedQueue<>();
    private final Queue<String> slow = new ConcurrentLinkedQueue<>();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger addresses = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean over;

    Field(Distribution portal) {
        this.portal = portal;
    }

    int port(String service) {
        return portal.port(service);
    }

    Observed process() {
        return new Observed(portal.pid());
    }

    Distribution portal() {
        return portal;
    }

    /** An address that no other client uses. */
    String address() {
        int n = addresses.incrementAndGet();
        return "127.6." + (n >> 8) + "." + (n & 255);
    }

    /** Opens a connection that is closed with the attack at the latest. */
    Wire wire(String from, int receiveBuffer) throws IOException {
        return closing(new Wire(port("telnet"), from, receiveBuffer));
    }

    Wire wire(String from) throws IOException {
        return wire(from, 0);
    }

    /** Registers something to close when the attack ends. */
    <T extends AutoCloseable> T closing(T what) throws IOException {
        opened.add(what);
        if (over) {
            close();
            throw new IOException("the attack is over");
        }
        return what;
    }

    /** Logged-in guests, this many per address, connected at the maximum allowed rate. */
    List<Wire> guests(int count, int perAddress) throws IOException, InterruptedException {
        List<Wire> guests = wires(count, perAddress, 0);
        for (Wire guest : guests) {
            guest.guest();
        }
        return guests;
    }

    /** Connections that have seen the login screen, opened at the maximum allowed rate. */
    List<Wire> wires(int count, int perAddress, int receiveBuffer)
            throws IOException, InterruptedException {
        List<String> from = new ArrayList<>();
        for (int i = 0; i < count; i += perAddress) {
            from.add(address());
        }
        List<Wire> wires = new ArrayList<>();
        for (int round = 0; round < perAddress; round++) {
            if (round >= BURST) {
                Thread.sleep(REFILL_MILLIS);
            }
            for (String address : from) {
                if (wires.size() < count) {
                    wires.add(wire(address, receiveBuffer));
                }
            }
        }
        for (Wire wire : wires) {
            wire.await("> ");
        }
        return wires;
    }

    /** Called when the attack is prepared; returns when it is to begin. */
    void begin() throws InterruptedException {
        ready.countDown();
        begun.await();
    }

    boolean goesOn() {
        return !over;
    }

    /** Counts sent bytes. */
    void sent(long bytes) {
        sent.addAndGet(bytes);
    }

    long sent() {
        return sent.get();
    }

    /** Reports a miss if a condition does not hold. */
    void require(boolean so, String otherwise) {
        if (!so) {
            misses.add(otherwise);
        }
    }

    /** Reports a figure, as a miss if the condition does not hold. */
    @SuppressWarnings("AnnotateFormatMethod")
    void judge(boolean so, String format, Object... values) {
        (so ? notes : misses).add(String.format(Locale.ROOT, format, values));
    }

    /** Reports times, as a miss on an idle machine if the condition does not hold. */
    @SuppressWarnings("AnnotateFormatMethod")
    void judgeTimes(boolean so, String format, Object... values) {
        (so ? notes : slow).add(String.format(Locale.ROOT, format, values));
    }

    boolean isReady() {
        return ready.getCount() == 0;
    }

    void go() {
        begun.countDown();
    }

    List<String> misses() {
        return List.copyOf(misses);
    }

    /** Misses that count on an idle machine only. */
    List<String> slow() {
        return List.copyOf(slow);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Ends the attack. */
    @Override
    public void close() {
        over = true;
        begun.countDown();
        for (AutoCloseable each = opened.poll(); each != null; each = opened.poll()) {
            try {
                each.close();
            } catch (Exception e) {
                // closed by the peer
            }
        }
    }
}
