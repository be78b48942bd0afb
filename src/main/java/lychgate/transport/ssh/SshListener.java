package lychgate.transport.ssh;

import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/** SSHD's server, whose port can be closed while its connections stay. */
final class SshListener extends SshServer {
    private SshListener() {}

    /** One with SSHD's defaults. */
    static SshListener make() {
        return (SshListener) ServerBuilder.builder().factory(SshListener::new).build(true);
    }

    /** Takes no new connections. */
    void closePort() {
        if (acceptor != null) {
            acceptor.unbind();
        }
    }
}
