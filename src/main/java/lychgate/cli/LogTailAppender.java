package lychgate.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

import lychgate.admin.page.LogTail;

import org.slf4j.LoggerFactory;

/** Shows the newest lines of the log to operators; never below INFO, where payloads are. */
final class LogTailAppender extends AppenderBase<ILoggingEvent> implements KeptInLog {
    private final LogTail tail;

    private LogTailAppender(LogTail tail) {
        this.tail = tail;
    }

    /** Begins with the lines from now on. */
    static void begin(LogTail tail) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            begin(tail, loggers);
        }
    }

    static void begin(LogTail tail, LoggerContext loggers) {
        LogTailAppender appender = new LogTailAppender(tail);
        appender.setContext(loggers);
        appender.listen(loggers);
        loggers.addListener(appender);
    }

    private void listen(LoggerContext loggers) {
        start();
        loggers.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
            tail.add(
                    event.getInstant().toString(),
                    event.getLevel().toString(),
                    event.getFormattedMessage());
        }
    }

    @Override
    public void onReset(LoggerContext reset) {
        listen(reset);
    }
}
