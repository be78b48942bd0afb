package lychgate.transport.ssh;

import lychgate.address.BindFailure;
import lychgate.keys.AuthorizedKeys;
import lychgate.keys.ServedHostKeys;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.Scheduler;
import lychgate.transport.Conversations;

import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.threads.CloseableExecutorService;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** The SSH service. */
public final class SshTransport implements PortalPlugin {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final SshConfig config;
    private final Path hostKeys;
    private final Path authorizedKeys;
    private @Nullable ServedHostKeys servedKeys;
    private @Nullable SshListener server;
    private @Nullable SshConnections connections;
    private @Nullable Conversations conversations;
    private Scheduler.@Nullable Cancellable ticks;

    /**
     * @param hostKeys the folder of the host keys; missing ones are generated
     * @param authorizedKeys the authorized_keys file; it may be missing
     */
    public SshTransport(SshConfig config, Path hostKeys, Path authorizedKeys) {
        this.config = config;
        this.hostKeys = hostKeys;
        this.authorizedKeys = authorizedKeys;
    }

    @Override
    public String name() {
        return "ssh";
    }

    @Override
    public void start(PortalApplication app) throws IOException {
        ServedHostKeys own = ServedHostKeys.open(hostKeys); // before SSHD is used: it settles that
        servedKeys = own;
        SshListener ssh = SshListener.make();
        Policy.apply(ssh);
        KeyPairProvider now = _ -> own.pairs(); // called for each connection
        ssh.setKeyPairProvider(now);
        AuthorizedKeys listed = new AuthorizedKeys(authorizedKeys);
        listed.refresh(); // so that its warnings are logged at the start
        Authentication authentication = new Authentication(listed, config.passwordless());
        authentication.apply(ssh);
        ssh.setChannelFactories(List.of(new ShellChannel.Factory()));
        Conversations spoken = new Conversations(app, System::nanoTime);
        conversations = spoken;
        CloseableExecutorService threads =
                ThreadUtils.newFixedThreadPool(
                        "lychgate-ssh", Runtime.getRuntime().availableProcessors() + 1);
        ssh.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory(() -> threads));
        ssh.setShellFactory(
                channel ->
                        new Shell(
                                (ShellChannel) channel,
                                authentication,
                                task -> runOn(threads, task),
                                app,
                                spoken));
        SshConnections accepted = new SshConnections(ssh, app);
        ssh.setSessionFactory(accepted);
        ssh.setHost(app.listenAddress());
        ssh.setPort(config.port());
        server = ssh;
        connections = accepted;
        bind(ssh);
        ticks = app.scheduler().every(TICK, () -> accepted.tick(System.nanoTime()));
    }

    @Override
    public void ready() {
        if (servedKeys != null) {
            servedKeys.makeMissing();
        }
    }

    @Override
    public OptionalInt port() {
        return server == null || server.getPort() == 0
                ? OptionalInt.empty()
                : OptionalInt.of(server.getPort());
    }

    @Override
    public void closeListener() {
        if (server != null) {
            server.closePort();
        }
    }

    @Override
    public boolean drained() {
        return connections == null || connections.count() == 0;
    }

    @Override
    public void stop() {
        if (ticks != null) {
            ticks.cancel();
        }
        if (conversations != null) {
            conversations.stop();
        }
        if (servedKeys != null) {
            servedKeys.close();
        }
        if (connections != null) {
            connections.stop();
        }
        if (server != null) {
            try {
                server.stop(true);
            } catch (IOException e) {
                throw new IllegalStateException("could not stop SSH", e);
            }
        }
    }

    /** Handles what is due at a time of {@link System#nanoTime}. */
    void tick(long now) {
        if (connections != null && conversations != null) {
            connections.tick(now);
            conversations.tick(now);
        }
    }

    /** Runs a task. SSHD's executor rejects with another exception than the usual one. */
    private static void runOn(ExecutorService threads, Runnable task) {
        try {
            threads.execute(task);
        } catch (IllegalStateException e) {
            throw new RejectedExecutionException(e);
        }
    }

    private void bind(SshListener ssh) throws IOException {
        try {
            ssh.start();
        } catch (BindException e) {
            throw BindFailure.of("ssh.port", config.port(), e);
        }
    }
}
