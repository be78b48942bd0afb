package lychgate.transport.telnet.front;

import lychgate.plugin.Scheduler;
import lychgate.transport.Conversation;
import lychgate.transport.telnet.TelnetChain;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Detects clients that start with a TLS ClientHello. If TLS is enabled on this port, the opening
 * waits a moment for the first byte, and the TLS filters are removed unless it begins a hello; if
 * not, a TLS client is disconnected. A telnet client sends nothing before the opening, and never
 * begins with the first two bytes of a hello.
 *
 * <p>Runs on the connection's loop only.
 */
final class SniffFilter extends IoFilterAdapter {
    /** How long to wait for the first byte. */
    private static final Duration SNIFF_TIMEOUT = Duration.ofMillis(200);

    /** The type of a TLS handshake record, of any version (RFC 8446, section 5.1). */
    private static final byte HANDSHAKE = 0x16;

    private static final byte MAJOR_VERSION = 0x03;

    private final @Nullable Scheduler scheduler;
    private final Executor loop;
    private boolean waiting;
    private boolean ended;

    private SniffFilter(@Nullable Scheduler scheduler, Executor loop) {
        this.scheduler = scheduler;
        this.loop = loop;
        this.waiting = scheduler != null;
    }

    /** Disconnects TLS clients. */
    static SniffFilter refusing() {
        return new SniffFilter(null, Runnable::run);
    }

    /**
     * Accepts both: removes the filters {@code tls} and {@code secured} if the client does not
     * speak TLS.
     */
    static SniffFilter choosing(Scheduler scheduler, Executor loop) {
        return new SniffFilter(scheduler, loop);
    }

    @Override
    public void sessionOpened(NextFilter next, IoSession io) {
        if (scheduler == null) {
            next.sessionOpened(io);
        } else {
            scheduler.after(SNIFF_TIMEOUT, () -> loop.execute(() -> timedOut(next, io)));
        }
    }

    @Override
    public void messageReceived(NextFilter next, IoSession io, Object message) {
        if (ended) {
            return;
        }
        boolean hello = isHello((IoBuffer) message);
        if (hello && !waiting) {
            ended = true;
            Conversation session = TelnetChain.conversation(io);
            if (session != null) {
                session.runUnlessOver(() -> session.rejectProtocol("tls_hello"));
            }
            return;
        }
        if (waiting) {
            open(next, io, hello);
        }
        io.getFilterChain().remove(this);
        next.messageReceived(io, message);
    }

    @Override
    public void inputClosed(NextFilter next, IoSession io) {
        if (waiting) {
            io.closeNow();
        } else {
            next.inputClosed(io);
        }
    }

    private void timedOut(NextFilter next, IoSession io) {
        if (waiting && io.isConnected()) {
            open(next, io, false);
        }
    }

    private void open(NextFilter next, IoSession io, boolean tls) {
        waiting = false;
        IoFilterChain chain = io.getFilterChain();
        if (!tls) {
            chain.remove(TlsFilter.NAME);
            chain.remove(SecuredFilter.NAME);
        }
        next.sessionOpened(io);
    }

    private static boolean isHello(IoBuffer in) {
        return in.get(in.position()) == HANDSHAKE
                && (in.remaining() == 1 || in.get(in.position() + 1) == MAJOR_VERSION);
    }
}
