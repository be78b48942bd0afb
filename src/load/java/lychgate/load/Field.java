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
 * Where an attack is made: the portal, the addresses it comes from, and when it begins and ends.
 */
final class Field implements AutoCloseable {
    /** Connections that a new address may make at once; the shipped burst is 20. */
    static final int BURST = 18;

    /** After which an address may make one more; the shipped rate is 2 a second. */
    private static final int REFILL_MILLIS = 550;

    private final Distribution portal;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Queue<AutoCloseable> opened = new ConcurrentLinkedQueue<>();
    private final Queue<String> misses = new ConcurrentLinkedQueue<>();
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

    /** An address that no other attacker has, and no honest player. */
    String address() {
        int n = addresses.incrementAndGet();
        return "127.6." + (n >> 8) + "." + (n & 255);
    }

    /** A connection that ends with the attack at the latest. */
    Wire wire(String from, int receiveBuffer) throws IOException {
        return closing(new Wire(port("telnet"), from, receiveBuffer));
    }

    Wire wire(String from) throws IOException {
        return wire(from, 0);
    }

    /** Has something closed with the attack. */
    <T extends AutoCloseable> T closing(T what) throws IOException {
        opened.add(what);
        if (over) {
            close();
            throw new IOException("the attack is over");
        }
        return what;
    }

    /** Guests, so many of each address, connected no faster than the limits allow. */
    List<Wire> guests(int count, int perAddress) throws IOException, InterruptedException {
        List<Wire> guests = wires(count, perAddress, 0);
        for (Wire guest : guests) {
            guest.guest();
        }
        return guests;
    }

    /** Connections that have seen the login screen, no faster than the limits allow. */
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

    /** To be called when all is ready; returns when the attack is to begin. */
    void begin() throws InterruptedException {
        ready.countDown();
        begun.await();
    }

    boolean goesOn() {
        return !over;
    }

    /** Tells that so much was sent. */
    void sent(long bytes) {
        sent.addAndGet(bytes);
    }

    long sent() {
        return sent.get();
    }

    /** Counts it as a miss where something is not as it should be. */
    void require(boolean so, String otherwise) {
        if (!so) {
            misses.add(otherwise);
        }
    }

    /** Tells a figure, which is a miss where it is not as it should be. */
    @SuppressWarnings("AnnotateFormatMethod")
    void judge(boolean so, String format, Object... values) {
        (so ? notes : misses).add(String.format(Locale.ROOT, format, values));
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
                // it was closed from the other end
            }
        }
    }
}
