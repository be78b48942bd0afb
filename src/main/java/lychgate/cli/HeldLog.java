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
import java.util.function.Predicate;

/**
 * Holds back the log while the portal starts. A start that fails prints one sentence and nothing
 * else, unless DEBUG is enabled; after a successful start the lines are written with their original
 * times. Thread safe; no foreign code is called under its lock.
 */
final class HeldLog extends TurboFilter {
    /** Maximum number of events held; later ones are written at once. */
    private static final int MAX_EVENTS = 1_000;

    private static final String CALLER = Logger.class.getName();

    private final List<LoggingEvent> held = new ArrayList<>();
    private boolean holds = true;

    private HeldLog() {}

    /** Starts holding back. */
    static HeldLog hold() {
        HeldLog log = new HeldLog();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            log.setContext(context);
            context.addTurboFilter(log);
        }
        return log;
    }

    /** Writes the held events and stops holding back. */
    void release() {
        end(_ -> true);
    }

    /** Stops holding back; the held events are written only if DEBUG is enabled. */
    void drop() {
        end(event -> LoggerFactory.getLogger(event.getLoggerName()).isDebugEnabled());
    }

    private void end(Predicate<LoggingEvent> isWritten) {
        for (List<LoggingEvent> next = take(); !next.isEmpty(); next = take()) {
            next.stream().filter(isWritten).forEach(this::write);
        }
    }

    private void write(LoggingEvent event) {
        if (getContext() instanceof LoggerContext context) {
            context.getLogger(event.getLoggerName()).callAppenders(event);
        }
    }

    /** The held events; null once nothing is held back. */
    private synchronized List<LoggingEvent> take() {
        List<LoggingEvent> taken = List.copyOf(held);
        held.clear();
        if (taken.isEmpty() && getContext() instanceof LoggerContext context) {
            holds = false;
            context.getTurboFilterList().remove(this);
        }
        return taken;
    }

    private synchronized boolean keep(LoggingEvent event) {
        return holds && held.size() < MAX_EVENTS && held.add(event);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        boolean asked = format == null; // a call that only asks whether it would be logged
        if (asked || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        LoggingEvent event = new LoggingEvent(CALLER, logger, level, format, thrown, arguments);
        if (marker != null) {
            event.addMarker(marker);
        }
        event.prepareForDeferredProcessing();
        return keep(event) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
