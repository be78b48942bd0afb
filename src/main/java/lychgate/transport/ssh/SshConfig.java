package lychgate.transport.ssh;

import lychgate.address.Listening;
import lychgate.address.Listening.Security;

/**
 * Section {@code [ssh]} of the configuration.
 *
 * @param enabled whether the SSH port is open
 * @param port port to listen on; 0: any free port
 * @param passwordless whether everybody reaches the login screen; if not, only clients with an
 *     authorized key
 */
public record SshConfig(boolean enabled, int port, boolean passwordless) {

    /** What holds where the configuration says nothing. */
    public static final SshConfig DEFAULT = new SshConfig(true, 4004, true);

    /** The service, listening on this address. */
    public Listening listening(String address) {
        return new Listening("ssh", "ssh.port", enabled, address, port, Security.PLAIN);
    }
}
