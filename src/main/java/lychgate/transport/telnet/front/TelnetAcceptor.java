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
 * Accepts TCP connections and asks for admission before anything is created for them. By then
 * MINA's session is only an empty wrapper of the channel, without a chain or a loop.
 */
final class TelnetAcceptor extends NioSocketAcceptor {
    /** The listen backlog: room for all players of a game reconnecting at once. */
    private static final int BACKLOG = 4096;

    /**
     * Maximum bytes of a read. MINA's 64 KiB may hold 20,000 negotiations, and all other
     * connections of the loop would wait for them.
     */
    private static final int MAX_READ = 4 * 1024;

    /** Idle seconds before the first TCP keepalive probe. */
    private static final int KEEPALIVE_IDLE = 60;

    private static final int KEEPALIVE_INTERVAL = 15;
    private static final int KEEPALIVE_PROBES = 4;

    /** Pause of accepting when the loops are busy: about one of their rounds. */
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Metric: the time that accepting waits for the loops. */
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
        setCloseOnDeactivation(false); // the listener may be closed before the connections
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
            channel.close(); // it was closed before it was accepted
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
            channel.close(); // it was already closed
        }
    }

    private void awaitLoops() {
        long before = System.nanoTime();
        LockSupport.parkNanos(PAUSE_NANOS);
        meters.waited(WAIT_METRIC, System.nanoTime() - before);
    }

    /** Takes the remote peer of an admitted connection; may be called once for each. */
    RemotePeer takePeer(IoSession session) {
        RemotePeer peer = admitted.remove(session);
        if (peer == null) {
            throw new IllegalStateException("the connection was not admitted");
        }
        return peer;
    }

    /** Gives back the places of connections that were closed before they had a chain. */
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
