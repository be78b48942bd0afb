package lychgate.load;

import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.core.CoreModuleProperties;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Logs in many SSH clients, each with a pty, and prints the CPU time of a login and the memory of
 * an idle session.
 *
 * <pre>{@code
 * java -cp "target/test-classes:target/dist/lib/*" lychgate.load.SshLoad PORT PID 500
 * }</pre>
 *
 * The portal's limits must be off, as for {@link Load}.
 */
public final class SshLoad {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int WARM_UP = 100;
    private static final long REST_MILLIS = 3_000;

    private final SshClient client = SshClient.setUpDefaultClient();
    private final int port;
    private final Observed portal;

    private SshLoad(int port, Observed portal) {
        this.port = port;
        this.portal = portal;
        client.setServerKeyVerifier((_, _, _) -> true);
        client.setUserInteraction(UserInteraction.NONE);
        CoreModuleProperties.TCP_NODELAY.set(
                client, true); // otherwise Nagle's algorithm dominates the time
    }

    /** Runs the measurement. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        SshLoad load =
                new SshLoad(
                        Integer.parseInt(arguments[0]), new Observed(Long.parseLong(arguments[1])));
        int clients = Integer.parseInt(arguments[2]);
        List<KeyExchangeFactory> exchanges =
                NamedFactory.setUpTransformedFactories(
                        true, List.of(BuiltinDHFactories.mlkem768x25519), ClientBuilder.DH2KEX);
        load.client.setKeyExchangeFactories(exchanges);
        load.client.start();
        for (ClientSession warm : load.login(WARM_UP)) {
            warm.close(true).await();
        }
        Thread.sleep(REST_MILLIS);
        load.measure(clients);
        load.client.stop();
    }

    private void measure(int clients) throws IOException, InterruptedException {
        long rss = portal.rssKib();
        double cpu = portal.cpuSeconds();
        login(clients);
        double spent = portal.cpuSeconds() - cpu;
        Thread.sleep(REST_MILLIS);
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "ssh clients=%d cpu=%.2fms a login, %.1fKiB an idle session",
                        clients,
                        spent * 1e3 / clients,
                        (double) (portal.rssKib() - rss) / clients));
    }

    /** Logs in clients, one after another, each until it sees the login screen. */
    private List<ClientSession> login(int clients) throws IOException, InterruptedException {
        List<ClientSession> sessions = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            ClientSession session =
                    client.connect("player", "127.0.0.1", port).verify(TIMEOUT).getSession();
            session.auth().verify(TIMEOUT);
            ChannelShell shell = session.createShellChannel();
            shell.setPtyType("xterm-256color");
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            shell.setOut(seen);
            shell.open().verify(TIMEOUT);
            while (!seen.toString(StandardCharsets.UTF_8).contains("guest")) {
                Thread.sleep(1);
            }
            sessions.add(session);
        }
        return sessions;
    }
}
