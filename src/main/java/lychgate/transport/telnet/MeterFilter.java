package lychgate.transport.telnet;

import lychgate.session.Meters;
import lychgate.session.Meters.Direction;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.WriteRequest;

/** Counts telnet bytes in both directions. */
final class MeterFilter extends IoFilterAdapter {
    private final Meters meters;

    MeterFilter(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void messageReceived(NextFilter next, IoSession session, Object message) {
        meters.bytes(Direction.IN, ((IoBuffer) message).remaining());
        next.messageReceived(session, message);
    }

    @Override
    public void filterWrite(NextFilter next, IoSession session, WriteRequest request) {
        meters.bytes(Direction.OUT, ((byte[]) request.getMessage()).length);
        next.filterWrite(session, request);
    }
}
