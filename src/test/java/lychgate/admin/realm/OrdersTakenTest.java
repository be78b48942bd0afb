package lychgate.admin.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import lychgate.admin.Answer;
import lychgate.admin.Answer.Outcome;
import lychgate.admin.Operator;
import lychgate.admin.RecordingOperations;
import lychgate.admin.SessionRow;
import lychgate.nats.NatsConfig;
import lychgate.oob.MalformedException;
import lychgate.session.Meters;
import lychgate.session.SessionNumber;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class OrdersTakenTest {
    private static final String FROM_9 = "pl.main.ctl.portal.1.9";

    private final List<String> malformed = new ArrayList<>();
    private final RecordingOperations portal = new RecordingOperations();
    private final OrdersTaken orders =
            new OrdersTaken(
                    NatsConfig.DEFAULT, // portal 1
                    portal.commands(),
                    new Meters() {
                        @Override
                        public void malformed(String kind) {
                            malformed.add(kind);
                        }
                    });

    @Test
    void whoHasOrderedItAndWhereIsRecorded() throws MalformedException {
        assertEquals(
                new PortalAnswer(1, Outcome.DONE, "", List.of("{}")),
                answer("kick", "7", "be kind"));
        assertEquals(Outcome.ABSENT, answer("kick", "8", "").outcome());
        assertEquals(
                List.of(
                        "user rowan at portal 9: kick 7 be kind: done",
                        "user rowan at portal 9: kick 8:"
                                + " There is no session 8: lychgate sessions lists them."),
                portal.audited());
    }

    @Test
    void playersOfOtherPortalsAreToldByThose() throws MalformedException {
        answer("say", "Back soon.");
        assertEquals(List.of("say Back soon. to its own"), portal.asked());
    }

    @Test
    void sessionsAreRows() throws MalformedException {
        assertEquals(
                List.of(
                        "{\"id\":7,\"account\":\"rowan\",\"transport\":\"telnet\","
                                + "\"address\":\"192.0.2.7\",\"client\":\"TinTin++\","
                                + "\"idle_seconds\":0,\"away_seconds\":null,\"unsent\":0}",
                        "{\"id\":9,\"account\":null,\"transport\":\"ssh\","
                                + "\"address\":\"2001:db8::1\",\"client\":null,"
                                + "\"idle_seconds\":61,\"away_seconds\":40,\"unsent\":512}"),
                answer("sessions").rows());
        assertEquals(List.of(), portal.audited());
    }

    @Test
    void sessionsOfOtherPortalsAreListedOnlyWhereThoseAreSilent() throws MalformedException {
        SessionRow own = row(1, "own");
        SessionRow of2 = row(2, "brought by 2");
        SessionRow of3 = row(3, "brought by 3");
        portal.sessions(List.of(own), List.of(of2, of3));
        assertEquals(List.of(Answer.json(own.script())), answer("sessions").rows());
        assertEquals(List.of(Answer.json(of3.script())), answer("sessions", "3", "4").rows());
        assertEquals(
                List.of(Answer.json(of2.script()), Answer.json(of3.script())),
                answer("sessions", "2", "3").rows());
    }

    private static SessionRow row(int portal, String account) {
        return new SessionRow(
                SessionNumber.first(portal, Instant.parse("2026-11-28T12:00:00Z")) + 1,
                account,
                "telnet",
                "192.0.2.7",
                "",
                Duration.ZERO,
                null,
                0,
                null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "{}",
                "{\"operator\":\"x\",\"command\":\"reload\",\"arguments\":[]}",
                "{\"operator\":\"x\",\"command\":\"trace\",\"arguments\":[\"7\"]}",
                "{\"operator\":\"x\",\"command\":\"kick\",\"arguments\":7}",
                "{\"operator\":\"x\",\"command\":\"kick\",\"arguments\":[7]}",
                "{\"operator\":7,\"command\":\"kick\",\"arguments\":[\"7\"]}",
                "{\"command\":\"kick\",\"arguments\":[\"7\"]}"
            })
    void whatIsNoOrderIsCountedAndNotAnswered(String message) {
        assertEquals(List.of(), replies(FROM_9, message.getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("portal_order"), malformed);
        assertEquals(List.of(), portal.asked());
        assertEquals(List.of(), portal.audited());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pl.main.ctl.portal.1.1",
                "pl.main.ctl.portal.1.0",
                "pl.main.ctl.portal.1.x"
            })
    void orderOfNoOtherPortalIsCountedAndNotAnswered(String subject) {
        assertEquals(List.of(), replies(subject, order("kick", "7")));
        assertEquals(List.of("bus_subject"), malformed);
        assertEquals(List.of(), portal.asked());
    }

    private static byte[] order(String command, String... arguments) {
        return Order.of(new Operator("user rowan"), command, List.of(arguments)).toBytes();
    }

    private PortalAnswer answer(String command, String... arguments) throws MalformedException {
        List<byte[]> replies = replies(FROM_9, order(command, arguments));
        assertEquals(2, replies.size());
        Parts parts = new Parts(1);
        assertNull(parts.add(replies.getFirst()), "it has the order");
        byte[] whole = parts.add(replies.getLast());
        assertNotNull(whole);
        return PortalAnswer.read(1, whole);
    }

    private List<byte[]> replies(String subject, byte[] order) {
        List<byte[]> replies = new ArrayList<>();
        orders.answer(subject, order, replies::add);
        return replies;
    }
}
