package lychgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;

import lychgate.admin.page.LogTail;

import org.junit.jupiter.api.Test;

import java.util.List;

class LogTailAppenderTest {
    private final LoggerContext context = new LoggerContext();
    private final LogTail tail = new LogTail();

    @Test
    void payloadsAreNotShown() {
        LogTailAppender.begin(tail, context);
        context.getLogger("lychgate.game").setLevel(Level.TRACE);
        context.getLogger("lychgate.game").debug("a payload");
        context.getLogger("lychgate.game").info("7 opened");
        assertEquals(List.of("7 opened"), lines());
    }

    @Test
    void reloadOfTheLogsSettingsDoesNotEndIt() {
        LogTailAppender.begin(tail, context);
        context.getLogger("lychgate").info("before");
        context.reset();
        context.getLogger("lychgate").info("after");
        context.reset();
        context.getLogger("lychgate").info("after another");
        assertEquals(List.of("before", "after", "after another"), lines());
    }

    private List<String> lines() {
        return tail.since(0).stream().map(LogTail.Line::text).toList();
    }
}
