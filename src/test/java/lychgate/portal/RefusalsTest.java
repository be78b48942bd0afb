package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import lychgate.plugin.Admission;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class RefusalsTest {
    private static final InetAddress SOMEWHERE = InetAddress.ofLiteral("192.0.2.7");

    private final Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Refusals refusals =
            new Refusals(_ -> new Admission.Refused("connections_per_address", "Too many."));

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(appender);
    }

    @Test
    void refusedConnectionIsLoggedWithAddressAndReason() {
        assertInstanceOf(Admission.Refused.class, refusals.admit(SOMEWHERE));
        refusals.refused(InetAddress.ofLiteral("2001:db8::7"), "proxy_header");
        assertEquals(
                List.of(
                        "refused connection from 192.0.2.7: connections_per_address",
                        "refused connection from 2001:db8::7: proxy_header"),
                logged());
    }

    @Test
    void linesAreBoundedForEachAddressAndInAll() {
        for (int i = 0; i < 1_000; i++) {
            refusals.admit(SOMEWHERE);
        }
        assertEquals(Refusals.MAX_LINES_OF_ADDRESS, logged().size());
        for (int i = 0; i < 1_000; i++) {
            refusals.admit(InetAddress.ofLiteral("10.0." + i / 250 + "." + i % 250));
        }
        assertEquals(Refusals.MAX_LINES, logged().size());
        refusals.endPeriod();
        assertEquals("1940 more refused connections in the last minute", logged().getLast());
        refusals.admit(SOMEWHERE);
        refusals.endPeriod();
        assertEquals(Refusals.MAX_LINES + 2, logged().size());
    }

    @Test
    void filterInTheDocumentationMatchesTheLinesAndTheirAddress() throws Exception {
        List<Pattern> filters =
                Files.readAllLines(Path.of("docs/operations.md")).stream()
                        .map(String::strip)
                        .filter(line -> line.matches("(failregex =)? *\\^.*<HOST>.*"))
                        .map(line -> line.replaceFirst("failregex = *", ""))
                        .map(line -> Pattern.compile(line.replace("<HOST>", "(?<host>\\S+)")))
                        .toList();
        assertEquals(2, filters.size());
        String time = "2026-11-28T12:00:00.123 INFO  ";
        assertHosts(
                filters,
                "192.0.2.7",
                time + "FailedLogins 13 failed to log in as rowan from 192.0.2.7");
        assertHosts(
                filters,
                "192.0.2.7",
                time + "FailedLogins 13 failed to log in as a from 10.0.0.1 from 192.0.2.7");
        assertHosts(
                filters,
                "2001:db8::7",
                time + "Refusals refused connection from 2001:db8::7: connections_per_address");
        assertHosts(filters, "", time + "Refusals refused connection from 192.0.2.7: banned");
        assertHosts(filters, "", time + "Refusals refused connection from 192.0.2.7: draining");
        assertHosts(
                filters,
                "192.0.2.7",
                "mud lychgate[71]: " + time + "Refusals refused connection from 192.0.2.7: origin");
        assertHosts(
                filters,
                "",
                time
                        + "PortalSessions 13 closed: INFO FailedLogins 1 failed to log in as a from"
                        + " 10.0.0.1");
        assertHosts(filters, "", time + "PortalSessions 13 opened from 192.0.2.7 over telnet");
    }

    private static void assertHosts(List<Pattern> filters, String host, String line) {
        StringBuilder hosts = new StringBuilder();
        for (Pattern filter : filters) {
            Matcher matcher = filter.matcher(line);
            if (matcher.find()) {
                hosts.append(matcher.group("host"));
            }
        }
        assertEquals(host, hosts.toString(), line);
        assertTrue(line.length() < 1_000);
    }

    private List<String> logged() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
