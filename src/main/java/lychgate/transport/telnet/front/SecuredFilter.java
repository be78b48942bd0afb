package lychgate.transport.telnet.front;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.Scheduler;

import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.FilterEvent;
import org.apache.mina.filter.ssl.SslEvent;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Delays the opening until the TLS handshake is done, so that nothing is written before; closes the
 * connection on a handshake timeout. Runs on the connection's loop only.
 */
final class SecuredFilter extends IoFilterAdapter {
    /** Its name in the chain. */
    static final String NAME = "secured";

    private final PortalApplication app;
    private final Executor loop;
    private Scheduler.@Nullable Cancellable deadline;
    private boolean secured;

    /**
     * @param loop the I/O loop of the connection
     */
    SecuredFilter(PortalApplication app, Executor loop) {
        this.app = app;
        this.loop = loop;
    }

    @Override
    public void sessionOpened(NextFilter next, IoSession io) {
        int seconds = app.limits().tlsHandshakeSeconds();
        if (seconds > 0) {
            deadline =
                    app.scheduler()
                            .after(
                                    Duration.ofSeconds(seconds),
                                    () -> {
                                        app.meters().refused("tls_handshake_seconds");
                                        io.closeNow();
                                    });
        }
    }

    /** Called by the thread that completed the handshake. */
    @Override
    public void event(NextFilter next, IoSession io, FilterEvent event) {
        if (event == SslEvent.SECURED) {
            loop.execute(() -> open(next, io));
        }
    }

    /** Data that came with the end of the handshake overtakes the event. */
    @Override
    public void messageReceived(NextFilter next, IoSession io, Object message) {
        open(next, io);
        next.messageReceived(io, message);
    }

    @Override
    public void inputClosed(NextFilter next, IoSession io) {
        if (secured) {
            next.inputClosed(io);
        } else {
            io.closeNow();
        }
    }

    @Override
    public void sessionClosed(NextFilter next, IoSession io) {
        cancelDeadline();
        next.sessionClosed(io);
    }

    private void open(NextFilter next, IoSession io) {
        if (!secured) {
            secured = true;
            cancelDeadline();
            next.sessionOpened(io);
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
