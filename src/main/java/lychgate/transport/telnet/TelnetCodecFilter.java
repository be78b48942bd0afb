package lychgate.transport.telnet;

import lychgate.session.Meters;
import lychgate.telnet.ByteBuilder;
import lychgate.telnet.Compressor;
import lychgate.telnet.Decompressor;
import lychgate.telnet.Decompressor.BrokenStreamException;
import lychgate.telnet.DeflaterPool;
import lychgate.telnet.TelnetDecoder;
import lychgate.telnet.TelnetEncoder;
import lychgate.telnet.TelnetEvent;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Bytes below, {@link TelnetEvent}s above; what is malformed is counted here and goes no further.
 * Where both sides have agreed on it, the bytes below are compressed: what we write by MCCP2, what
 * the client writes by MCCP3.
 */
final class TelnetCodecFilter extends IoFilterAdapter {
    private final TelnetDecoder decoder;
    private final DeflaterPool deflaters;
    private final Meters meters;
    private final Consumer<String> unreadable;
    private @Nullable Compressor compressor;
    private @Nullable Decompressor decompressor;
    private @Nullable NextFilter below;
    private @Nullable IoSession session;
    private volatile boolean compressing;

    /**
     * @param deflaters to borrow
     * @param unreadable told what is wrong with a stream that cannot be read on
     */
    TelnetCodecFilter(
            int maxSubnegotiation,
            DeflaterPool deflaters,
            Meters meters,
            Consumer<String> unreadable) {
        this.decoder = new TelnetDecoder(maxSubnegotiation);
        this.deflaters = deflaters;
        this.meters = meters;
        this.unreadable = unreadable;
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter next) {
        below = next;
        session = chain.getSession();
    }

    @Override
    public void messageReceived(NextFilter next, IoSession ioSession, Object message) {
        ByteBuffer in = ((IoBuffer) message).buf();
        while (in.hasRemaining()) {
            Decompressor stream = decompressor;
            if (stream == null) {
                decodePlain(in, next, ioSession);
            } else if (!inflate(stream, in, next, ioSession)) {
                return;
            }
        }
    }

    @Override
    public void sessionClosed(NextFilter next, IoSession ioSession) {
        if (compressor != null) {
            compressor.close();
        }
        endOfInflation();
        next.sessionClosed(ioSession);
    }

    @Override
    public void filterWrite(NextFilter next, IoSession ioSession, WriteRequest request) {
        switch (request.getMessage()) {
            case TelnetEvent event -> write(event, next, ioSession);
            case StreamRequest.Compress(boolean on) when on -> compress();
            case StreamRequest.Compress _ -> endCompression();
            case StreamRequest.Inflate() -> inflate();
            case Object other ->
                    throw new IllegalArgumentException("not for the wire: " + other.getClass());
        }
    }

    /** Gives out all that has been written, so that the client can read it now. */
    void flush() {
        Compressor stream = compressor;
        if (stream != null) {
            ByteBuilder bytes = new ByteBuilder();
            stream.flush(bytes);
            down(bytes);
        }
    }

    /** Ends a compressed stream as its format has it. What is written then is plain. */
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

    /** Whether {@link #rest} would give something back. Any thread may ask. */
    boolean compressing() {
        return compressing;
    }

    /** There is nothing to be written for a while: what was borrowed for it is given back. */
    void rest() {
        if (compressor != null) {
            compressor.rest();
            compressing = false;
        }
    }

    private void write(TelnetEvent event, NextFilter next, IoSession ioSession) {
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
            decompressor = new Decompressor();
        }
    }

    /** Decodes up to the end, or to where a compressed stream begins. */
    private void decodePlain(ByteBuffer in, NextFilter next, IoSession ioSession) {
        TelnetEvent event = decoder.next(in);
        while (event != null) {
            received(event, next, ioSession);
            event = decompressor == null ? decoder.next(in) : null;
        }
    }

    /** Inflates up to the end, or to that of the stream; whether there is any way to go on. */
    private boolean inflate(
            Decompressor stream, ByteBuffer in, NextFilter next, IoSession ioSession) {
        try {
            for (ByteBuffer plain = portion(stream, in);
                    plain != null;
                    plain = portion(stream, in)) {
                for (TelnetEvent event = decoder.next(plain);
                        event != null;
                        event = decoder.next(plain)) {
                    received(event, next, ioSession);
                }
            }
        } catch (BrokenStreamException e) {
            endOfInflation();
            meters.malformed(e.kind());
            unreadable.accept(e.kind());
            return false;
        }
        if (stream.finished()) {
            endOfInflation();
        }
        return true;
    }

    private static @Nullable ByteBuffer portion(Decompressor stream, ByteBuffer in)
            throws BrokenStreamException {
        return stream.next(in, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    private void endOfInflation() {
        if (decompressor != null) {
            decompressor.close();
            decompressor = null;
        }
    }

    private void received(TelnetEvent event, NextFilter next, IoSession ioSession) {
        if (event instanceof TelnetEvent.Malformed(String kind)) {
            meters.malformed(kind);
        } else {
            next.messageReceived(ioSession, event);
        }
    }

    private void down(ByteBuilder bytes) {
        if (below != null && bytes.size() > 0) {
            below.filterWrite(session, new DefaultWriteRequest(bytes.take()));
        }
    }
}
