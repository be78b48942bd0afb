package lychgate.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.TrustsEverybody;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import javax.net.ssl.SSLSocket;

/** Lychgate behind haproxy, configured as in docs/operations.md. */
@RequiresPeer("haproxy")
class HaproxyIT {
    private static final String CLIENT = "127.0.0.77";

    @ParameterizedTest
    @CsvSource({
        "send-proxy, false",
        "send-proxy-v2, false",
        "send-proxy, true",
        "send-proxy-v2, true"
    })
    void clientIsKnownByItsOwnAddress(String header, boolean tls) throws Exception {
        try (Distribution portal = portal();
                Haproxy proxy =
                        new Haproxy(
                                portal.home(), header, portal.port(tls ? "telnet-tls" : "telnet"));
                Socket client = tls ? secured(proxy.connect()) : proxy.connect()) {
            readUntil(client, "create");
            type(client, "guest");
            readUntil(client, "Welcome");
            type(client, "options");
            readUntil(client, "address: " + CLIENT + " ");
            assertTrue(
                    portal.err().toString().contains("opened from " + CLIENT + " over telnet"),
                    () -> portal.err().toString());
        }
    }

    @Test
    void limitsCountTheClientAndNotTheProxy() throws Exception {
        try (Distribution portal = portal();
                Haproxy proxy = new Haproxy(portal.home(), "send-proxy-v2", portal.port("telnet"));
                Socket first = proxy.connect();
                Socket second = proxy.connect()) {
            readUntil(first, "create");
            readUntil(second, "create");
            try (Socket third = proxy.connect()) {
                readUntil(third, "too many connections from your address");
                third.getInputStream().readAllBytes(); // to the end, and not to a reset
            }
            try (Socket other = proxy.connect("127.0.0.78")) {
                readUntil(other, "create");
            }
        }
    }

    private static Distribution portal() throws Exception {
        return Distribution.inNewHome()
                .set("telnet.proxy_protocol=true")
                .set("telnet.tls.proxy_protocol=true")
                .set("portal.trusted_proxies=[\"127.0.0.1\"]")
                .set("limits.connections_per_address=2")
                .start();
    }

    private static SSLSocket secured(Socket socket) throws IOException {
        return (SSLSocket)
                TrustsEverybody.context()
                        .getSocketFactory()
                        .createSocket(socket, "localhost", socket.getPort(), true);
    }

    private static void type(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void readUntil(Socket client, String words) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(words) < 0) {
            int b = client.getInputStream().read();
            assertTrue(b >= 0, () -> words + " did not come, but " + read);
            read.append((char) b);
        }
    }

    /** haproxy, in front of one port. */
    private static final class Haproxy implements AutoCloseable {
        private final int port;
        private final Process process;

        Haproxy(Path home, String header, int behind) throws IOException {
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            Path config = home.resolve("haproxy.cfg");
            Files.writeString(
                    config,
                    """
                    defaults
                        mode tcp
                        timeout connect 5s
                        timeout client 1h
                        timeout server 1h
                    frontend gate
                        bind 127.0.0.1:%d
                        default_backend lychgate
                    backend lychgate
                        server one 127.0.0.1:%d %s
                    """
                            .formatted(port, behind, header));
            process =
                    new ProcessBuilder(Programs.path("haproxy"), "-db", "-f", config.toString())
                            .inheritIO()
                            .start();
        }

        Socket connect() {
            return connect(CLIENT);
        }

        /** A client from an address of its own; waits until haproxy listens. */
        Socket connect(String from) {
            Socket[] connected = new Socket[1];
            Wait.until(
                    "haproxy to listen",
                    Duration.ofSeconds(10),
                    () -> {
                        Socket socket = new Socket();
                        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
                        socket.setSoTimeout(10_000);
                        try {
                            socket.connect(
                                    new InetSocketAddress(
                                            InetAddress.ofLiteral("127.0.0.1"), port));
                        } catch (java.net.ConnectException e) {
                            socket.close();
                            return false;
                        }
                        connected[0] = socket;
                        return true;
                    });
            return connected[0];
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
