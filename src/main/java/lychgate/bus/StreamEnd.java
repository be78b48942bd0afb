package lychgate.bus;

import org.jspecify.annotations.Nullable;

import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One end of a reliable stream of messages over a bus that may lose, double, delay and reorder what
 * it carries: what is sent arrives once and in order, for as long as both ends live. It is the
 * layer above that knows what to do when one of them has been replaced.
 *
 * <p>Each end has an <b>incarnation</b>, a number that is greater for a later one. A stream is
 * named by the incarnations of its two ends; each frame carries both, so that a frame from or for a
 * predecessor is recognized. Of several ends that claim to be the same, the latest counts.
 *
 * <pre>
 *                a frame that names this end
 *     APART ─────────────────────────────────────► JOINED
 *       ▲                                            │
 *       └────────────────────────────────────────────┘
 *          BYE, or a HELLO of a later incarnation
 * </pre>
 *
 * <p>While apart, an end that calls sends HELLO until it is answered; the other only answers. Lost
 * frames are noticed by the receiver, which reports the gap, or by the sender, which hears of no
 * progress; either way everything from the first missing frame on is sent again: a bus loses
 * little, and in a row.
 *
 * <p>Not thread safe. The time is handed in, in nanoseconds of a clock that only goes forward.
 */
public final class StreamEnd {
    /** Received frames that are acknowledged at once, whether or not there is anything to say. */
    static final int ACKNOWLEDGED_AT_ONCE = 64;

    private final boolean calls;
    private final Versions versions;
    private final Supplier<byte[]> greeting;
    private final StreamTimes times;
    private final Consumer<byte[]> wire;

    private long own;
    private long peer = Frame.UNKNOWN; // the latest that was heard of
    private long left; // the latest that has said that it ends
    private boolean joined;
    private byte[] peerGreeting = {};
    private int version;
    private Outgoing outgoing = new Outgoing();
    private Incoming incoming = new Incoming();
    private int toAcknowledge;
    private long superseded; // the latest incarnation of this end that was told of
    private long incompatible; // the latest incarnation of the other end that was told of

    private boolean everHeard;
    private long silent;
    private @Nullable Long tickedAt;
    private long spokeAt;
    private long progressAt;
    private long resendAfter;
    private @Nullable Long calledAt;
    private @Nullable Long answeredStrangerAt;
    private @Nullable Long gapToldAt;
    private @Nullable Long gapHeardAt;
    private long resent;
    private long repeated;
    private long gaps;

    /**
     * @param calls whether this end looks for the other
     * @param incarnation of this end: positive, greater than that of any predecessor
     * @param greeting what this end says of itself now
     * @param wire takes each frame; may lose it, must not block
     */
    public StreamEnd(
            boolean calls,
            long incarnation,
            Versions versions,
            Supplier<byte[]> greeting,
            StreamTimes times,
            Consumer<byte[]> wire) {
        this.calls = calls;
        this.own = incarnation;
        this.versions = versions;
        this.greeting = greeting;
        this.times = times;
        this.wire = wire;
        this.resendAfter = times.resend().toNanos();
    }

    /** Whether there is a stream: both ends know each other. */
    public boolean joined() {
        return joined;
    }

    /**
     * For how long the other end has not been heard while this one listened; 0 if it never was. A
     * successor of the other end has been heard when the stream with it begins.
     */
    public long silentNanos() {
        return silent;
    }

    /** Whether so much waits for its acknowledgement that no more should be sent. */
    public boolean full() {
        return outgoing.full();
    }

    /** Whether there is room again, after it was full. */
    public boolean roomy() {
        return outgoing.roomy();
    }

    /** Frames that have been sent, or wait, and have not been acknowledged. */
    public int unacknowledged() {
        return outgoing.waiting();
    }

    /** The bytes of what has been sent, or waits, and has not been acknowledged. */
    public long unacknowledgedBytes() {
        return outgoing.bytes();
    }

    /** Frames that were sent again, so far. */
    public long resent() {
        return resent;
    }

    /** Frames that arrived again, so far. */
    public long repeated() {
        return repeated;
    }

    /** Frames that arrived before one that was due, so far. */
    public long gaps() {
        return gaps;
    }

    /**
     * Adds a message; {@link #flush} sends it, or the next {@link #tick}. Without a stream it is
     * dropped.
     */
    public void add(byte[] message) {
        if (joined) {
            outgoing.add(message);
        }
    }

    /** Sends what has been added, as far as the window allows. */
    public void flush(long now) {
        if (!joined) {
            return;
        }
        if (!outgoing.unacknowledged()) {
            progressAt = now;
        }
        for (byte[] payload = outgoing.next(); payload != null; payload = outgoing.next()) {
            toAcknowledge = 0;
            send(
                    new Frame.Data(
                            own, peer, version, outgoing.last(), incoming.received(), payload),
                    now);
        }
    }

    /** Ends, by order: the other end need not find out. */
    public void leave(long now) {
        if (joined) {
            send(new Frame.Bye(own, peer), now);
            forget();
        }
    }

    /** Does what is due. Called often: what is received is acknowledged by the next call. */
    public void tick(long now) {
        tick(now, true);
    }

    /**
     * The same.
     *
     * @param listening whether there is a way to hear the other end: without one it is not silent
     */
    public void tick(long now, boolean listening) {
        if (everHeard && tickedAt != null && listening) {
            silent += Math.min(now - tickedAt, times.longestTick().toNanos());
        }
        tickedAt = now;
        if (!joined) {
            if (calls && isDue(calledAt, times.call().toNanos(), now)) {
                calledAt = now;
                hello(now);
            }
            return;
        }
        flush(now);
        if (outgoing.unacknowledged() && now - progressAt >= resendAfter) {
            resendAfter = Math.min(2 * resendAfter, times.resendMost().toNanos());
            progressAt = now;
            sendAgain(now);
        }
        if (toAcknowledge > 0 || now - spokeAt >= times.heartbeat().toNanos()) {
            report(false, now);
        }
    }

    /**
     * Takes a frame.
     *
     * @param events gets what it brings, in order
     * @throws MalformedException if the frame is invalid, or something in it: the stream goes on
     */
    public void receive(byte[] bytes, long now, Consumer<StreamEvent> events)
            throws MalformedException {
        Frame frame = FrameCodec.decode(bytes);
        if (frame.from() <= left) {
            return;
        }
        if (frame.from() < peer) {
            answerStranger(now); // a predecessor, or a successor whose clock goes wrong
            return;
        }
        if (frame.to() > own && isSuperseded(frame, events)) {
            return;
        }
        switch (frame) {
            case Frame.Hello hello -> greeted(hello, now, events);
            case Frame.Data data -> {
                if (isOfStream(data, now, events)) {
                    take(data, now, events);
                }
            }
            case Frame.Report report -> {
                if (isOfStream(report, now, events)) {
                    acknowledged(report.received(), now);
                    if (report.gap() && isDue(gapHeardAt, times.hush().toNanos(), now)) {
                        gapHeardAt = now;
                        sendAgain(now);
                    }
                }
            }
            case Frame.Bye bye -> {
                if (isOfStream(bye, now, events)) {
                    left = peer;
                    forget();
                    events.accept(new StreamEvent.Left());
                }
            }
        }
    }

    /**
     * Whether a frame for a later incarnation of this end means that there is one. An end that has
     * not joined yet may just have a clock that went back: it takes a number that is greater.
     */
    private boolean isSuperseded(Frame frame, Consumer<StreamEvent> events) {
        if (!joined) {
            own = frame.to() + 1;
            calledAt = null;
            return false;
        }
        if (frame.to() > superseded) {
            superseded = frame.to();
            events.accept(new StreamEvent.Superseded());
        }
        return true;
    }

    private void greeted(Frame.Hello hello, long now, Consumer<StreamEvent> events) {
        OptionalInt common = versions.common(hello.versions());
        if (common.isEmpty()) {
            if (hello.from() > incompatible) {
                incompatible = hello.from();
                events.accept(new StreamEvent.Incompatible(hello.versions()));
                answerStranger(now);
            }
            return;
        }
        if (hello.from() > peer) {
            forget();
            peer = hello.from();
        }
        if (joined) {
            heard();
        } else {
            peerGreeting = hello.greeting();
            version = common.getAsInt();
        }
        if (hello.to() == own) {
            join(now, events);
            report(false, now); // so that the other end knows that it is known
        } else {
            hello(now); // if joined: that one was on its way for long
        }
    }

    /** Whether a frame belongs to this stream; if not, its sender is told who is here. */
    private boolean isOfStream(Frame frame, long now, Consumer<StreamEvent> events) {
        if (frame.from() != peer || frame.to() != own) {
            answerStranger(now);
            return false;
        }
        join(now, events);
        return true;
    }

    private void join(long now, Consumer<StreamEvent> events) {
        heard();
        if (!joined) {
            joined = true;
            progressAt = now;
            events.accept(new StreamEvent.Joined(peerGreeting));
        }
    }

    private void take(Frame.Data data, long now, Consumer<StreamEvent> events)
            throws MalformedException {
        acknowledged(data.received(), now);
        toAcknowledge++;
        try {
            Incoming.Taken taken =
                    incoming.take(
                            data.sequence(),
                            data.payload(),
                            message -> events.accept(new StreamEvent.Message(message)));
            switch (taken) {
                case NEXT -> gapToldAt = null;
                case AGAIN -> repeated++;
                case EARLY -> {
                    gaps++;
                    if (isDue(gapToldAt, times.hush().toNanos(), now)) {
                        gapToldAt = now;
                        report(true, now);
                    }
                }
            }
        } finally {
            if (joined && toAcknowledge >= ACKNOWLEDGED_AT_ONCE) {
                report(false, now);
            }
        }
    }

    private void acknowledged(long upTo, long now) {
        if (outgoing.acknowledge(upTo)) {
            progressAt = now;
            resendAfter = times.resend().toNanos();
            flush(now);
        }
    }

    private void sendAgain(long now) {
        resent += outgoing.sendAgain();
        flush(now);
    }

    private void report(boolean gap, long now) {
        toAcknowledge = 0;
        send(new Frame.Report(own, peer, incoming.received(), gap), now);
    }

    private void answerStranger(long now) {
        if (isDue(answeredStrangerAt, times.hush().toNanos(), now)) {
            answeredStrangerAt = now;
            hello(now);
        }
    }

    private void hello(long now) {
        send(new Frame.Hello(own, peer, versions, greeting.get()), now);
    }

    private void send(Frame frame, long now) {
        spokeAt = now;
        wire.accept(FrameCodec.encode(frame));
    }

    private void heard() {
        everHeard = true;
        silent = 0;
    }

    private void forget() {
        joined = false;
        outgoing = new Outgoing();
        incoming = new Incoming();
        toAcknowledge = 0;
        calledAt = null;
        resendAfter = times.resend().toNanos();
    }

    private static boolean isDue(@Nullable Long last, long after, long now) {
        return last == null || now - last >= after;
    }
}
