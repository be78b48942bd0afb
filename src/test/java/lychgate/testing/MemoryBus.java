package lychgate.testing;

import lychgate.nats.Bus;
import lychgate.nats.Receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A bus within a test, which carries everything in order until it is cut. */
public final class MemoryBus implements Bus, AutoCloseable {
    private static final int SIGN_OF_LIFE = 30;

    private final List<Subscribed> subscribed = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private volatile boolean gone;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int loses; // one frame in so many; 0: none
    private final List<Carried> carried = new ArrayList<>(); // guarded by this

    private record Carried(String subject, int length) {}

    private static final class Subscribed implements Listening {
        private final Pattern subjects;
        private final Receiver receiver;
        private final ExecutorService thread =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        private final List<Subscribed> all;

        Subscribed(String subject, Receiver receiver, List<Subscribed> all) {
            this.subjects = Pattern.compile(subject.replace(".", "\\.").replace("*", "[^.]+"));
            this.receiver = receiver;
            this.all = all;
        }

        @Override
        public void close() {
            all.remove(this);
            thread.shutdown();
        }
    }

    @Override
    public synchronized boolean publish(String subject, byte[] body) {
        carried.add(new Carried(subject, body.length));
        if (cut || (loses > 0 && carried.size() % loses == 0)) {
            return false;
        }
        for (Subscribed one : subscribed) {
            if (one.subjects.matcher(subject).matches()) {
                one.thread.execute(() -> one.receiver.received(subject, body));
            }
        }
        return true;
    }

    @Override
    public Listening subscribe(String subject, Receiver receiver) {
        Subscribed made = new Subscribed(subject, receiver, subscribed);
        subscribed.add(made);
        return made;
    }

    /** How many messages it was given. */
    public synchronized int carried() {
        return carried.size();
    }

    /**
     * How many messages with more in them than a sign of life it was given since then.
     *
     * @param since what {@link #carried} said
     * @param subject a part of their subject
     */
    public synchronized long payloads(int since, String subject) {
        return carried.stream()
                .skip(since)
                .filter(one -> one.subject.contains(subject) && one.length > SIGN_OF_LIFE)
                .count();
    }

    @Override
    public boolean isListening() {
        asked.incrementAndGet();
        return !gone;
    }

    /** How often it was asked whether it listens: once with each tick of a portal that serves. */
    public int asked() {
        return asked.get();
    }

    /** There is no bus at all from now on, as who uses it notices. */
    public void gone() {
        cut = true;
        gone = true;
    }

    /** Carries nothing from now on, which nobody notices at once. */
    public void cut() {
        cut = true;
    }

    /** Carries again. */
    public void mend() {
        cut = false;
        gone = false;
    }

    /** Loses one message in so many from now on. */
    public void loses(int oneIn) {
        loses = oneIn;
    }

    @Override
    public void close() {
        subscribed.forEach(Subscribed::close);
    }
}
