package lychgate.transport.telnet.front;

import lychgate.plugin.Limits;
import lychgate.session.Meters;
import lychgate.telnet.Telnet;
import lychgate.telnet.option.OptionContext;
import lychgate.telnet.option.TelnetOption;
import lychgate.telnet.option.TelnetOptions;
import lychgate.testing.Await;
import lychgate.testing.CountingMeters;
import lychgate.testing.RecordingGame;
import lychgate.testing.RecordingPortal;
import lychgate.testing.SessionContract;
import lychgate.testing.TelnetPeer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The real telnet service on a free port, with clients of this test and a recording game. */
public final class ListeningTelnet implements AutoCloseable {
    /** Few options, so that what else is tested does not change with the table. */
    public static final Set<Integer> FEW =
            Set.of(Telnet.TTYPE, Telnet.NAWS, Telnet.ECHO, Telnet.SGA);

    /** Every option that there is: no code is excluded. */
    public static final Set<Integer> ALL =
            IntStream.rangeClosed(0, 255).boxed().collect(Collectors.toUnmodifiableSet());

    /** What every client is sent first, with these. */
    public static final String OPENING = "IAC DO TTYPE IAC DO NAWS";

    private static final int LINE_BYTES = 16 * 1024;

    private final RecordingPortal portal;
    private final IoLoops loops =
            new IoLoops(1, Meters.NONE); // one: what is read first is dealt with first
    private final TelnetTransport transport;
    private final List<TelnetPeer> peers = new ArrayList<>();

    public ListeningTelnet() {
        this(RecordingPortal.ROOMY, 0);
    }

    public ListeningTelnet(Limits limits, int nopSeconds) {
        this(limits, nopSeconds, FEW);
    }

    /**
     * @param codes of the options that are spoken
     */
    public ListeningTelnet(Limits limits, int nopSeconds, Set<Integer> codes) {
        this(new RecordingPortal(limits), config(false, false, nopSeconds), false, codes);
    }

    private ListeningTelnet(
            RecordingPortal portal, TelnetConfig config, boolean overTls, Set<Integer> codes) {
        this.portal = portal;
        if (config.proxyProtocol()) {
            portal.trusts("127.0.0.1");
        }
        portal.speaks(TrustingTls.server());
        TelnetTransport whole =
                overTls
                        ? TelnetTransport.overTls(config, "127.0.0.1", loops)
                        : TelnetTransport.plain(config, "127.0.0.1", loops);
        transport = whole.withOptions(context -> options(context, codes));
        try {
            transport.start(portal);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Telnet as it is. */
    public static ListeningTelnet plain(RecordingPortal portal) {
        return new ListeningTelnet(portal, config(false, false, 0), false, FEW);
    }

    /** Telnet over TLS. */
    public static ListeningTelnet overTls(Limits limits) {
        return overTls(new RecordingPortal(limits));
    }

    /** Telnet over TLS. */
    public static ListeningTelnet overTls(RecordingPortal portal) {
        return new ListeningTelnet(portal, config(false, false, 0), true, FEW);
    }

    /** Telnet, and telnet over TLS, on one port. */
    public static ListeningTelnet sniffing(RecordingPortal portal) {
        return new ListeningTelnet(portal, config(false, true, 0), false, FEW);
    }

    /** Telnet behind a proxy on this machine. */
    public static ListeningTelnet proxied(
            RecordingPortal portal, boolean overTls, boolean sniffing) {
        return new ListeningTelnet(portal, config(true, sniffing, 0), overTls, FEW);
    }

    private static List<TelnetOption> options(OptionContext context, Set<Integer> codes) {
        return TelnetOptions.fresh(context, true).stream()
                .filter(option -> codes.contains(option.code()))
                .toList();
    }

    private static TelnetConfig config(boolean proxied, boolean sniffing, int nopSeconds) {
        TelnetConfig.Tls tls = new TelnetConfig.Tls(true, 0, proxied);
        return new TelnetConfig(true, 0, proxied, sniffing, nopSeconds, 6, tls);
    }

    /** A client that has connected and read the opening. */
    public TelnetPeer peer() {
        return stranger().expects(OPENING);
    }

    /** A client that has connected, and that takes few bytes before it reads. */
    public TelnetPeer slowPeer() {
        TelnetPeer peer = TelnetPeer.connect(port(), 4096);
        peers.add(peer);
        return peer.expects(OPENING);
    }

    /** A client that speaks TLS, after the handshake. */
    public TelnetPeer secured() {
        TelnetPeer peer = TelnetPeer.over(TrustingTls.connect(port()));
        peers.add(peer);
        return peer;
    }

    /** A client that has connected, and no more. */
    public TelnetPeer stranger() {
        TelnetPeer peer = TelnetPeer.connect(port());
        peers.add(peer);
        return peer;
    }

    /**
     * Sends lines to a client that does not read, one by one, until so many bytes wait for it: its
     * system has taken all that it takes, and a write is half done.
     *
     * @param other client, whose questions are answered when the loop has written all it can
     * @return what has been sent
     */
    public String fallsBehind(long sessid, int bytes, TelnetPeer other) {
        StringBuilder sent = new StringBuilder();
        int calm = 0; // rounds in which nothing had to be sent: what waits is not on its way
        for (int n = 0; calm < SessionContract.CALM; ) {
            if (portal.unsent(sessid) < bytes) {
                String line = n++ + "x".repeat(LINE_BYTES);
                game().text(sessid, line);
                sent.append(line).append("\r\n");
                calm = 0;
            } else {
                calm++;
            }
            other.expectsNothing();
        }
        return sent.toString();
    }

    /** Does what is to be done when so much time has passed since now, and nothing is unsent. */
    public void passes(Duration time) {
        Await.until(
                "all to be sent",
                () -> portal.sessions().ids().stream().noneMatch(id -> portal.unsent(id) > 0));
        CountDownLatch done = new CountDownLatch(1);
        portal.scheduler()
                .after(
                        Duration.ZERO,
                        () -> {
                            transport.tick(System.nanoTime() + time.toNanos());
                            done.countDown();
                        });
        Await.until(time + " to pass", () -> done.getCount() == 0);
    }

    public int port() {
        return transport.port().orElseThrow();
    }

    public RecordingPortal portal() {
        return portal;
    }

    public RecordingGame game() {
        return portal.game();
    }

    public CountingMeters meters() {
        return portal.meters();
    }

    public IoLoops loops() {
        return loops;
    }

    public TelnetTransport transport() {
        return transport;
    }

    @Override
    public void close() {
        peers.forEach(TelnetPeer::close);
        transport.stop();
        loops.close();
        portal.close();
    }
}
