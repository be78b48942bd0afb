package lychgate.transport.ssh;

import lychgate.plugin.Admission;
import lychgate.plugin.PortalApplication;
import lychgate.transport.RefusedClients;

import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Accepts and supervises SSH connections: refuses those that are not admitted, closes those without
 * a shell if there are too many or they take too long, and those whose client no longer responds.
 */
final class SshConnections extends SessionFactory {
    private static final Logger log = LoggerFactory.getLogger(SshTransport.class);

    /**
     * Maximum number of connections without a shell; beyond it, the oldest that has sent nothing is
     * closed.
     */
    static final int MAX_WAITING = 100;

    /**
     * Connections without a shell at which accepting is throttled: a key exchange takes
     * milliseconds of the threads that all connections share.
     */
    static final int MANY_WAITING = MAX_WAITING / 2;

    /** Pause before each accept while throttled: 200 connections a second. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Metric: the time that accepting was throttled. */
    private static final String WAIT_METRIC = "accept";

    /** Timeout of a connection without a shell: time to authenticate and to request one. */
    private static final long SHELL_NANOS = 2 * Policy.AUTHENTICATION.toNanos();

    /** Idle time before a keepalive is sent; NAT routers drop connections after minutes. */
    private static final long KEEPALIVE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Keepalive timeout: idle time after which the connection is closed. */
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final PortalApplication app;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Connection> waiting = ConcurrentHashMap.newKeySet();
    private final RefusedClients refused;

    SshConnections(ServerFactoryManager server, PortalApplication app) {
        super(server);
        this.app = app;
        this.refused = new RefusedClients(app.scheduler(), System::nanoTime);
    }

    /** Closes refused connections that still linger. */
    void stop() {
        refused.stop();
    }

    @Override
    public void sessionCreated(IoSession io) throws Exception {
        if (!(io.getRemoteAddress() instanceof InetSocketAddress remote)) {
            io.close(true); // it was already closed
            return;
        }
        if (waiting.size() >= MANY_WAITING) {
            throttle();
        }
        switch (app.admission().admit(remote.getAddress())) {
            case Admission.Refused(String reason, String message) -> {
                app.meters().refused(reason);
                refuse(io, message);
            }
            case Admission.Admitted(Admission.Place place) -> {
                Connection connection =
                        new Connection(io, remote.getAddress(), place, waiting, System.nanoTime());
                connection.attach();
                connections.add(connection);
                waiting.add(connection);
                closeOneIfTooMany(connection);
                super.sessionCreated(io);
            }
        }
    }

    /**
     * Blocks this I/O thread for a moment; the next accept waits for it. There is one thread more
     * than cores.
     */
    private void throttle() {
        long before = System.nanoTime();
        LockSupport.parkNanos(PAUSE_NANOS);
        app.meters().waited(WAIT_METRIC, System.nanoTime() - before);
    }

    @Override
    public void messageReceived(IoSession io, Readable message) throws Exception {
        Connection connection = Connection.of(io);
        if (connection != null) { // otherwise it was refused, and its input is discarded
            connection.received();
            super.messageReceived(io, message);
        }
    }

    @Override
    public void exceptionCaught(IoSession io, Throwable cause) throws Exception {
        if (Connection.of(io) == null) {
            io.close(true);
        } else {
            super.exceptionCaught(io, cause);
        }
    }

    @Override
    public void sessionClosed(IoSession io) throws Exception {
        Connection connection = Connection.of(io);
        if (connection == null) {
            return; // it was refused
        }
        connections.remove(connection);
        waiting.remove(connection);
        connection.releasePlace();
        if (AbstractSession.getSession(io, true) != null) {
            super.sessionClosed(io);
        }
    }

    /** The number of open connections. */
    int count() {
        return connections.size();
    }

    /** Checks the timeouts and sends keepalives. Called every second by the scheduler's thread. */
    void tick(long now) {
        for (Connection connection : connections) {
            if (connection.sessions().isEmpty() && now - connection.idleSince() > SHELL_NANOS) {
                app.meters().refused("ssh_no_shell");
                connection.cut();
            } else if (now - connection.lastReceivedAt() > TIMEOUT_NANOS) {
                log.info("SSH connection from {} closed: keepalive timeout", connection.address());
                app.meters().refused("ssh_no_answer");
                connection.cut();
            } else if (now - connection.lastReceivedAt() > KEEPALIVE_NANOS
                    && now - connection.keepaliveSentAt() > KEEPALIVE_NANOS) {
                connection.keepaliveSent(now);
                sendKeepalive(connection);
            }
        }
    }

    /** Closes one connection without a shell if there are too many, but never the new one. */
    private void closeOneIfTooMany(Connection newcomer) {
        if (waiting.size() <= MAX_WAITING) {
            return;
        }
        waiting.stream()
                .filter(each -> !each.equals(newcomer))
                .min(
                        Comparator.comparing((Connection c) -> !c.silent())
                                .thenComparing(
                                        Connection::idleSince,
                                        (one, other) -> Long.signum(one - other)))
                .ifPresent(
                        oldest -> {
                            app.meters().refused("ssh_waiting");
                            oldest.cut();
                        });
    }

    /** Sends a keepalive request. Any reply counts, including "unknown request". */
    private static void sendKeepalive(Connection connection) {
        AbstractSession session = AbstractSession.getSession(connection.io(), true);
        if (session != null && session.isAuthenticated()) {
            try {
                Buffer question = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
                question.putString("keepalive@openssh.com");
                question.putBoolean(true);
                session.request(question, "keepalive@openssh.com", (_, _) -> {});
            } catch (IOException e) {
                connection.cut(); // already broken
            }
        }
    }

    /**
     * Sends the reason as a line, closes the output, and lingers. SSH allows lines before the
     * version (RFC 4253, section 4.2).
     */
    private void refuse(IoSession io, String message) {
        byte[] line = (message + "\r\n").getBytes(StandardCharsets.UTF_8);
        try {
            io.writeBuffer(new ByteArrayBuffer(line)).addListener(_ -> closeOutput(io));
        } catch (IOException e) {
            io.close(true); // it was already closed
        }
        refused.linger(new Refused(io));
    }

    private static void closeOutput(IoSession io) {
        try {
            io.shutdownOutputStream();
        } catch (IOException e) {
            io.close(true); // it was already closed
        }
    }

    /** A refused connection. SSHD keeps reading it; the input is discarded. */
    private record Refused(IoSession io) implements RefusedClients.Client {
        @Override
        public boolean isGone() {
            return io.isClosed();
        }

        @Override
        public void close() {
            io.close(true);
        }
    }
}
