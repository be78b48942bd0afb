package lychgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The log while the portal starts. */
class HeldLogTest {
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("lychgate.held");

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        log.addAppender(written);
        written.start();
    }

    @AfterEach
    void leave() {
        log.detachAppender(written);
    }

    @Test
    void whatIsReleasedIsAllThatWouldHaveBeenWritten() {
        HeldLog held = HeldLog.hold();
        log.debug("not asked for");
        log.info("one {}", 1);
        log.error("two");
        assertEquals(List.of(), lines());
        held.release();
        log.info("three");
        assertEquals(List.of("one 1", "two", "three"), lines());
    }

    @Test
    void whatIsDroppedIsNotWrittenUnlessDebugIsAskedFor() {
        for (Level level : List.of(Level.INFO, Level.DEBUG)) {
            log.setLevel(level);
            HeldLog held = HeldLog.hold();
            log.error("said at " + level);
            held.drop();
            held.release();
            log.info("after " + level);
        }
        assertEquals(List.of("after INFO", "said at DEBUG", "after DEBUG"), lines());
    }

    @Test
    @Timeout(20)
    void argumentThatWaitsForOneWhoLogsIsNotWaitedForInVain() {
        HeldLog held = HeldLog.hold();
        Object waits =
                new Object() {
                    @Override
                    public String toString() {
                        return CompletableFuture.supplyAsync(HeldLogTest.this::other).join();
                    }
                };
        log.info("first {}", waits);
        held.release();
        assertEquals(List.of("second", "first is through"), lines());
    }

    private String other() {
        log.info("second");
        return "is through";
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
