package lychgate.transport.ssh;

import lychgate.address.Listening;
import lychgate.address.Listening.Security;

/**
 * Section {@code [ssh]} of the configuration.
 *
 * @param enabled whether SSH is spoken at all
 * @param port to listen on; 0 for any free one
 * @param passwordless whether everybody reaches the login screen; if not, only listed keys do
 */
public record SshConfig(boolean enabled, int port, boolean passwordless) {

    /** What holds where the configuration says nothing. */
    public static final SshConfig DEFAULT = new SshConfig(true, 4004, true);

    /** The service, on an address of this machine. */
    public Listening listening(String address) {
        return new Listening("ssh", "ssh.port", enabled, address, port, Security.PLAIN);
    }
}
