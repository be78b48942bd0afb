package lychgate.transport.ssh;

import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;

import java.time.Duration;
import java.util.List;

/** SSH settings: the allowed algorithms, limits, and that only shells are offered. */
final class Policy {
    /** Authentication timeout. */
    static final Duration AUTHENTICATION = Duration.ofSeconds(30);

    /** Maximum session channels of a connection. */
    private static final int MAX_CHANNELS = 2;

    /** Maximum authentication requests of any kind; {@link Attempts} has the tighter bounds. */
    private static final int MAX_REQUESTS = 24;

    /** The channel window: bytes that a client may send ahead. */
    private static final long WINDOW = 64 * 1024;

    private static final int READ_BUFFER = 8 * 1024;

    /** The listen backlog, for bursts of connections. */
    private static final int BACKLOG = 512;

    private Policy() {}

    /** Post-quantum first, the cheapest first; then the classical fallback. */
    static final List<BuiltinDHFactories> KEY_EXCHANGES =
            List.of(
                    BuiltinDHFactories.mlkem768x25519,
                    BuiltinDHFactories.sntrup761x25519,
                    BuiltinDHFactories.sntrup761x25519_openssh,
                    BuiltinDHFactories.curve25519,
                    BuiltinDHFactories.curve25519_libssh);

    private static final List<NamedFactory<Cipher>> CIPHERS =
            List.of(
                    BuiltinCiphers.cc20p1305_openssh,
                    BuiltinCiphers.aes256gcm,
                    BuiltinCiphers.aes128gcm,
                    BuiltinCiphers.aes256ctr,
                    BuiltinCiphers.aes192ctr,
                    BuiltinCiphers.aes128ctr);

    /** For host keys and for players' keys. */
    private static final List<NamedFactory<Signature>> SIGNATURES =
            List.of(
                    BuiltinSignatures.ed25519,
                    BuiltinSignatures.rsaSHA512,
                    BuiltinSignatures.rsaSHA256);

    static List<NamedFactory<Signature>> signatures() {
        return SIGNATURES;
    }

    /** Applies the settings to a server. */
    static void apply(SshServer server) {
        server.setKeyExchangeFactories(
                NamedFactory.setUpTransformedFactories(true, KEY_EXCHANGES, ServerBuilder.DH2KEX));
        server.setCipherFactories(CIPHERS);
        server.setMacFactories(List.of(BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256etm));
        server.setCompressionFactories(List.of(BuiltinCompressions.none));
        server.setSignatureFactories(signatures());

        server.setCommandFactory(null);
        server.setSubsystemFactories(List.of());
        server.setAgentFactory(null);
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setGlobalRequestHandlers(
                List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE));

        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Lychgate");
        CoreModuleProperties.AUTH_TIMEOUT.set(server, AUTHENTICATION);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO); // limits.idle_seconds is ours
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MAX_REQUESTS);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, MAX_CHANNELS - 1); // "more than"
        CoreModuleProperties.WINDOW_SIZE.set(server, WINDOW);
        CoreModuleProperties.NIO2_READ_BUFFER_SIZE.set(server, READ_BUFFER);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
        CoreModuleProperties.SOCKET_BACKLOG.set(server, BACKLOG);
    }
}
