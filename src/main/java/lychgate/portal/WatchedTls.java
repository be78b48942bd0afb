package lychgate.portal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import lychgate.config.Configuration;
import lychgate.keys.TlsKeys;
import lychgate.plugin.Scheduler;
import lychgate.plugin.ServerTls;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The key and certificate for TLS: opened when the first service needs them, and reloaded when the
 * files are replaced, or an operator says so; a certificate that expires is in the log and among
 * the metrics. Any thread may ask.
 */
final class WatchedTls implements Reloadable {
    private static final Logger log = LoggerFactory.getLogger(WatchedTls.class);

    /** How often the files are checked: half of the ten seconds that operators are promised. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    /** How often the log says that the certificate expires. */
    private static final Duration REMIND = Duration.ofDays(1);

    private final Path folder;
    private final Scheduler files;
    private final InstantSource clock;
    private final MeterRegistry registry;
    private @Nullable TlsKeys keys;

    /**
     * @param files runs what may block on files
     */
    WatchedTls(Path folder, Scheduler files, InstantSource clock, MeterRegistry registry) {
        this.folder = folder;
        this.files = files;
        this.clock = clock;
        this.registry = registry;
    }

    /**
     * TLS with that key and certificate.
     *
     * @throws IOException if they cannot be used: the message is one sentence for the operator
     */
    synchronized ServerTls open() throws IOException {
        TlsKeys opened = keys;
        if (opened == null) {
            opened = TlsKeys.open(folder);
            keys = opened;
            watch(opened);
        }
        return opened;
    }

    private void watch(TlsKeys opened) {
        files.every(CHECK, opened::refresh);
        files.every(REMIND, () -> remind(opened));
        remind(opened);
        Gauge.builder(
                        "lychgate.tls.certificate.expiry.timestamp",
                        opened,
                        each -> each.validity().ends().getEpochSecond())
                .description("When the TLS certificate expires, in seconds since 1970.")
                .baseUnit("seconds")
                .register(registry);
    }

    private void remind(TlsKeys opened) {
        String warning = opened.validity().warning(clock.instant());
        if (warning != null) {
            log.warn("{}", warning);
        }
    }

    @Override
    public synchronized Runnable read(Configuration next) throws IOException {
        TlsKeys opened = keys;
        if (opened == null) {
            return () -> {};
        }
        Runnable taken = opened.read();
        return () -> {
            taken.run();
            remind(opened);
        };
    }
}
