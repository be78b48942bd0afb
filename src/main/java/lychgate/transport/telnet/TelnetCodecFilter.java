package lychgate.transport.telnet;

import lychgate.session.Meters;
import lychgate.telnet.ByteBuilder;
import lychgate.telnet.TelnetDecoder;
import lychgate.telnet.TelnetEncoder;
import lychgate.telnet.TelnetEvent;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;

import java.nio.ByteBuffer;

/**
 * Bytes below, {@link TelnetEvent}s above. What is malformed is counted here and goes no further.
 */
final class TelnetCodecFilter extends IoFilterAdapter {
    private final TelnetDecoder decoder;
    private final Meters meters;

    TelnetCodecFilter(int maxSubnegotiation, Meters meters) {
        this.decoder = new TelnetDecoder(maxSubnegotiation);
        this.meters = meters;
    }

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        ByteBuffer in = ((IoBuffer) message).buf();
        for (TelnetEvent event = decoder.next(in); event != null; event = decoder.next(in)) {
            if (event instanceof TelnetEvent.Malformed(String kind)) {
                meters.malformed(kind);
            } else {
                next.messageReceived(session, event);
            }
        }
    }

    @Override
    public void filterWrite(NextFilter next, IoSession session, WriteRequest request) {
        ByteBuilder bytes = new ByteBuilder();
        TelnetEncoder.encode((TelnetEvent) request.getMessage(), bytes);
        next.filterWrite(session, new DefaultWriteRequest(bytes.take()));
    }
}
