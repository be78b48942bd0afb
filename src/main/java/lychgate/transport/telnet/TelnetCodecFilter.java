package lychgate.transport.telnet;

import lychgate.session.Meters;
import lychgate.telnet.ByteBuilder;
import lychgate.telnet.Compressor;
import lychgate.telnet.Decompressor;
import lychgate.telnet.Decompressor.BrokenStreamException;
import lychgate.telnet.DeflaterPool;
import lychgate.telnet.InflateCredit;
import lychgate.telnet.TelnetDecoder;
import lychgate.telnet.TelnetEncoder;
import lychgate.telnet.TelnetEvent;
import lychgate.transport.Conversation;
import lychgate.transport.Reading.Pause;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Converts between bytes (below) and {@link TelnetEvent}s (above). Malformed input is counted and
 * dropped. If negotiated, output is compressed (MCCP2) and input is inflated (MCCP3).
 */
final class TelnetCodecFilter extends IoFilterAdapter {
    private static final Logger log = LoggerFactory.getLogger(TelnetCodecFilter.class);

    private final TelnetDecoder decoder;
    private final DeflaterPool deflaters;
    private final Meters meters;
    private final Conversation conversation;
    private final ChainTap tap;
    private final InflateCredit credit = new InflateCredit();
    private @Nullable Compressor compressor;
    private @Nullable Decompressor decompressor;
    private volatile @Nullable ByteBuffer waiting; // compressed input not yet inflated
    private boolean inputClosed;
    private boolean ended;
    private @Nullable NextFilter chain;
    private @Nullable IoSession session;
    private volatile boolean compressing;

    /**
     * @param maxSubnegotiation maximum bytes of a subnegotiation
     * @param deflaters deflaters to borrow
     */
    TelnetCodecFilter(int maxSubnegotiation, DeflaterPool deflaters, Conversation conversation) {
        this.decoder = new TelnetDecoder(maxSubnegotiation);
        this.deflaters = deflaters;
        this.conversation = conversation;
        this.meters = conversation.meters();
        this.tap = new ChainTap(conversation.tap());
    }

    @Override
    public void onPostAdd(IoFilterChain whole, String name, NextFilter next) {
        chain = next;
        session = whole.getSession();
    }

    @Override
    public void messageReceived(NextFilter next, IoSession ioSession, Object message) {
        if (ended) {
            return;
        }
        ByteBuffer in = ((IoBuffer) message).buf();
        ByteBuffer before = waiting;
        if (before == null) {
            read(in, next, ioSession);
            if (waiting != null) {
                conversation.pause(Pause.UNFINISHED, true);
            }
            conversation.bufferedInput(decoder.held());
        } else {
            waiting = joined(before, in);
        }
    }

    /** EOF is passed on after all buffered input. */
    @Override
    public void inputClosed(NextFilter next, IoSession ioSession) {
        if (waiting == null) {
            next.inputClosed(ioSession);
        } else {
            inputClosed = true;
        }
    }

    @Override
    public void sessionClosed(NextFilter next, IoSession ioSession) {
        if (compressor != null) {
            compressor.close();
        }
        waiting = null;
        endInflation();
        next.sessionClosed(ioSession);
    }

    @Override
    public void filterWrite(NextFilter next, IoSession ioSession, WriteRequest request) {
        switch (request.getMessage()) {
            case TelnetEvent event -> write(event, next, ioSession);
            case StreamRequest.Compress(boolean on) when on -> {
                tap.note("compressed from here on (MCCP2)");
                compress();
            }
            case StreamRequest.Compress _ -> endCompression();
            case StreamRequest.Inflate() -> inflate();
            case Object other ->
                    throw new IllegalArgumentException("not for the wire: " + other.getClass());
        }
    }

    /** Whether there is buffered input for {@link #processInput}. Any thread may call. */
    boolean hasPendingInput() {
        return waiting != null;
    }

    /** Inflates and decodes one portion of buffered input, unless input is paused or throttled. */
    void processInput() {
        if (waiting != null) {
            inflateNext();
            conversation.bufferedInput(decoder.held());
            if (waiting == null) {
                conversation.pause(Pause.UNFINISHED, false);
            }
        }
    }

    private void inflateNext() {
        ByteBuffer in = waiting;
        Decompressor stream = decompressor;
        if (in == null
                || stream == null
                || chain == null
                || session == null
                || !conversation.mayProcessInput()) {
            return;
        }
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        long rest = credit.restMillis(now);
        if (rest > 0) {
            meters.refused("mccp3_work");
            throttle(Duration.ofMillis(rest));
            return;
        }
        boolean more;
        try {
            more = inflate(stream, in, now, chain, session);
        } catch (BrokenStreamException e) {
            meters.malformed(e.kind());
            closeAsCorrupt(e.kind());
            discardInput();
            return;
        }
        if (waiting == null) {
            return; // it ended the session
        }
        if (more) {
            conversation.processInputLater();
            return;
        }
        waiting = null;
        if (stream.finished()) {
            endInflation();
        }
        read(in, chain, session);
        passInputClosed();
    }

    /** Stops reading for a while: the input took too much work. */
    private void throttle(Duration time) {
        conversation.pause(Pause.THROTTLED, true);
        conversation.later(time, () -> conversation.pause(Pause.THROTTLED, false));
    }

    /** The client's compressed stream is corrupt, or a decompression bomb. */
    private void closeAsCorrupt(String kind) {
        log.info(
                "session {} closed: corrupt compressed data from the client ({})",
                conversation,
                kind);
        conversation.finish(
                "What your client sends compressed cannot be read. Please connect again.");
    }

    /** Discards buffered and all further input. */
    void discardInput() {
        ended = true;
        waiting = null;
        endInflation();
        passInputClosed();
    }

    /** Flushes the compressed stream, so that the client can decode everything written. */
    void flush() {
        Compressor stream = compressor;
        if (stream != null) {
            ByteBuilder bytes = new ByteBuilder();
            stream.flush(bytes);
            down(bytes);
        }
    }

    /** Finishes the compressed stream. Later output is uncompressed. */
    void endCompression() {
        Compressor stream = compressor;
        if (stream != null) {
            ByteBuilder bytes = new ByteBuilder();
            stream.finish(bytes);
            down(bytes);
            compressor = null;
            compressing = false;
        }
    }

    /** Whether a deflater may be in use, see {@link #releaseDeflater}. Any thread may call. */
    boolean compressing() {
        return compressing;
    }

    /** Returns the deflater to the pool while the output is idle. */
    void releaseDeflater() {
        if (compressor != null) {
            compressor.release();
            compressing = false;
        }
    }

    private void write(TelnetEvent event, NextFilter next, IoSession ioSession) {
        tap.sent(event);
        ByteBuilder bytes = new ByteBuilder();
        TelnetEncoder.encode(event, bytes);
        Compressor stream = compressor;
        if (stream != null) {
            byte[] plain = bytes.take();
            stream.compress(plain, bytes);
            compressing = true;
        }
        next.filterWrite(ioSession, new DefaultWriteRequest(bytes.take()));
    }

    private void compress() {
        if (compressor == null) {
            compressor = new Compressor(deflaters);
        }
    }

    private void inflate() {
        if (decompressor == null) {
            decompressor = new Decompressor(credit);
        }
    }

    private void read(ByteBuffer in, NextFilter next, IoSession ioSession) {
        if (decompressor == null) {
            decodePlain(in, next, ioSession);
        }
        if (decompressor != null && in.hasRemaining()) {
            waiting = in;
            inflateNext();
        }
    }

    private void passInputClosed() {
        if (inputClosed && waiting == null && chain != null) {
            inputClosed = false;
            chain.inputClosed(session);
        }
    }

    /** Decodes uncompressed input, up to its end or the start of a compressed stream. */
    private void decodePlain(ByteBuffer in, NextFilter next, IoSession ioSession) {
        TelnetEvent event = decoder.next(in);
        while (event != null) {
            received(event, next, ioSession);
            event = decompressor == null ? decoder.next(in) : null;
        }
    }

    /** Inflates and decodes a portion. Returns whether the input may hold more of the stream. */
    private boolean inflate(
            Decompressor stream, ByteBuffer in, long now, NextFilter next, IoSession ioSession)
            throws BrokenStreamException {
        ByteBuffer plain = stream.next(in, now);
        if (plain == null) {
            return false;
        }
        int length = plain.remaining();
        for (TelnetEvent event = decoder.next(plain); event != null; event = decoder.next(plain)) {
            received(event, next, ioSession);
        }
        return !stream.finished() && (in.hasRemaining() || length == Decompressor.PORTION);
    }

    private static ByteBuffer joined(ByteBuffer before, ByteBuffer behind) {
        ByteBuffer all = ByteBuffer.allocate(before.remaining() + behind.remaining());
        return all.put(before).put(behind).flip();
    }

    private void endInflation() {
        if (decompressor != null) {
            decompressor.close();
            decompressor = null;
        }
    }

    private void received(TelnetEvent event, NextFilter next, IoSession ioSession) {
        if (event instanceof TelnetEvent.Malformed(String kind)) {
            tap.malformed(kind);
            meters.malformed(kind);
        } else {
            tap.received(event);
            try {
                next.messageReceived(ioSession, event);
            } finally {
                tap.dealt();
            }
        }
    }

    private void down(ByteBuilder bytes) {
        if (chain != null && bytes.size() > 0) {
            chain.filterWrite(session, new DefaultWriteRequest(bytes.take()));
        }
    }
}
