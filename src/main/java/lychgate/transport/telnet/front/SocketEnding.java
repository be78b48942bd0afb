package lychgate.transport.telnet.front;

import lychgate.plugin.Scheduler;
import lychgate.transport.telnet.Ending;

import org.apache.mina.core.session.IoSession;

import javax.net.ssl.SSLException;

/** Closes a TCP connection: close_notify if there is TLS, half-close, linger, close. */
final class SocketEnding implements Ending {
    private final IoSession io;
    private final Scheduler scheduler;
    private volatile boolean inputEnded;
    private volatile boolean outputEnded;

    SocketEnding(IoSession io, Scheduler scheduler) {
        this.io = io;
        this.scheduler = scheduler;
    }

    @Override
    public void endOutput() {
        if (io.getFilterChain().get(TlsFilter.NAME) instanceof TlsFilter tls) {
            try {
                tls.sendCloseNotify(io, this::halfClose);
            } catch (SSLException e) {
                io.closeNow(); // it was already broken
            }
        } else {
            halfClose();
        }
    }

    @Override
    public void inputEnded() {
        inputEnded = true;
        closeIfBothEnded();
    }

    private void halfClose() {
        LingeringClose.halfClose(io);
        outputEnded = true;
        closeIfBothEnded();
        scheduler.after(LingeringClose.LINGER, io::closeNow);
    }

    private void closeIfBothEnded() {
        if (inputEnded && outputEnded) {
            io.closeNow();
        }
    }
}
