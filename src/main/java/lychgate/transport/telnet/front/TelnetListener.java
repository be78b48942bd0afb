package lychgate.transport.telnet.front;

import lychgate.plugin.ServerTls;

/**
 * A listening port and what precedes telnet on its connections.
 *
 * @param name name of the service: {@code telnet}, {@code telnet-tls}
 * @param key the setting of its port
 * @param port port to listen on; 0: any free port
 * @param proxied whether each connection starts with a PROXY header
 * @param security whether TLS follows
 */
record TelnetListener(String name, String key, int port, boolean proxied, Security security) {

    /** Whether TLS is used. */
    sealed interface Security {}

    /** Without TLS. */
    record Plain() implements Security {}

    /** With TLS if the client starts it. */
    record Either(ServerTls tls) implements Security {}

    /** Always with TLS. */
    record Tls(ServerTls tls) implements Security {}
}
