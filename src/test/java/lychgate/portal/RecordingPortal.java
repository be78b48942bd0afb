package lychgate.portal;

import lychgate.plugin.Admission;
import lychgate.plugin.Limits;
import lychgate.plugin.PortalApplication;
import lychgate.plugin.PortalSessionHandler;
import lychgate.plugin.Scheduler;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A portal for one transport: the real sessions, with a recording game behind them, and a door that
 * is open until a test shuts it.
 */
public final class RecordingPortal implements PortalApplication, AutoCloseable {
    /** Limits that no test reaches by chance: none but those on lengths. */
    public static final Limits ROOMY =
            new Limits(
                    0,
                    0,
                    0,
                    0,
                    Limits.DEFAULT.lineLength(),
                    Limits.DEFAULT.subnegotiationBytes(),
                    Limits.DEFAULT.unsentBytes(),
                    0,
                    0);

    private final Limits limits;
    private final RecordingGame game = new RecordingGame();
    private final CountingMeters meters = new CountingMeters();
    private final TimerThread timer = new TimerThread();
    private final AtomicInteger places = new AtomicInteger();
    private final PortalSessions sessions;
    private volatile Admission.@Nullable Refused refusal;

    /** Made and running, with those limits. */
    public RecordingPortal(Limits limits) {
        this.limits = limits;
        this.sessions =
                new PortalSessions(game, limits, meters, InstantSource.system(), System::nanoTime);
        game.start(sessions, List.of());
    }

    /** The game behind it. */
    public RecordingGame game() {
        return game;
    }

    /** Bytes that a session's client has not taken yet. */
    public long unsent(long sessid) {
        return sessions.unsent(sessid);
    }

    /** Turns away whoever comes from now on. */
    public void refuses(String reason, String message) {
        refusal = new Admission.Refused(reason, message);
    }

    /** Places that have been given to connections, and not been given back. */
    public int places() {
        return places.get();
    }

    @Override
    public PortalSessionHandler sessions() {
        return sessions;
    }

    @Override
    public Admission admission() {
        return this::admit;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Scheduler scheduler() {
        return timer;
    }

    @Override
    public CountingMeters meters() {
        return meters;
    }

    @Override
    public String listenAddress() {
        return "127.0.0.1";
    }

    @Override
    public String gameName() {
        return "Test";
    }

    @Override
    public Path varFolder() {
        throw new UnsupportedOperationException("no test needs it");
    }

    @Override
    public void close() {
        timer.close();
    }

    private Admission.Decision admit(InetAddress from) {
        Admission.Refused no = refusal;
        if (no != null) {
            return no;
        }
        places.incrementAndGet();
        AtomicBoolean given = new AtomicBoolean();
        return new Admission.Admitted(
                () -> {
                    if (given.compareAndSet(false, true)) {
                        places.decrementAndGet();
                    }
                });
    }
}
