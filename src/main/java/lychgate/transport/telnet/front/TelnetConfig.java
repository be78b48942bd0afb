package lychgate.transport.telnet.front;

import lychgate.address.Listening;
import lychgate.address.Listening.Security;

import java.util.List;

/**
 * Section {@code [telnet]} of the configuration, with its subsections.
 *
 * @param enabled whether the plain telnet port is open
 * @param port port to listen on; 0: any free port
 * @param proxyProtocol whether each connection starts with a PROXY header
 * @param sniffTls whether TLS clients are accepted on this port, too
 * @param nopSeconds idle seconds after which a NOP is sent as a keepalive; 0: never, and the round
 *     trip is measured only once
 * @param mccpLevel compression level of MCCP2, 1 to 9; 0: compression is not offered
 * @param tls telnet over TLS, on a port of its own
 */
public record TelnetConfig(
        boolean enabled,
        int port,
        boolean proxyProtocol,
        boolean sniffTls,
        int nopSeconds,
        int mccpLevel,
        Tls tls) {

    /** What holds where the configuration says nothing. */
    public static final TelnetConfig DEFAULT =
            new TelnetConfig(true, 4000, false, false, 30, 6, Tls.DEFAULT);

    /**
     * Section {@code [telnet.tls]}.
     *
     * @param enabled whether the port is open
     * @param port port to listen on; 0: any free port
     * @param proxyProtocol whether each connection starts with a PROXY header, before TLS
     */
    public record Tls(boolean enabled, int port, boolean proxyProtocol) {

        /** What holds where the configuration says nothing. */
        public static final Tls DEFAULT = new Tls(true, 4003, false);
    }

    /** The services, listening on this address. */
    public List<Listening> listening(String address) {
        return List.of(plain(address), overTls(address));
    }

    Listening plain(String address) {
        return new Listening(
                "telnet",
                "telnet.port",
                enabled,
                address,
                port,
                sniffTls ? Security.EITHER : Security.PLAIN);
    }

    Listening overTls(String address) {
        return new Listening(
                "telnet-tls", "telnet.tls.port", tls.enabled, address, tls.port, Security.TLS);
    }
}
