package lychgate.transport.telnet;

import lychgate.plugin.Scheduler;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Looks whether a client begins with TLS. Where that is spoken too, the opening waits a moment for
 * the first byte, and TLS is left out of the chain unless it is a hello; where it is not, the
 * connection ends. A client of telnet says nothing before the opening, and never begins with the
 * hello's two bytes.
 *
 * <p>Run by the connection's loop, and by the scheduler when nothing has come in time.
 */
final class SniffFilter extends IoFilterAdapter {
    /** How long the opening waits for the first byte. */
    private static final Duration MOMENT = Duration.ofMillis(200);

    /** A handshake record of TLS, of any version (RFC 8446, section 5.1). */
    private static final byte HANDSHAKE = 0x16;

    private static final byte MAJOR_VERSION = 0x03;

    private final TelnetSession client;
    private final @Nullable Scheduler scheduler;
    private boolean waiting;
    private boolean ended;

    private SniffFilter(TelnetSession client, @Nullable Scheduler scheduler) {
        this.client = client;
        this.scheduler = scheduler;
        this.waiting = scheduler != null;
    }

    /** Lets no TLS pass. */
    static SniffFilter refusing(TelnetSession client) {
        return new SniffFilter(client, null);
    }

    /** Lets both pass: the filters {@code tls} and {@code secured} stay in the chain or not. */
    static SniffFilter choosing(TelnetSession client, Scheduler scheduler) {
        return new SniffFilter(client, scheduler);
    }

    @Override
    public void sessionOpened(NextFilter next, IoSession io) {
        if (scheduler == null) {
            next.sessionOpened(io);
        } else {
            scheduler.after(MOMENT, () -> nothingCame(next, io));
        }
    }

    @Override
    public synchronized void messageReceived(NextFilter next, IoSession io, Object message) {
        if (ended) {
            return;
        }
        boolean hello = isHello((IoBuffer) message);
        if (hello && !waiting) {
            ended = true;
            client.mailbox().run(() -> client.turnAway("tls_hello"));
            return;
        }
        if (waiting) {
            open(next, io, hello);
        }
        io.getFilterChain().remove(this);
        next.messageReceived(io, message);
    }

    @Override
    public synchronized void inputClosed(NextFilter next, IoSession io) {
        if (waiting) {
            io.closeNow();
        } else {
            next.inputClosed(io);
        }
    }

    private synchronized void nothingCame(NextFilter next, IoSession io) {
        if (waiting && io.isConnected()) {
            open(next, io, false);
        }
    }

    private void open(NextFilter next, IoSession io, boolean tls) {
        waiting = false;
        IoFilterChain chain = io.getFilterChain();
        if (!tls) {
            chain.remove("tls");
            chain.remove("secured");
        }
        next.sessionOpened(io);
    }

    private static boolean isHello(IoBuffer in) {
        return in.get(in.position()) == HANDSHAKE
                && (in.remaining() == 1 || in.get(in.position() + 1) == MAJOR_VERSION);
    }
}
