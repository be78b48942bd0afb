package lychgate.transport.web;

import lychgate.session.Meters;
import lychgate.session.Meters.Direction;
import lychgate.transport.web.format.Frames;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One WebSocket: reads a frame at a time when it is asked to, writes frames, answers pings and
 * sends its own, and ends in order. Knows nothing of what is spoken. Any thread may call.
 */
final class WebSocketChannel implements FrameHandler {
    private static final Logger log = LoggerFactory.getLogger(WebSocketChannel.class);

    /** Interval between pings. */
    static final Duration PING = Duration.ofSeconds(30);

    /** Timeout for a client that sends nothing, not even a pong, while it is being read. */
    static final Duration SILENCE = Duration.ofSeconds(74);

    /**
     * Frames that are read before other connections have their turn: Jetty goes on with a
     * connection as long as there is something to read, on a thread that others wait for.
     */
    private static final int PORTION = 16;

    private final Meters meters;
    private final Executor threads;
    private final Consumer<WebSocketChannel> gone;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Demand demand = new Demand();
    private final Pings pings = new Pings();
    private volatile Events events = new Nobody();
    private volatile @Nullable CoreSession session;
    private volatile @Nullable Callback answerClose;

    /** The user of the channel. Called by Jetty's threads, one call at a time. */
    interface Events {
        /** The WebSocket is open: it may be read and written. */
        void opened();

        /**
         * A part of a message. The next is read once {@link #dealtWith} has been called.
         *
         * @param first whether the message begins with it
         * @param last whether the message ends with it
         */
        void received(boolean text, boolean first, boolean last, byte[] payload);

        /** The client has sent a close frame. */
        void clientCloses();

        /** The connection is gone. */
        void closed();
    }

    /**
     * @param threads run what is left for later
     * @param gone told, once, when the connection has ended
     */
    WebSocketChannel(Meters meters, Executor threads, Consumer<WebSocketChannel> gone) {
        this.meters = meters;
        this.threads = threads;
        this.gone = gone;
    }

    /** Sets the user of the channel; before it is opened. */
    void usedBy(Events user) {
        events = user;
    }

    /** Bytes written so far. */
    long taken() {
        return taken.get();
    }

    boolean isClosing() {
        CoreSession now = session;
        return ended.get() || (now != null && !now.isOutputOpen());
    }

    /** Starts or stops reading. */
    void read(boolean on) {
        demand.wanted(on);
    }

    /** What {@link Events#received} brought has been dealt with. */
    void dealtWith() {
        demand.dealtWith();
    }

    /**
     * Writes frames.
     *
     * @param written run when they are on their way
     * @param failed told when they can't be sent
     */
    void write(byte[] frames, Runnable written, Consumer<Throwable> failed) {
        CoreSession to = session;
        if (to == null) {
            failed.accept(new IOException("the WebSocket is not open"));
            return;
        }
        meters.bytes(Direction.OUT, frames.length);
        Callback done =
                Callback.from(
                        () -> {
                            taken.addAndGet(frames.length);
                            written.run();
                        },
                        cause -> failed.accept(new IOException("cannot write", cause)));
        List<Frames.Frame> all = Frames.split(frames);
        for (Iterator<Frames.Frame> each = all.iterator(); each.hasNext(); ) {
            Frames.Frame next = each.next();
            Frame frame = new Frame(next.opcode(), next.last(), next.payload());
            to.sendFrame(frame, each.hasNext() ? Callback.NOOP : done, each.hasNext());
        }
    }

    /**
     * Sends a close frame, or answers the client's. The caller closes the connection if the client
     * takes too long to answer.
     */
    void endOutput(int code) {
        Callback answer = answerClose;
        CoreSession to = session;
        if (answer != null) {
            answer.succeeded();
        } else if (to != null) {
            to.close(code, "", Callback.NOOP);
        }
    }

    /** Closes the connection without a close frame. */
    void abort() {
        CoreSession to = session;
        if (to != null) {
            to.abort();
        }
    }

    /**
     * Sends a ping if one is due; closes the connection of a client that is silent for too long.
     */
    void tick(long now) {
        pings.tick(now);
    }

    // Called by Jetty.

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        callback.succeeded();
        pings.heard(System.nanoTime());
        events.opened();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        demand.met();
        pings.heard(System.nanoTime());
        byte[] payload = payload(frame);
        meters.bytes(Direction.IN, payload.length);
        switch (frame.getOpCode()) {
            case OpCode.CLOSE -> {
                answerClose = callback; // Jetty answers it when this is done
                events.clientCloses();
                return;
            }
            case OpCode.PING -> pong(payload);
            case OpCode.PONG -> demand.dealtWith();
            default -> {
                callback.succeeded();
                boolean first = frame.getOpCode() != OpCode.CONTINUATION;
                events.received(frame.getOpCode() == OpCode.TEXT, first, frame.isFin(), payload);
                return;
            }
        }
        callback.succeeded();
    }

    private static byte[] payload(Frame frame) {
        ByteBuffer bytes = frame.getPayload();
        byte[] payload = new byte[bytes == null ? 0 : bytes.remaining()];
        if (bytes != null) {
            bytes.duplicate().get(payload);
        }
        return payload;
    }

    /**
     * The next frame is read once the pong is sent: a client that does not read its pongs waits.
     */
    private void pong(byte[] payload) {
        CoreSession to = session;
        if (to != null && to.isOutputOpen()) {
            to.sendFrame(
                    new Frame(OpCode.PONG, true, ByteBuffer.wrap(payload)),
                    Callback.from(demand::dealtWith, _ -> demand.dealtWith()),
                    false);
        } else {
            demand.dealtWith();
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        if (cause instanceof ProtocolException) {
            meters.malformed("websocket");
        }
        log.debug("WebSocket failed", cause);
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        callback.succeeded();
        if (!ended.getAndSet(true)) {
            gone.accept(this);
            events.closed();
        }
    }

    /** Tracks whether the next frame has been demanded; Jetty rejects a second demand. */
    private final class Demand {
        private boolean wanted;
        private boolean asked;
        private boolean busy;
        private int frames; // of this portion

        synchronized void wanted(boolean on) {
            wanted = on;
            ask();
        }

        synchronized void met() {
            asked = false;
            busy = true;
        }

        synchronized void dealtWith() {
            busy = false;
            ask();
        }

        synchronized boolean isRead() {
            return asked;
        }

        private void ask() {
            CoreSession from = session;
            if (wanted && !asked && !busy && from != null) {
                asked = true;
                pings.heard(System.nanoTime()); // silence counts from here
                if (++frames < PORTION) {
                    from.demand();
                } else {
                    frames = 0;
                    later(from);
                }
            }
        }

        /** The thread that has read the last frame returns meanwhile. */
        private void later(CoreSession from) {
            try {
                threads.execute(from::demand);
            } catch (RejectedExecutionException e) {
                log.debug("the web server has ended", e);
            }
        }
    }

    /** Detects a dead client whose TCP connection still looks alive. */
    private final class Pings {
        private volatile long heardAt;
        private volatile long sentAt = System.nanoTime();
        private final AtomicBoolean underWay = new AtomicBoolean();

        void heard(long now) {
            heardAt = now;
        }

        void tick(long now) {
            if (demand.isRead() && now - heardAt > SILENCE.toNanos()) {
                meters.refused("silent");
                abort();
            } else if (now - sentAt >= PING.toNanos() && !underWay.get()) {
                send(now);
            }
        }

        private void send(long now) {
            CoreSession to = session;
            if (to != null && to.isOutputOpen()) {
                sentAt = now;
                underWay.set(true);
                to.sendFrame(
                        new Frame(OpCode.PING),
                        Callback.from(() -> underWay.set(false), _ -> underWay.set(false)),
                        false);
            }
        }
    }

    /** Until the channel has a user. */
    private static final class Nobody implements Events {
        @Override
        public void opened() {}

        @Override
        public void received(boolean text, boolean first, boolean last, byte[] payload) {}

        @Override
        public void clientCloses() {}

        @Override
        public void closed() {}
    }
}
