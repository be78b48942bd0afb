package lychgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;

import lychgate.oob.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class JsonLineTest {
    private final JsonLine encoder = new JsonLine();

    JsonLineTest() {
        encoder.start();
    }

    @Test
    void eventIsAnObjectOnALine() throws Exception {
        assertEquals(
                Map.of(
                        "time", "2026-11-28T12:00:00.123Z",
                        "level", "WARN",
                        "logger", "Portal",
                        "thread", "lychgate-io-1",
                        "message", "12 opened from 192.0.2.7"),
                encoded("12 opened from 192.0.2.7", null));
    }

    @Test
    void anyTextIsOneValidLine() throws Exception {
        for (String text : List.of("\"\\\n\r\t\0\u001b\u2028\u2029é🦊", "{}", "")) {
            assertEquals(text, encoded(text, null).get("message"));
        }
        assertEquals("?", encoded("\ud800", null).get("message")); // half a character
    }

    @Test
    void messageAndStackAreBounded() throws Exception {
        assertEquals(
                "x".repeat(JsonLine.MAX_MESSAGE), encoded("x".repeat(5_000), null).get("message"));
        String stack = String.valueOf(encoded("failed", deep(500)).get("stack"));
        assertTrue(stack.startsWith("java.lang.IllegalStateException: here\n"), stack);
        assertTrue(stack.lines().count() < 110, stack);
    }

    private static Throwable deep(int calls) {
        return calls == 0 ? new IllegalStateException("here") : deep(calls - 1);
    }

    private Map<?, ?> encoded(String message, @Nullable Throwable thrown) throws Exception {
        LoggingEvent event =
                new LoggingEvent(
                        "",
                        new LoggerContext().getLogger("lychgate.portal.Portal"),
                        Level.WARN,
                        message,
                        thrown,
                        null);
        event.setInstant(Instant.parse("2026-11-28T12:00:00.123456Z"));
        event.setThreadName("lychgate-io-1");
        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertEquals(line.length() - 1, line.indexOf('\n'));
        return assertInstanceOf(Map.class, Json.read(line));
    }
}
