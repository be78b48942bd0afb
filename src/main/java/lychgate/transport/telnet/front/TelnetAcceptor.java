package lychgate.transport.telnet.front;

import jdk.net.ExtendedSocketOptions;

import lychgate.plugin.Admission;
import lychgate.plugin.Admission.Admitted;
import lychgate.plugin.Admission.Refused;
import lychgate.session.Meters;
import lychgate.transport.RefusedClients;

import org.apache.mina.core.service.IoProcessor;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Accepts connections, and asks before anything is made for them. What MINA calls a session exists
 * by then as an empty accepted around the channel; it has no chain and belongs to no loop.
 */
final class TelnetAcceptor extends NioSocketAcceptor {
    /** Connections that may wait to be accepted: a whole game that comes back at once. */
    private static final int BACKLOG = 4096;

    /**
     * Bytes that one client may have dealt with before it is another's turn. MINA's 64 KiB can hold
     * twenty thousand negotiations, and everybody on the same loop would wait for them.
     */
    private static final int MAX_READ = 4 * 1024;

    /** Seconds of silence after which TCP asks whether the client is still there. */
    private static final int KEEPALIVE_IDLE = 60;

    private static final int KEEPALIVE_INTERVAL = 15;
    private static final int KEEPALIVE_PROBES = 4;

    /** How long accepting waits for loops that have their hands full: about a round of theirs. */
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** What the time is counted as that accepting waits for those who are in. */
    private static final String WAIT_METRIC = "accept";

    private final IoLoops loops;
    private final Admission admission;
    private final RefusedClients refused;
    private final Meters meters;
    private final Map<IoSession, RemotePeer> admitted = new ConcurrentHashMap<>();

    TelnetAcceptor(IoLoops loops, Admission admission, RefusedClients refused, Meters meters) {
        super(loops.threads(), loops.processor());
        this.loops = loops;
        this.admission = admission;
        this.refused = refused;
        this.meters = meters;
        setBacklog(BACKLOG);
        setReuseAddress(true);
        setCloseOnDeactivation(false); // the listener may end before the players do
        getSessionConfig().setMaxReadBufferSize(MAX_READ);
        getSessionConfig().setTcpNoDelay(true);
        getSessionConfig().setKeepAlive(true);
    }

    @Override
    protected @Nullable NioSession accept(
            IoProcessor<NioSession> processor, ServerSocketChannel listener) throws Exception {
        if (!loops.canOpen()) {
            awaitLoops();
            return null; // the listener stays ready, and the client in the backlog
        }
        NioSession accepted = super.accept(processor, listener);
        if (accepted == null) {
            return null;
        }
        SocketChannel channel = (SocketChannel) accepted.getChannel();
        if (!(channel.getRemoteAddress() instanceof InetSocketAddress remote)) {
            channel.close(); // it was gone before it was there
            return null;
        }
        return switch (admission.admit(remote.getAddress())) {
            case Admitted(Admission.Place place) -> {
                admitted.put(accepted, new RemotePeer(remote.getAddress(), place));
                keepAlive(channel);
                yield accepted;
            }
            case Refused(String reason, String message) -> {
                meters.refused(reason);
                refuse(channel, message);
                yield null;
            }
        };
    }

    private void refuse(SocketChannel channel, String message) throws IOException {
        try {
            refused.linger(RefusedConnection.tell(channel, message));
        } catch (IOException e) {
            channel.close(); // it was gone already
        }
    }

    private void awaitLoops() {
        long before = System.nanoTime();
        LockSupport.parkNanos(PAUSE_NANOS);
        meters.waited(WAIT_METRIC, System.nanoTime() - before);
    }

    /** The other end of a connection that was admitted. To be taken once. */
    RemotePeer takePeer(IoSession session) {
        RemotePeer peer = admitted.remove(session);
        if (peer == null) {
            throw new IllegalStateException("a connection that was not admitted");
        }
        return peer;
    }

    /** Gives back the places of connections that were lost before they had a chain. */
    void sweep() {
        admitted.forEach(
                (session, peer) -> {
                    if (session instanceof NioSession nio && !nio.getChannel().isOpen()) {
                        admitted.remove(session);
                        peer.place().giveBack();
                    }
                });
    }

    private static void keepAlive(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE);
        set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL);
        set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_PROBES);
    }

    private static void set(SocketChannel channel, SocketOption<Integer> option, int value)
            throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }
}
