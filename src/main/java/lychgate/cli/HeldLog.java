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
 * Holds back what is logged while the portal starts. A start that fails says one sentence and
 * nothing else, unless somebody has asked for DEBUG; one that succeeds has its log after all, with
 * the times at which it was written. Thread safe; nothing foreign is called under its lock.
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
    void release() {
        end(_ -> true);
    }

    /** Holds no more, and writes what was held only where somebody has asked for DEBUG. */
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

    /** What is held; once that is nothing, nothing is held any more. */
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
        boolean asked = format == null; // only whether it would be logged
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
