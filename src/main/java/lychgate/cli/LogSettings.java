package lychgate.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusUtil;

import lychgate.config.Configuration;
import lychgate.portal.Reloadable;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * The log of this process: what {@code etc/logback.xml} says, or else the file in the program; as
 * text, or as JSON where the configuration says so.
 */
final class LogSettings implements Reloadable {
    private static final String FILE = "logback.configurationFile";

    private final Path file;
    private byte[] inEffect;

    private LogSettings(Path file, byte[] inEffect) {
        this.file = file;
        this.inEffect = inEffect;
    }

    /**
     * Configures the log.
     *
     * @param etc the folder of the configuration
     * @throws Failure if its {@code logback.xml} has a mistake; Logback itself would print a stack
     *     trace, or nothing, and log nothing
     */
    static LogSettings begin(Path etc) throws Failure {
        Path file = etc.resolve("logback.xml");
        try {
            byte[] content = content(file);
            if (Files.exists(file) && System.getProperty(FILE) == null) {
                System.setProperty(FILE, file.toString());
            }
            return new LogSettings(file, content);
        } catch (IOException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] content(Path file) throws IOException {
        if (Files.exists(file)) {
            return LogFile.check(file);
        }
        try (InputStream own = LogSettings.class.getResourceAsStream("/logback.xml")) {
            if (own == null) {
                throw new IllegalStateException("the log's settings are part of the program");
            }
            return own.readAllBytes();
        }
    }

    /**
     * Applies what the configuration says of the log, once it is known.
     *
     * @throws Failure if Logback could not use everything in the file, such as a folder that cannot
     *     be written: it would go on without
     */
    void apply(Configuration configuration) throws Failure {
        LoggerContext context = context();
        String trouble = trouble(context, 0);
        if (trouble != null) {
            throw new Failure(LogFile.mistake(file, 0, trouble).getMessage() + "", null);
        }
        if (configuration.log().json()) {
            writeJson(context);
        }
    }

    @Override
    public Runnable read(Configuration next) throws IOException {
        byte[] content = content(file);
        boolean json = next.log().json();
        return () -> {
            LoggerContext context = context();
            long before = System.currentTimeMillis();
            configure(context, content, json);
            String trouble = trouble(context, before);
            if (trouble == null) {
                inEffect = content;
            } else {
                configure(context, inEffect, json);
                LoggerFactory.getLogger(LogSettings.class)
                        .warn("{}: {}: the log goes on as before", file, trouble);
            }
        };
    }

    private static void configure(LoggerContext context, byte[] content, boolean json) {
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(context);
        context.reset();
        try {
            reader.doConfigure(new ByteArrayInputStream(content));
        } catch (JoranException e) {
            throw new IllegalStateException("a file that was checked", e);
        }
        if (json) {
            writeJson(context);
        }
    }

    /** The first error that Logback has reported since then; null for none. */
    private static @Nullable String trouble(LoggerContext context, long since) {
        List<Status> all = context.getStatusManager().getCopyOfStatusList();
        return StatusUtil.filterStatusListByTimeThreshold(all, since).stream()
                .filter(status -> status.getLevel() == Status.ERROR)
                .map(Status::getMessage)
                .findFirst()
                .orElse(null);
    }

    private static LoggerContext context() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            return context;
        }
        throw new IllegalStateException("the log is written by Logback");
    }

    private static void writeJson(LoggerContext context) {
        for (Logger logger : context.getLoggerList()) {
            writeJson(context, logger.iteratorForAppenders());
        }
    }

    private static void writeJson(
            LoggerContext context, Iterator<Appender<ILoggingEvent>> appenders) {
        while (appenders.hasNext()) {
            Appender<ILoggingEvent> appender = appenders.next();
            if (appender instanceof OutputStreamAppender<ILoggingEvent> output) {
                JsonLine encoder = new JsonLine();
                encoder.setContext(context);
                encoder.start();
                output.setEncoder(encoder);
            } else if (appender instanceof AppenderAttachable<?> others) {
                @SuppressWarnings("unchecked") // appenders of events pass on events
                AppenderAttachable<ILoggingEvent> inner =
                        (AppenderAttachable<ILoggingEvent>) others;
                writeJson(context, inner.iteratorForAppenders());
            }
        }
    }
}
