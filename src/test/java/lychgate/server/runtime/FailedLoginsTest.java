package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

class FailedLoginsTest {
    static final List<Arguments> NAMES =
            List.of(
                    Arguments.of("Tom O'Dale", "Tom O'Dale"),
                    Arguments.of("Grüße", "Grüße"),
                    Arguments.of("a\u202e\r\n\u001b[1m", "a?????1m"),
                    Arguments.of("a\ud800b", "a?b"),
                    Arguments.of("", "?"),
                    Arguments.of("x".repeat(6_000), "x".repeat(32)));

    private final Logger log = (Logger) LoggerFactory.getLogger(FailedLogins.class);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final List<Runnable> later = new ArrayList<>();
    private final FailedLogins failed = new FailedLogins((_, task) -> later.add(task));

    @BeforeEach
    void listen() {
        written.start();
        log.addAppender(written);
        log.setAdditive(false);
    }

    @AfterEach
    void stop() {
        log.detachAppender(written);
        log.setAdditive(true);
    }

    @Test
    void lineSaysWhoAndFromWhere() {
        failed.note(12, "2001:db8::7", "rowan");
        assertEquals(List.of("12 failed to log in as rowan from 2001:db8::7"), lines());
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void nameIsCleanAndShort(String name, String shown) {
        failed.note(1, "192.0.2.1", name);
        assertEquals(List.of("1 failed to log in as " + shown + " from 192.0.2.1"), lines());
    }

    @Test
    void oneAddressFillsAFewLinesAndTheRestIsCounted() {
        note(1_000, "192.0.2.1");
        note(1, "192.0.2.2");
        assertEquals(FailedLogins.MAX_LINES_OF_ADDRESS + 1, written.list.size());
        minutePasses();
        assertEquals(
                (1_000 - FailedLogins.MAX_LINES_OF_ADDRESS)
                        + " more failed logins in the last minute: somebody is guessing passwords",
                lines().getLast());
        note(1, "192.0.2.1");
        assertEquals(FailedLogins.MAX_LINES_OF_ADDRESS + 3, written.list.size());
    }

    @Test
    void manyAddressesFillABoundedNumberOfLines() {
        for (int i = 0; i < 1_000; i++) {
            note(1, "2001:db8::" + i);
        }
        assertEquals(FailedLogins.MAX_LINES, written.list.size());
    }

    @Test
    void minuteWithoutManyIsNotSpokenOf() {
        note(1, "192.0.2.1");
        minutePasses();
        assertEquals(1, written.list.size());
        assertEquals(List.of(), later);
    }

    private void note(int times, String address) {
        for (int i = 0; i < times; i++) {
            failed.note(1, address, "rowan");
        }
    }

    private void minutePasses() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
