package lychgate.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds back what is logged while the portal starts. A start that fails says one sentence and
 * nothing else; one that succeeds has its log after all, with the times at which it was written.
 * Thread safe.
 */
final class HeldLog extends TurboFilter {
    /** Events that are held; what comes after them is written at once. */
    private static final int MAX_EVENTS = 1_000;

    private static final String CALLER = Logger.class.getName();

    private final List<LoggingEvent> held = new ArrayList<>();
    private boolean holds = true;

    private HeldLog() {}

    /** Holds back from now on. */
    static HeldLog hold() {
        HeldLog log = new HeldLog();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            log.setContext(context);
            context.addTurboFilter(log);
        }
        return log;
    }

    /** Writes what was held, and holds no more. */
    synchronized void release() {
        holds = false;
        if (getContext() instanceof LoggerContext context) {
            context.getTurboFilterList().remove(this);
            held.forEach(event -> context.getLogger(event.getLoggerName()).callAppenders(event));
        }
        held.clear();
    }

    @Override
    public synchronized FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        boolean asked = format == null; // only whether it would be logged
        if (!holds
                || asked
                || held.size() >= MAX_EVENTS
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        LoggingEvent event = new LoggingEvent(CALLER, logger, level, format, thrown, arguments);
        event.prepareForDeferredProcessing();
        held.add(event);
        return FilterReply.DENY;
    }
}
