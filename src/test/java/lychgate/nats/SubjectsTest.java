package lychgate.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
    private final Subjects subjects = new Subjects("main");

    @Test
    void eachHasItsPlaceUnderTheRealm() {
        assertEquals("pl.main.to-game.tavern.7", subjects.toGame("tavern", 7));
        assertEquals("pl.main.to-game.tavern.*", subjects.toGame("tavern"));
        assertEquals("pl.main.to-portal.7.tavern", subjects.toPortal(7, "tavern"));
        assertEquals("pl.main.to-portal.7.*", subjects.toPortal(7));
        assertEquals("pl.main.hb.portal.7", subjects.portalHeartbeat(7));
        assertEquals("pl.main.hb.portal.*", subjects.portalHeartbeats());
        assertEquals("pl.main.hb.game.tavern", subjects.gameHeartbeat("tavern"));
        assertEquals("pl.main.hb.game.*", subjects.gameHeartbeats());
        assertEquals("pl.main.ping.portal.7", subjects.portalPing(7));
        assertEquals("pl.main.ping.game.tavern", subjects.gamePing("tavern"));
        assertEquals("pl.main.claim.portal.7", subjects.portalClaim(7));
        assertEquals("pl.main.claim.game.tavern", subjects.gameClaim("tavern"));
        assertEquals("pl.main.ctl.portal.7.2", subjects.orders(7, 2));
        assertEquals("pl.main.ctl.portal.7.*", subjects.orders(7));
        assertEquals("pl.main.inbox.7", subjects.inbox(7));
        assertEquals("pl.other.inbox.7", new Subjects("other").inbox(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pl.main.inbox.7.1k2j3h4.3w5e11264sgsf",
                "pl.main.inbox.4095.x",
                "pl.main.inbox.1.a.b.c.d"
            })
    void answersGoBelowAnInboxOfTheRealm(String subject) {
        assertTrue(subjects.isInbox(subject));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pl.main.to-portal.1.main",
                "pl.main.hb.game.main",
                "pl.main.ctl.portal.1.2",
                "pl.other.inbox.7.a.b",
                "pl.main.inbox",
                "pl.main.inbox.7",
                "pl.main.inbox.7.",
                "pl.main.inbox.x.a",
                "pl.main.inbox.0.a",
                "pl.main.inbox.7.>",
                "pl.main.inbox.7.a.*",
                "pl.main.inbox.7.a..b",
                "pl.main.inbox.7.a.b.c.d.e",
                "pl.main.inboxes.7.a",
                "x.pl.main.inbox.7.a",
                "_INBOX.a.b",
                "$SYS.REQ.SERVER.PING",
                ""
            })
    void answersGoNowhereElse(String subject) {
        assertFalse(subjects.isInbox(subject));
    }

    @Test
    void inboxIsNotLongerThanAnybodyNeeds() {
        assertTrue(subjects.isInbox(subjects.inbox(7) + "." + "a".repeat(64)));
        assertFalse(subjects.isInbox(subjects.inbox(7) + "." + "a".repeat(65)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "a", "0", "Elm-Street_2"})
    void nameHasLettersDigitsAndTwoSigns(String name) {
        assertTrue(Subjects.isName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "*", ">", "a\n", "ä", "$SYS", "a/b"})
    void nameIsOneTokenWithoutWildcards(String name) {
        assertFalse(Subjects.isName(name));
        assertThrows(IllegalArgumentException.class, () -> new Subjects(name));
        assertThrows(IllegalArgumentException.class, () -> subjects.toGame(name, 1));
    }

    @Test
    void nameIsNotLongerThanAnybodyNeeds() {
        assertTrue(Subjects.isName("a".repeat(64)));
        assertFalse(Subjects.isName("a".repeat(65)));
    }

    @ParameterizedTest
    @CsvSource({
        "pl.main.to-game.main.1, 1",
        "pl.main.hb.portal.4095, 4095",
        "pl.main.hb.portal.4096, 0",
        "pl.main.hb.portal.0, 0",
        "pl.main.hb.portal.01, 0",
        "pl.main.hb.portal.-1, 0",
        "pl.main.hb.portal.12345, 0",
        "pl.main.hb.portal.x, 0",
        "7, 7"
    })
    void portalIsTheLastToken(String subject, int portal) {
        assertEquals(portal, Subjects.portal(subject));
    }

    @Test
    void shardIsTheLastToken() {
        assertEquals("tavern", Subjects.last(subjects.toPortal(7, "tavern")));
    }
}
