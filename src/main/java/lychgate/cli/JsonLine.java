package lychgate.cli;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;

import lychgate.oob.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes each event of the log as one JSON object on a line, with the bounds that {@code
 * logback.xml} has for text.
 */
final class JsonLine extends EncoderBase<ILoggingEvent> {
    /** Characters of a message. */
    static final int MAX_MESSAGE = 4_000;

    /** Lines of a stack trace. */
    private static final String MAX_STACK = "100";

    private static final byte[] NOTHING = {};

    private final ThrowableProxyConverter stack = new ThrowableProxyConverter();

    @Override
    public void start() {
        stack.setOptionList(List.of(MAX_STACK));
        stack.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, String> line = new LinkedHashMap<>();
        Instant time = event.getInstant();
        line.put("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("level", event.getLevel().toString());
        String logger = event.getLoggerName();
        line.put("logger", logger.substring(logger.lastIndexOf('.') + 1));
        line.put("thread", event.getThreadName());
        String message = String.valueOf(event.getFormattedMessage());
        line.put("message", message.substring(0, Math.min(message.length(), MAX_MESSAGE)));
        if (event.getThrowableProxy() != null) {
            line.put("stack", stack.convert(event));
        }
        return (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
