package lychgate.transport.telnet.front;

import lychgate.address.BindFailure;
import lychgate.address.Listening;
import lychgate.plugin.Admission;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalPlugin;
import lychgate.plugin.Scheduler;
import lychgate.telnet.DeflaterPool;
import lychgate.telnet.option.OptionContext;
import lychgate.telnet.option.TelnetOption;
import lychgate.telnet.option.TelnetOptions;
import lychgate.transport.Conversations;
import lychgate.transport.RefusedClients;
import lychgate.transport.telnet.TelnetChain;

import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSession;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** A telnet service on one port, with or without TLS. */
public final class TelnetTransport implements PortalPlugin {
    /** How often to look for connections that were closed before they had a chain. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final TelnetConfig config;
    private final Listening listening;
    private final boolean proxied;
    private final IoLoops loops;
    private final Function<OptionContext, List<TelnetOption>> options;
    private @Nullable TelnetAcceptor acceptor;
    private @Nullable RefusedClients refused;
    private @Nullable Conversations conversations;
    private Scheduler.@Nullable Cancellable sweeps;

    private TelnetTransport(
            TelnetConfig config,
            Listening listening,
            boolean proxied,
            IoLoops loops,
            Function<OptionContext, List<TelnetOption>> options) {
        this.config = config;
        this.listening = listening;
        this.proxied = proxied;
        this.loops = loops;
        this.options = options;
    }

    /**
     * Plain telnet, on {@code telnet.port}.
     *
     * @param address address to listen on
     * @param loops I/O loops for its connections
     */
    public static TelnetTransport plain(TelnetConfig config, String address, IoLoops loops) {
        return new TelnetTransport(
                config, config.plain(address), config.proxyProtocol(), loops, options(config));
    }

    /**
     * Telnet over TLS, on {@code telnet.tls.port}.
     *
     * @param address address to listen on
     * @param loops I/O loops for its connections
     */
    public static TelnetTransport overTls(TelnetConfig config, String address, IoLoops loops) {
        return new TelnetTransport(
                config,
                config.overTls(address),
                config.tls().proxyProtocol(),
                loops,
                options(config));
    }

    /**
     * The same service with other options.
     *
     * @param others creates the options of a connection
     */
    TelnetTransport withOptions(Function<OptionContext, List<TelnetOption>> others) {
        return new TelnetTransport(config, listening, proxied, loops, others);
    }

    private static Function<OptionContext, List<TelnetOption>> options(TelnetConfig config) {
        return context -> TelnetOptions.fresh(context, config.mccpLevel() > 0);
    }

    @Override
    public String name() {
        return listening.service();
    }

    @Override
    public void start(PortalApplication app) throws IOException {
        TelnetListener chosen = listener(app);
        Conversations spoken = new Conversations(app, System::nanoTime);
        RefusedClients lingering = new RefusedClients(app.scheduler(), System::nanoTime);
        TelnetAcceptor accepting =
                new TelnetAcceptor(loops, admission(chosen, app), lingering, app.meters());
        accepting.setHandler(TelnetChain.handler());
        accepting.setFilterChainBuilder(
                new FrontChain(
                        chosen,
                        io -> loops.loopOf((NioSession) io),
                        accepting::takePeer,
                        new TelnetChain(
                                options,
                                new DeflaterPool(config.mccpLevel()),
                                config.nopSeconds(),
                                app,
                                spoken),
                        app));
        conversations = spoken;
        refused = lingering;
        acceptor = accepting;
        bind(accepting, chosen, listening.address());
        sweeps = app.scheduler().every(SWEEP, accepting::sweep);
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
        if (sweeps != null) {
            sweeps.cancel();
        }
        if (conversations != null) {
            conversations.stop();
        }
        if (refused != null) {
            refused.stop();
        }
        if (acceptor != null) {
            acceptor.getManagedSessions().values().forEach(IoSession::closeNow);
            acceptor.dispose();
        }
    }

    private TelnetListener listener(PortalApplication app) throws IOException {
        TelnetListener.Security security =
                switch (listening.security()) {
                    case PLAIN -> new TelnetListener.Plain();
                    case EITHER -> new TelnetListener.Either(app.tls());
                    case TLS -> new TelnetListener.Tls(app.tls());
                };
        return new TelnetListener(
                listening.service(), listening.key(), listening.port(), proxied, security);
    }

    /** The admission that decides when a connection is accepted. */
    private static Admission admission(TelnetListener listener, PortalApplication app) {
        if (listener.proxied()) {
            return logged(new TrustedProxies(app::trustedProxies), app);
        }
        return listener.security() instanceof TelnetListener.Tls
                ? from -> silent(app.admission().admit(from))
                : app.admission();
    }

    /** Has refusals logged, which otherwise the portal's own admission does. */
    private static Admission logged(Admission proxies, PortalApplication app) {
        return from -> {
            Admission.Decision decision = proxies.admit(from);
            if (decision instanceof Admission.Refused refused) {
                app.admission().refused(from, refused.reason());
            }
            return decision;
        };
    }

    /** Omits the reason, which a TLS client would not understand. */
    private static Admission.Decision silent(Admission.Decision decision) {
        return switch (decision) {
            case Admission.Admitted admitted -> admitted;
            case Admission.Refused(String reason, String _) -> new Admission.Refused(reason, "");
        };
    }

    private static void bind(TelnetAcceptor listening, TelnetListener listener, String address)
            throws IOException {
        try {
            listening.bind(new InetSocketAddress(address, listener.port()));
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof BindException
                    ? BindFailure.of(listener.key(), listener.port(), cause)
                    : e;
        }
    }

    /** Handles what is due at a point in time; for tests. */
    void tick(long now) {
        if (conversations != null) {
            conversations.tick(now);
        }
    }
}
