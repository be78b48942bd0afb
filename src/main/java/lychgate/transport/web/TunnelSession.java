package lychgate.transport.web;

import lychgate.transport.telnet.TelnetChain;
import lychgate.transport.web.format.Frames;
import lychgate.transport.web.format.Message;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.DefaultIoFilterChain;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.service.IoHandler;
import org.apache.mina.core.service.IoProcessor;
import org.apache.mina.core.service.TransportMetadata;
import org.apache.mina.core.session.AbstractIoSession;
import org.apache.mina.core.session.DefaultIoSessionDataStructureFactory;
import org.apache.mina.core.session.DummySession;
import org.apache.mina.core.session.IoSessionConfig;
import org.apache.mina.core.write.WriteRequest;

import java.net.SocketAddress;
import java.util.function.Consumer;

/** A WebSocket as a MINA session that reads and writes bytes. */
final class TunnelSession extends AbstractIoSession {
    private static final IoHandler HANDLER = TelnetChain.handler();

    /** Supplies what MINA expects of a session and a WebSocket does not have. */
    private static final DummySession NOWHERE = new DummySession();

    private final IoFilterChain chain = new DefaultIoFilterChain(this);
    private final Carrier carrier;

    /**
     * @param reading told whether to read the channel from now on
     */
    @SuppressWarnings("this-escape") // the structures are its own, and not asked for anything yet
    TunnelSession(WebSocketChannel channel, Consumer<Boolean> reading) {
        super(NOWHERE.getService());
        this.carrier = new Carrier(channel, reading);
        DefaultIoSessionDataStructureFactory structures =
                new DefaultIoSessionDataStructureFactory();
        try {
            setAttributeMap(structures.getAttributeMap(this));
            setWriteRequestQueue(structures.getWriteRequestQueue(this));
        } catch (Exception e) {
            throw new IllegalStateException("making a map and a queue does not fail", e);
        }
    }

    @Override
    public IoProcessor<TunnelSession> getProcessor() {
        return carrier;
    }

    @Override
    public IoHandler getHandler() {
        return HANDLER;
    }

    @Override
    public IoFilterChain getFilterChain() {
        return chain;
    }

    @Override
    public IoSessionConfig getConfig() {
        return NOWHERE.getConfig();
    }

    @Override
    public TransportMetadata getTransportMetadata() {
        return NOWHERE.getTransportMetadata();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return NOWHERE.getLocalAddress();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return NOWHERE.getRemoteAddress();
    }

    /** Writes each buffer as one binary message. */
    private record Carrier(WebSocketChannel channel, Consumer<Boolean> reading)
            implements IoProcessor<TunnelSession> {

        @Override
        public void write(TunnelSession session, WriteRequest request) {
            IoBuffer buffer = (IoBuffer) request.getMessage();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            Message message = new Message.Binary(bytes);
            byte[] frames = Frames.joined(message);
            channel.write(
                    frames,
                    () -> {
                        session.increaseWrittenBytes(bytes.length, System.currentTimeMillis());
                        session.getFilterChain().fireMessageSent(request);
                    },
                    session.getFilterChain()::fireExceptionCaught);
        }

        @Override
        public void updateTrafficControl(TunnelSession session) {
            reading.accept(!session.isReadSuspended());
        }

        @Override
        public void remove(TunnelSession session) {
            channel.abort();
        }

        @Override
        public void add(TunnelSession session) {}

        @Override
        public void flush(TunnelSession session) {}

        @Override
        public boolean isDisposing() {
            return false;
        }

        @Override
        public boolean isDisposed() {
            return false;
        }

        @Override
        public void dispose() {}
    }
}
