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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One WebSocket: reads a frame at a time when it is asked to, writes frames, answers pings and
 * sends its own, and ends in order. Knows nothing of what is spoken. Any thread may call.
 */
final class WebSocketChannel implements FrameHandler {
    private static final Logger log = LoggerFactory.getLogger(WebSocketChannel.class);

    /** How often a client is asked whether it is there. */
    static final Duration PING = Duration.ofSeconds(30);

    /** How long a client that is read may send nothing, neither frame nor pong. */
    static final Duration SILENCE = Duration.ofSeconds(74);

    private final Meters meters;
    private final Consumer<WebSocketChannel> gone;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Demand demand = new Demand();
    private final Pings pings = new Pings();
    private volatile Events events = new Nobody();
    private volatile @Nullable CoreSession session;
    private volatile @Nullable Callback answerClose;

    /** What uses the channel. Called by Jetty's threads, one call at a time. */
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

        /** The client has said that it will send no more. */
        void clientCloses();

        /** The connection is gone. */
        void closed();
    }

    /**
     * @param gone told, once, when the connection has ended
     */
    WebSocketChannel(Meters meters, Consumer<WebSocketChannel> gone) {
        this.meters = meters;
        this.gone = gone;
    }

    /** Says who uses it, before it is opened. */
    void usedBy(Events user) {
        events = user;
    }

    /** The bytes that the client has taken, or has made room for. */
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
     * Everything has been written: says goodbye, or answers the client's. The client then has a
     * moment, for which the caller looks.
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

    /** Closes the connection without a word. */
    void abort() {
        CoreSession to = session;
        if (to != null) {
            to.abort();
        }
    }

    /** Asks the client whether it is there when it is time to, and gives up one that is silent. */
    void tick(long now) {
        pings.tick(now);
    }

    // What Jetty tells.

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

    /** Reads on when it has been sent: who pings without reading is not read either. */
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

    /** Whether the next frame is read: Jetty must not be asked twice. */
    private final class Demand {
        private boolean wanted;
        private boolean asked;
        private boolean busy;

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
                from.demand();
            }
        }
    }

    /** Finds out that a client is gone though its connection does not say so. */
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

    /** Before anybody uses the channel. */
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
