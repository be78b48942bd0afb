package lychgate.transport.ssh;

import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/** SSHD's server, whose port can be closed while its connections stay. */
final class Listener extends SshServer {
    private Listener() {}

    /** One with SSHD's defaults. */
    static Listener make() {
        return (Listener) ServerBuilder.builder().factory(Listener::new).build(true);
    }

    /** Takes no new connections. */
    void closePort() {
        if (acceptor != null) {
            acceptor.unbind();
        }
    }
}
