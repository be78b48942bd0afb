package lychgate.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Options;
import io.nats.client.Options.HostnameResolveMode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;

/** What the library is told. */
final class ConnectionOptions {
    /** Timeout for an attempt: connecting, TLS, login. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** A frozen server is noticed after two of them: within the 4 s after which a peer is away. */
    private static final Duration PING = Duration.ofSeconds(2);

    private static final int MAX_PINGS_OUT = 2;

    private ConnectionOptions() {}

    static Options of(
            NatsConfig config,
            Threads threads,
            Outgoing outgoing,
            Troubles troubles,
            BiConsumer<Connection, Events> events)
            throws IOException {
        Options.Builder options =
                new Options.Builder()
                        .servers(
                                config.servers().stream()
                                        .map(ServerUrl::secret)
                                        .toArray(String[]::new))
                        .connectionName("lychgate portal " + config.portal())
                        .connectionTimeout(CONNECT)
                        .pingInterval(PING)
                        .maxPingsOut(MAX_PINGS_OUT)
                        .maxReconnects(-1) // without an end
                        .reconnectDelayHandler(Pause::after)
                        .reconnectBufferSize(0) // what matters is sent again by its sender
                        .noEcho()
                        .hostnameResolveMode(HostnameResolveMode.HappyEyeballs) // keeps the name
                        .ignoreDiscoveredServers() // the operator says who is trusted
                        .maxMessagesInOutgoingQueue(Outgoing.QUEUE)
                        .discardMessagesWhenOutgoingQueueFull()
                        .executor(threads.others())
                        .connectExecutor(threads.others())
                        .callbackExecutor(threads.events())
                        .scheduledExecutor(threads.timer())
                        .statisticsCollector(outgoing)
                        .errorListener(troubles)
                        .connectionListener(events::accept);
        if (config.isEncrypted()) {
            options.sslContext(ServerTrust.context(config.ca()));
        }
        Path credentials = config.credentials();
        if (credentials != null) {
            options.authHandler(Credentials.of(credentials));
        }
        return options.build();
    }
}
