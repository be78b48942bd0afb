package lychgate.transport.ssh;

import lychgate.plugin.Admission;
import lychgate.transport.Conversation;

import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.session.Session;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The state of an admitted SSH connection. Thread safe. */
final class Connection {
    private final IoSession io;
    private final InetAddress address;
    private final Admission.Place place;
    private final Set<Connection> waiting;
    private final Attempts attempts = new Attempts();
    private final List<Conversation> sessions = new CopyOnWriteArrayList<>();
    private volatile long idleSince;
    private volatile long lastReceivedAt;
    private volatile long keepaliveSentAt;
    private volatile boolean silent = true;

    /**
     * @param waiting the connections without a shell
     */
    Connection(
            IoSession io,
            InetAddress address,
            Admission.Place place,
            Set<Connection> waiting,
            long now) {
        this.io = io;
        this.address = address;
        this.place = place;
        this.waiting = waiting;
        this.idleSince = now;
        this.lastReceivedAt = now;
        this.keepaliveSentAt = now;
    }

    /** The connection of an SSH session. */
    static Connection of(Session session) {
        return (Connection) session.getIoSession().getAttribute(Connection.class);
    }

    /** The connection of a socket; null if it was refused. */
    static @Nullable Connection of(IoSession io) {
        return io.getAttribute(Connection.class) instanceof Connection known ? known : null;
    }

    /** Stores this as an attribute of the socket. */
    void attach() {
        io.setAttribute(Connection.class, this);
    }

    InetAddress address() {
        return address;
    }

    Attempts attempts() {
        return attempts;
    }

    List<Conversation> sessions() {
        return sessions;
    }

    void opened(Conversation session) {
        sessions.add(session);
        waiting.remove(this);
    }

    void closed(Conversation session) {
        sessions.remove(session);
        idleSince = System.nanoTime();
    }

    /** The client has sent something. */
    void received() {
        silent = false;
        lastReceivedAt = System.nanoTime();
    }

    /** Whether the client has never sent anything. */
    boolean silent() {
        return silent;
    }

    /** When the client last sent something. */
    long lastReceivedAt() {
        return lastReceivedAt;
    }

    /** When the last keepalive was sent. */
    long keepaliveSentAt() {
        return keepaliveSentAt;
    }

    void keepaliveSent(long now) {
        keepaliveSentAt = now;
    }

    /** Since when there has been no shell, if there is none. */
    long idleSince() {
        return idleSince;
    }

    /** Closes the connection at once. */
    void cut() {
        io.close(true);
    }

    void releasePlace() {
        place.giveBack();
    }

    IoSession io() {
        return io;
    }
}
