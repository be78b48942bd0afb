package lychgate.link.amp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.link.amp.LinkedSession.Welcome;
import lychgate.session.Browser;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Login;
import lychgate.session.SessionSync;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class LinkedSessionTest {
    private static final boolean SAME = true;
    private static final boolean ANOTHER = false;
    private static final boolean ORDERED = true;
    private static final boolean DIED = false;

    private final LinkedSession session =
            new LinkedSession(
                    SessionSync.opened(
                            1, "telnet", "192.0.2.1", ClientFacts.NONE, ListeningLink.NOW));

    @Test
    void whatAGameHasNotAnsweredOrNotGreetedIsNewToTheNext() {
        assertEquals(Welcome.NEWCOMER, session.welcome(ANOTHER, ORDERED));
        session.announce();
        session.greet();
        session.lost();
        assertEquals(Welcome.NEWCOMER, session.welcome(SAME, DIED));
        session.announce();
        session.known();
        session.lost();
        assertEquals(Welcome.STAYS, session.welcome(SAME, DIED));
    }

    @Test
    void whatAGameKnewIsGivenBackAfterARestart() {
        isKnown();
        session.lost();
        assertEquals(Welcome.RESTORED, session.welcome(ANOTHER, ORDERED));
    }

    @Test
    void accountIsLoggedInAnewAfterACrash() {
        isKnown();
        session.merge(Map.of("logged_in", true, "uid", 3L, "puid", 5L));
        session.lost();
        assertEquals(Welcome.LOGGED_IN_AGAIN, session.welcome(ANOTHER, DIED));
        assertNull(session.announce().login().puid());
        session.lost();
        assertEquals(Welcome.NEWCOMER, session.welcome(ANOTHER, DIED)); // it has not answered
    }

    @Test
    void browserThatIsLoggedInOnTheWebsiteIsAnnouncedSoUntilTheGameHasSaidSomething() {
        LinkedSession browser =
                new LinkedSession(
                        SessionSync.opened(
                                        1,
                                        "websocket",
                                        "192.0.2.1",
                                        ClientFacts.NONE,
                                        ListeningLink.NOW)
                                .withBrowser(new Browser("key", 7L, 0)));
        Login announced = browser.announce().login();
        assertTrue(announced.loggedIn());
        assertEquals(7L, announced.uid());
        assertFalse(browser.sync().loggedIn()); // until the game says so
        browser.greet(); // by its login screen: the account is gone
        browser.lost();
        assertFalse(browser.announce().login().loggedIn());
    }

    @Test
    void whoHasGoneBeforeAGameHeardOfThemIsForgotten() {
        assertTrue(session.end());
        assertTrue(session.isOver());
        assertEquals(Welcome.GONE, session.welcome(ANOTHER, DIED));
    }

    @Test
    void whoHasGoneIsToldToTheGameThatKnewThem() {
        isKnown();
        session.lost();
        assertFalse(session.end());
        assertEquals(Welcome.STAYS, session.welcome(SAME, DIED));
        session.isThere();
        assertTrue(session.leaves());
        assertFalse(session.leaves());
        session.lost();
        assertTrue(session.leaves()); // it may not have heard
    }

    @Test
    void anotherGameHearsOfWhoHasGoneOnlyForWhatTheyHadTyped() {
        isKnown();
        session.lost();
        session.end();
        assertEquals(Welcome.GONE, session.welcome(ANOTHER, ORDERED));
        session.type(List.of(CommandTuple.text("drop sword")), ListeningLink.NOW);
        assertEquals(Welcome.RESTORED, session.welcome(ANOTHER, ORDERED));
    }

    @Test
    void newsIsToldOnceTheClientHasSettledAndOneAtATime() {
        isKnown();
        session.learn(width(100));
        assertNull(session.news());
        session.settle();
        assertNotNull(session.news());
        assertNull(session.news());
        session.learn(width(110));
        session.learn(width(120));
        assertNull(session.news());
        session.noted();
        SessionSync news = session.news();
        assertNotNull(news);
        assertEquals(120, news.facts().get(Fact.WIDTH));
        session.noted();
        assertNull(session.news());
    }

    @Test
    void newsThatWasUnderWayWhenTheLinkWasLostIsDueAgain() {
        isKnown();
        session.settle();
        session.learn(width(100));
        session.news();
        session.lost();
        assertNull(session.news());
        session.isThere();
        assertNotNull(session.news());
    }

    @Test
    void announcementHasAllNews() {
        session.settle();
        session.learn(width(100));
        session.announce();
        assertNull(session.news());
    }

    @Test
    void flagThatTheGameRepeatsIsNoChange() {
        isKnown();
        session.learn(width(100));
        Map<String, ?> flags = Map.of("SCREENWIDTH", Map.of(0L, 78L), "NOGOAHEAD", false);
        SessionSync now = session.merge(Map.of("protocol_flags", flags)).now();
        assertEquals(100, now.facts().get(Fact.WIDTH));
        assertEquals(false, now.facts().get(Fact.NOGOAHEAD));
    }

    private void isKnown() {
        session.announce();
        session.known();
        session.greet();
    }

    private static ClientFacts width(int columns) {
        return ClientFacts.NONE.with(Fact.WIDTH, columns, "NAWS");
    }
}
