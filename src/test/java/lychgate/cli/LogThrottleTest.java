package lychgate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Rate limiting of the log. */
class LogThrottleTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("lychgate.game");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // wraps, as nanoTime may
    private final LogThrottle throttle = new LogThrottle(context, clock::get);

    @BeforeEach
    void listen() {
        written.start();
        written.setContext(context);
        listenTo(context.getLogger(Logger.ROOT_LOGGER_NAME));
    }

    @Test
    void ofTenThousandFaultsOneStackIsWrittenAndTheirNumber() {
        for (int i = 0; i < 10_000; i++) {
            log.error("{} a command has failed", "session " + i % 31, fault());
            pass(Duration.ofMillis(5));
        }
        assertEquals(List.of("session 0 a command has failed"), lines());
        assertNotNull(written.list.getFirst().getThrowableProxy());
        pass(Duration.ofSeconds(10));
        throttle.tick();
        String place = "java.lang.IllegalStateException at " + fault().getStackTrace()[0];
        assertEquals("left out: 9999 more of " + place, lines().getLast());
        assertEquals(Level.ERROR, written.list.getLast().getLevel());
        assertEquals(9_999, throttle.leftOut());
        throttle.tick();
        assertEquals(2, lines().size());
    }

    @Test
    void stackIsWrittenAgainEachMinute() {
        for (int second = 0; second < 180; second++) {
            log.error("a command has failed", fault());
            log.error("a command has failed", fault());
            throttle.tick();
            pass(Duration.ofSeconds(1));
        }
        long stacks = written.list.stream().filter(e -> e.getThrowableProxy() != null).count();
        long counts = lines().stream().filter(line -> line.startsWith("left out: ")).count();
        assertTrue(stacks == 3 || stacks == 4, lines().toString());
        assertTrue(counts == 2 || counts == 3, lines().toString());
    }

    @Test
    void failuresOfDifferentPlacesAreToldApart() {
        for (int i = 0; i < 100; i++) {
            log.error("it failed", fault());
            log.error("it failed", new RuntimeException("around", otherFault()));
        }
        assertEquals(2, lines().size());
        throttle.end();
        assertEquals(4, lines().size());
    }

    @Test
    void failureWithinTheJdkIsFromWhereItWasCalled() {
        for (String text : List.of("x", "y")) {
            try {
                Integer.parseInt(text);
            } catch (NumberFormatException e) {
                log.warn("no number", e);
            }
        }
        throttle.end();
        assertTrue(lines().getLast().contains("LogThrottleTest.java"), lines().toString());
    }

    @Test
    void linesOfAKindHaveARateAndTheRestIsCounted() {
        IntStream.range(0, 5_000).forEach(i -> log.info("{} opened", i));
        log.info("{} closed", 1);
        assertEquals(1_001, lines().size());
        assertEquals("1 closed", lines().getLast());
        pass(Duration.ofSeconds(2));
        IntStream.range(0, 5_000).forEach(i -> log.info("{} opened", i));
        assertEquals(1_101, lines().size());
        pass(Duration.ofMinutes(1));
        throttle.tick();
        assertEquals("left out: 8900 more of \"{} opened\"", lines().getLast());
        log.info("{} opened", "the next");
        assertEquals("the next opened", lines().getLast());
        assertEquals(8_900, throttle.leftOut());
    }

    @Test
    void floodIsToldEachMinute() {
        for (int i = 0; i < 60_000; i++) { // for five minutes
            log.info("{} opened", i);
            pass(Duration.ofMillis(5));
            throttle.tick();
        }
        long counts = lines().stream().filter(line -> line.startsWith("left out: ")).count();
        assertEquals(4, counts);
        assertTrue(lines().size() < 1_000 + 300 * 50 + 10, "lines: " + lines().size());
    }

    @Test
    void slowLinesAreNeverLeftOut() {
        for (int i = 0; i < 10_000; i++) {
            log.info("{} opened", i);
            pass(Duration.ofMillis(20));
            throttle.tick();
        }
        assertEquals(10_000, lines().size());
    }

    @Test
    void kindsWithoutEndHaveABound() {
        IntStream.range(0, 10_000).forEach(i -> log.info("line " + i));
        assertEquals(1_024 + 1_000, lines().size());
        throttle.end();
        assertEquals("left out: 7976 more of \"…\"", lines().getLast());
    }

    @Test
    void whoAsksForDebugGetsEverythingThere() {
        log.setLevel(Level.DEBUG);
        IntStream.range(0, 5_000).forEach(i -> log.debug("{} said", i));
        assertEquals(5_000, lines().size());
    }

    @Test
    void whatIsNotLoggedIsNotCounted() {
        log.setLevel(Level.OFF);
        IntStream.range(0, 5_000).forEach(i -> log.error("{} failed", i, fault()));
        assertEquals(0, throttle.leftOut());
    }

    @Test
    void newConfigurationOfTheLogIsBoundedToo() {
        context.reset();
        listenTo(context.getLogger(Logger.ROOT_LOGGER_NAME));
        IntStream.range(0, 5_000).forEach(i -> log.info("{} opened", i));
        assertEquals(1_000, lines().size());
    }

    @Test
    void atTheEndWhatWasLeftOutIsTold() {
        IntStream.range(0, 1_010).forEach(i -> log.info("{} opened", i));
        throttle.end();
        assertEquals("left out: 10 more of \"{} opened\"", lines().getLast());
        IntStream.range(0, 1_010).forEach(i -> log.info("{} opened", i));
        assertEquals(1_000 + 1 + 1_010, lines().size());
    }

    private void listenTo(Logger root) {
        written.start();
        root.addAppender(written);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static IllegalStateException fault() {
        return new IllegalStateException("a player asked for it");
    }

    private static IllegalStateException otherFault() {
        return new IllegalStateException("another");
    }
}
