package lychgate.admin.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.admin.AdminClient.Form;
import lychgate.admin.Answer;
import lychgate.admin.Answer.Outcome;
import lychgate.session.Meters;
import lychgate.session.SessionNumber;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

class TogetherTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
    private static final long AT_1 = SessionNumber.first(1, START) + 1;
    private static final long AT_2 = SessionNumber.first(2, START) + 1;
    private static final long AT_9 = SessionNumber.first(9, START) + 1;

    private static final String STATUS =
            """
            {"version":"1.2.3","started":"2026-11-28T12:00:00Z","uptime_seconds":3725,"sessions":2,\
            "link":"up","away_seconds":0,"held_commands":0,"held_bytes":0,"refused_input":0,\
            "services":{"telnet":4000,"admin":4010}}\
            """;

    private final List<String> malformed = new ArrayList<>();
    private final Meters meters =
            new Meters() {
                @Override
                public void malformed(String kind) {
                    malformed.add(kind);
                }
            };

    @Test
    void eachSessionStandsOnceWithThePortalThatHasTheConnection() {
        Answer answer =
                together(
                                done(1, row(AT_1, "at the edge")),
                                done(2, row(AT_2, "")),
                                done(9, row(AT_1, "relayed"), row(AT_2, ""), row(AT_9, "own")))
                        .answer("sessions", List.of(), Form.BOTH);
        assertEquals(
                """
                portal id                account                  transport  address                                 client                   idle   unsent
                1      %-17d at the edge              telnet     192.0.2.7                               TinTin++             away 40s      512
                2      %-17d -                        telnet     192.0.2.7                               TinTin++             away 40s      512
                9      %-17d own                      telnet     192.0.2.7                               TinTin++             away 40s      512
                """
                        .formatted(AT_1, AT_2, AT_9),
                answer.text());
        assertEquals(
                """
                [{"portal":1,"id":%d,"account":"at the edge",%s},\
                {"portal":2,"id":%d,"account":null,%s},\
                {"portal":9,"id":%d,"account":"own",%s}]\
                """
                        .formatted(AT_1, REST, AT_2, REST, AT_9, REST),
                answer.jsonText());
        assertEquals("", answer.missing());
    }

    @Test
    void sessionOfASilentPortalIsListedByThoseThatServeIt() {
        Answer answer =
                together(
                                silent(1),
                                done(2),
                                done(9, row(AT_1, "rowan"), row(AT_2, "gone at its portal")),
                                done(10, row(AT_1, "rowan")))
                        .answer("sessions", List.of(), Form.BOTH);
        assertEquals(
                "[{\"portal\":1,\"id\":%d,\"account\":\"rowan\",%s}]".formatted(AT_1, REST),
                answer.jsonText());
        assertEquals("Portal 1 did not answer within 2 s.", answer.missing());
        assertTrue(answer.ok());
    }

    @Test
    void whatASessionIsCalledCannotChangeTheTerminal() {
        Answer answer =
                together(done(1, row(AT_1, "\\u001b[31mred\\n")))
                        .answer("sessions", List.of(), Form.BOTH);
        assertTrue(answer.text().contains(" \\x1b[31mred\\x0a "), answer.text());
    }

    @Test
    void answerWithARowThatCannotBeReadIsDroppedAndCounted() {
        Answer answer =
                together(done(1, row(AT_1, "")), done(2, "{\"id\":\"x\"}"), done(3, "[", "{}"))
                        .answer("sessions", List.of(), Form.BOTH);
        assertEquals(List.of("portal_answer", "portal_answer"), malformed);
        assertEquals("Portals 2 and 3 did not answer within 2 s.", answer.missing());
        assertEquals(2, answer.text().lines().count());
    }

    @Test
    void statusHasARowOfEachPortal() {
        String draining =
                STATUS.replace("\"up\",\"away_seconds\":0", "\"away\",\"away_seconds\":61")
                        .replace(
                                "\"services\":{\"telnet\":4000,\"admin\":4010}",
                                "\"draining\":{\"seconds\":7,\"seconds_left\":null},\"services\":{}");
        Answer answer =
                together(done(1, STATUS), done(4095, draining), silent(3), silent(5), silent(7))
                        .answer("status", List.of(), Form.BOTH);
        assertEquals(
                """
                portal version          up       sessions  link                 services
                1      1.2.3            1h2m            2  up                   telnet:4000 admin:4010
                4095   1.2.3            1h2m            2  away 1m1s, draining
                """,
                answer.text());
        assertEquals(
                "[{\"portal\":1,"
                        + STATUS.substring(1)
                        + ",{\"portal\":4095,"
                        + draining.substring(1)
                        + "]",
                answer.jsonText());
        assertEquals("Portals 3, 5 and 7 did not answer within 2 s.", answer.missing());
    }

    @Test
    void bansAreListedWithTheirPortals() {
        Answer answer =
                together(
                                done(
                                        1,
                                        """
                                        {"network":"192.0.2.0/24","until":"2026-12-05T10:00:00Z","reason":"spam"}\
                                        """),
                                done(
                                        9,
                                        """
                                        {"network":"2001:db8::/32","until":null,"reason":null}\
                                        """))
                        .answer("bans", List.of(), Form.BOTH);
        assertEquals(
                """
                1      192.0.2.0/24 until 2026-12-05T10:00:00Z # spam
                9      2001:db8::/32
                """,
                answer.text());
        assertEquals(
                """
                [{"portal":1,"network":"192.0.2.0/24","until":"2026-12-05T10:00:00Z","reason":"spam"},\
                {"portal":9,"network":"2001:db8::/32","until":null,"reason":null}]\
                """,
                answer.jsonText());
    }

    @Test
    void oneThatHasTheSessionIsEnoughToKickIt() {
        Answer answer =
                together(absent(1), done(2, "{}"), absent(3))
                        .answer("kick", List.of("7", ""), Form.BOTH);
        assertEquals("{\"portals\":[2]}", answer.jsonText());
        assertEquals("", answer.text());
        assertTrue(answer.ok());
        assertEquals("", answer.missing());
    }

    @Test
    void sessionThatNoPortalKnowsIsOneSentence() {
        Answer answer = together(absent(1), absent(2)).answer("kick", List.of("7", ""), Form.BOTH);
        assertFalse(answer.ok());
        assertEquals(
                "No portal has a session 7: lychgate sessions --all lists them.", answer.text());
        assertEquals(
                "No portal that answered has a session 7: lychgate sessions --all lists them."
                        + " Portal 3 did not answer within 2 s.",
                together(absent(1), silent(3)).answer("kick", List.of("7", ""), Form.BOTH).text());
    }

    @Test
    void banThatNoPortalHasIsOneSentence() {
        assertEquals(
                "No portal has banned 192.0.2.7: lychgate bans --all lists what is.",
                together(absent(1), absent(2))
                        .answer("unban", List.of("192.0.2.7"), Form.BOTH)
                        .text());
    }

    @Test
    void mistakeIsNamedOnce() {
        Answer answer =
                together(refused(1, "x is no address."), refused(2, "x is no address."))
                        .answer("ban", List.of("x"), Form.BOTH);
        assertFalse(answer.ok());
        assertEquals("x is no address.", answer.text());
    }

    @Test
    void portalThatCouldNotDoItIsNamed() {
        Answer answer =
                together(done(1, "{}"), refused(2, "The disk is full."), silent(3))
                        .answer("ban", List.of("192.0.2.7"), Form.BOTH);
        assertTrue(answer.ok());
        assertEquals("{\"portals\":[1]}", answer.jsonText());
        assertEquals(
                "Portal 2: The disk is full. Portal 3 did not answer within 2 s.",
                answer.missing());
    }

    @Test
    void whoHasBegunAndNotEndedIsNamed() {
        Answer answer =
                new Together(
                                List.of(done(1, row(AT_1, ""))),
                                new TreeSet<>(List.of(2)),
                                new TreeSet<>(List.of(3, 9)),
                                meters)
                        .answer("sessions", List.of(), Form.BOTH);
        assertEquals(
                "Portal 2 did not answer within 2 s. Portals 3 and 9 took the command, and did not"
                        + " finish within 10 s.",
                answer.missing());
    }

    @Test
    void onlyTheFormThatIsWantedIsMade() {
        Together all = together(done(1, row(AT_1, "")));
        assertEquals("", all.answer("sessions", List.of(), Form.JSON).text());
        assertEquals("[]", all.answer("sessions", List.of(), Form.TEXT).jsonText());
    }

    private static final String REST =
            """
            "transport":"telnet","address":"192.0.2.7","client":"TinTin++","idle_seconds":61,\
            "away_seconds":40,"unsent":512\
            """;

    private static String row(long id, String account) {
        return "{\"id\":%d,\"account\":%s,%s}"
                .formatted(id, account.isEmpty() ? "null" : "\"" + account + "\"", REST);
    }

    private static PortalAnswer done(int portal, String... rows) {
        return new PortalAnswer(portal, Outcome.DONE, "", List.of(rows));
    }

    private static PortalAnswer absent(int portal) {
        return new PortalAnswer(portal, Outcome.ABSENT, "There is none.", List.of());
    }

    private static PortalAnswer refused(int portal, String why) {
        return new PortalAnswer(portal, Outcome.REFUSED, why, List.of());
    }

    /** One that is put in the list instead of its answer. */
    private static PortalAnswer silent(int portal) {
        return new PortalAnswer(portal, Outcome.REFUSED, SILENT, List.of());
    }

    private static final String SILENT = "silent";

    private Together together(PortalAnswer... all) {
        SortedSet<Integer> silent = new TreeSet<>();
        List<PortalAnswer> answers = new ArrayList<>();
        for (PortalAnswer answer : all) {
            if (answer.text().equals(SILENT)) {
                silent.add(answer.portal());
            } else {
                answers.add(answer);
            }
        }
        return new Together(answers, silent, new TreeSet<>(), meters);
    }
}
