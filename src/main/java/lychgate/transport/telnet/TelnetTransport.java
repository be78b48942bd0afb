package lychgate.transport.telnet;

import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.Scheduler;
import lychgate.telnet.DeflaterPool;
import lychgate.telnet.option.TelnetOption;
import lychgate.telnet.option.TelnetOptions;

import org.apache.mina.core.session.IoSession;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Telnet on one port: a service like any other. */
public final class TelnetTransport implements PortalPlugin {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final String name;
    private final TelnetConfig config;
    private final IoLoops loops;
    private final Supplier<List<TelnetOption>> options;
    private @Nullable TelnetAcceptor acceptor;
    private @Nullable Doorman doorman;
    private Scheduler.@Nullable Cancellable ticks;

    /**
     * @param name of the service: {@code telnet}
     * @param loops that read and write its connections
     */
    public TelnetTransport(String name, TelnetConfig config, IoLoops loops) {
        this(name, config, loops, () -> TelnetOptions.fresh(config.mccpLevel() > 0));
    }

    /**
     * @param options fresh ones for a connection
     */
    TelnetTransport(
            String name, TelnetConfig config, IoLoops loops, Supplier<List<TelnetOption>> options) {
        this.name = name;
        this.config = config;
        this.loops = loops;
        this.options = options;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(PortalApplication app) throws IOException {
        Doorman door = new Doorman(app.scheduler());
        TelnetAcceptor listening = new TelnetAcceptor(loops, app.admission(), door, app.meters());
        listening.setHandler(new TelnetHandler());
        listening.setFilterChainBuilder(
                new TelnetChain(
                        io -> new TelnetSession(io, name, listening.takePlace(io), app),
                        options,
                        new DeflaterPool(config.mccpLevel()),
                        app));
        doorman = door;
        acceptor = listening;
        bind(listening, new InetSocketAddress(app.listenAddress(), config.port()));
        ticks = app.scheduler().every(TICK, () -> tick(listening));
    }

    @Override
    public OptionalInt port() {
        return acceptor == null || acceptor.getLocalAddress() == null
                ? OptionalInt.empty()
                : OptionalInt.of(acceptor.getLocalAddress().getPort());
    }

    @Override
    public void closeListener() {
        if (acceptor != null) {
            acceptor.unbind();
        }
    }

    @Override
    public boolean drained() {
        return acceptor == null || acceptor.getManagedSessionCount() == 0;
    }

    @Override
    public void stop() {
        if (ticks != null) {
            ticks.cancel();
        }
        if (doorman != null) {
            doorman.stop();
        }
        if (acceptor != null) {
            acceptor.getManagedSessions().values().forEach(IoSession::closeNow);
            acceptor.dispose();
        }
    }

    private void bind(TelnetAcceptor listening, InetSocketAddress address) throws IOException {
        try {
            listening.bind(address);
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof BindException
                    ? new IOException(
                            name
                                    + ".port "
                                    + address.getPort()
                                    + ": "
                                    + cause.getMessage()
                                    + "; free it or set another "
                                    + name
                                    + ".port",
                            cause)
                    : e;
        }
    }

    private void tick(TelnetAcceptor listening) {
        long now = System.nanoTime();
        listening.sweep();
        for (IoSession io : listening.getManagedSessions().values()) {
            if (io.getAttribute(TelnetHandler.SESSION) instanceof TelnetSession session) {
                session.tick(now, config.nopSeconds());
            }
        }
    }
}
