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

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Applies {@link LogRates} to the log of this process, whatever {@code logback.xml} says, so that
 * clients cannot fill it. Below INFO nothing is suppressed. The number of suppressed lines is
 * logged once a minute. Thread safe; no foreign code is called under a lock.
 */
final class LogThrottle extends TurboFilter implements KeptInLog {
    private static final String CALLER = Logger.class.getName();

    /** How often to check for counts to log. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Maximum depth of causes to follow, in case they form a cycle. */
    private static final int MAX_CAUSES = 16;

    private final LoggerContext loggers;
    private final LongSupplier clock;
    private final LogRates rates = new LogRates();

    /**
     * @param clock nanoseconds
     */
    LogThrottle(LoggerContext loggers, LongSupplier clock) {
        this.loggers = loggers;
        this.clock = clock;
        setContext(loggers);
        loggers.addTurboFilter(this);
        loggers.addListener(this);
    }

    /** Starts limiting the log. */
    static LogThrottle begin() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("the log is written by Logback");
        }
        LogThrottle throttle = new LogThrottle(context, System::nanoTime);
        Thread.ofPlatform().name("lychgate-log").daemon().start(throttle::look);
        return throttle;
    }

    /** The number of suppressed lines since the start. */
    long leftOut() {
        return rates.leftOut();
    }

    /** Logs the counts of the minutes that are over. */
    void tick() {
        rates.due(clock.getAsLong()).forEach(this::tell);
    }

    /** Logs all remaining counts and stops limiting the log. */
    void end() {
        loggers.removeListener(this);
        loggers.getTurboFilterList().remove(this);
        rates.rest().forEach(this::tell);
    }

    private void look() {
        try {
            while (loggers.getTurboFilterList().contains(this)) {
                Thread.sleep(LOOK);
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(LogRates.Count count) {
        Logger logger = loggers.getLogger(count.kind().logger());
        Level level = count.kind().level();
        if (!level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return;
        }
        LoggingEvent event =
                switch (count.kind()) {
                    case LogRates.Kind.Failure failure ->
                            event(
                                    logger,
                                    level,
                                    "left out: {} more of {} at {}",
                                    count.lines(),
                                    failure.type(),
                                    failure.place());
                    case LogRates.Kind.Line line ->
                            event(
                                    logger,
                                    level,
                                    "left out: {} more of \"{}\"",
                                    count.lines(),
                                    line.format());
                };
        logger.callAppenders(event);
    }

    private static LoggingEvent event(
            Logger logger, Level level, String format, Object... arguments) {
        return new LoggingEvent(CALLER, logger, level, format, null, arguments);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        if (format == null // a call that only asks whether it would be logged
                || !level.isGreaterOrEqual(Level.INFO)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        Throwable failure = thrown == null ? last(arguments) : thrown;
        LogRates.Kind kind =
                failure == null
                        ? new LogRates.Kind.Line(logger.getName(), level, format)
                        : failure(logger.getName(), level, format, failure);
        return rates.admits(kind, clock.getAsLong()) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    /** As in SLF4J, the last argument may be the exception. */
    private static @Nullable Throwable last(Object @Nullable [] arguments) {
        return arguments != null
                        && arguments.length > 0
                        && arguments[arguments.length - 1] instanceof Throwable thrown
                ? thrown
                : null;
    }

    private static LogRates.Kind failure(
            String logger, Level level, String format, Throwable thrown) {
        Throwable first = thrown;
        for (int i = 0; i < MAX_CAUSES && first.getCause() != null; i++) {
            first = first.getCause();
        }
        String place =
                Arrays.stream(first.getStackTrace())
                        .filter(frame -> !isOfTheJdk(frame.getClassName()))
                        .findFirst()
                        .map(StackTraceElement::toString)
                        .orElse(format); // the JVM omits stack traces that it has thrown too often
        return new LogRates.Kind.Failure(logger, level, first.getClass().getName(), place);
    }

    private static boolean isOfTheJdk(String name) {
        return List.of("java.", "javax.", "jdk.", "sun.").stream().anyMatch(name::startsWith);
    }

    @Override
    public void onReset(LoggerContext reset) {
        reset.addTurboFilter(this);
    }
}
