package lychgate.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

import lychgate.admin.page.LogTail;

import org.slf4j.LoggerFactory;

/** Shows the newest lines of the log to operators; never below INFO, where payloads are. */
final class LogTailAppender extends AppenderBase<ILoggingEvent> {
    private final LogTail tail;

    private LogTailAppender(LogTail tail) {
        this.tail = tail;
    }

    /** Begins with the lines from now on. */
    static void begin(LogTail tail) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            LogTailAppender appender = new LogTailAppender(tail);
            appender.setContext(root.getLoggerContext());
            appender.start();
            root.addAppender(appender);
        }
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
}
