package lychgate.transport.ssh;

import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/** SSHD's server, whose listener can be closed while its connections stay open. */
final class SshListener extends SshServer {
    private SshListener() {}

    /** Creates a server with SSHD's defaults. */
    static SshListener make() {
        return (SshListener) ServerBuilder.builder().factory(SshListener::new).build(true);
    }

    /** Closes the listener; open connections stay. */
    void closePort() {
        if (acceptor != null) {
            acceptor.unbind();
        }
    }
}
