package lychgate.transport.telnet.front;

import lychgate.plugin.ServerTls;

/**
 * A port, and what is spoken on it before telnet is.
 *
 * @param name of the service: {@code telnet}, {@code telnet-tls}
 * @param key of the setting that has its port
 * @param port to listen on; 0 for any free one
 * @param proxied whether each connection begins with a PROXY header
 * @param security whether TLS comes next
 */
record TelnetListener(String name, String key, int port, boolean proxied, Security security) {

    /** Whether TLS is spoken. */
    sealed interface Security {}

    /** TLS is not spoken. */
    record Plain() implements Security {}

    /** TLS is spoken with clients that begin with it. */
    record Either(ServerTls tls) implements Security {}

    /** TLS is always spoken. */
    record Tls(ServerTls tls) implements Security {}
}
