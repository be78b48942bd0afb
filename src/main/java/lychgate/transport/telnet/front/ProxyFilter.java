package lychgate.transport.telnet.front;

import lychgate.address.ProxyHeader;
import lychgate.plugin.Admission;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.Scheduler;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.session.IoSession;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits for the PROXY protocol header, which names the client behind a proxy. Then asks for the
 * client's admission and adds its filters. Runs on the connection's loop only.
 */
final class ProxyFilter extends IoFilterAdapter {
    /** Timeout for the header, from the start of the connection; a proxy sends it at once. */
    private static final Duration HEADER_TIMEOUT = Duration.ofSeconds(3);

    private final RemotePeer proxy;
    private final boolean sendsReason;
    private final PortalApplication app;
    private final Consumer<RemotePeer> admitted;
    private final ProxyHeader header = new ProxyHeader();
    private Scheduler.@Nullable Cancellable deadline;
    private boolean refused;

    /**
     * @param proxy the connected proxy, and the place it takes until its header arrives
     * @param sendsReason whether a refused client is told the reason; a TLS client would not
     *     understand it
     * @param admitted adds the filters of an admitted client
     */
    ProxyFilter(
            RemotePeer proxy,
            boolean sendsReason,
            PortalApplication app,
            Consumer<RemotePeer> admitted) {
        this.proxy = proxy;
        this.sendsReason = sendsReason;
        this.app = app;
        this.admitted = admitted;
    }

    @Override
    public void sessionOpened(NextFilter next, IoSession io) {
        deadline =
                app.scheduler()
                        .after(
                                HEADER_TIMEOUT,
                                () -> {
                                    app.meters().refused("proxy_silence");
                                    app.admission().refused(proxy.address(), "proxy_silence");
                                    io.closeNow();
                                });
    }

    @Override
    public void messageReceived(NextFilter next, IoSession io, Object message) {
        IoBuffer in = (IoBuffer) message;
        if (refused) {
            return;
        }
        switch (header.read(in.buf())) {
            case ProxyHeader.Result.More() -> {}
            case ProxyHeader.Result.Malformed() -> {
                app.admission().refused(proxy.address(), "proxy_header");
                refuse(next, io, "proxy_header", "");
            }
            case ProxyHeader.Result.Done(InetAddress client) -> {
                InetAddress address = client == null ? proxy.address() : client;
                switch (app.admission().admit(address)) {
                    case Admission.Refused(String reason, String words) ->
                            refuse(next, io, reason, words);
                    case Admission.Admitted(Admission.Place place) -> {
                        pass(next, io, new RemotePeer(address, place));
                        if (in.hasRemaining()) {
                            next.messageReceived(io, in);
                        }
                    }
                }
            }
        }
    }

    @Override
    public void inputClosed(NextFilter next, IoSession io) {
        io.closeNow();
    }

    @Override
    public void sessionClosed(NextFilter next, IoSession io) {
        endWaiting();
    }

    /** Adds the client's filters behind this one, which is then removed. */
    private void pass(NextFilter next, IoSession io, RemotePeer peer) {
        endWaiting();
        admitted.accept(peer);
        io.getFilterChain().remove(this);
        next.sessionOpened(io);
    }

    private void refuse(NextFilter next, IoSession io, String reason, String words) {
        endWaiting();
        refused = true;
        app.meters().refused(reason);
        String line = words.isEmpty() || !sendsReason ? "" : words + "\r\n";
        LingeringClose.start(io, next, line.getBytes(StandardCharsets.UTF_8), app.scheduler());
    }

    private void endWaiting() {
        proxy.place().giveBack();
        if (deadline != null) {
            deadline.cancel();
        }
    }
}
