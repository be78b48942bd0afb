package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class SessionChangeTest {
    private static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");
    private static final SessionSync OPENED =
            SessionSync.opened(5, "ssh", "192.0.2.1", ClientFacts.NONE, THEN)
                    .withClaim(new Claim("anna", true))
                    .with(ClientFacts.NONE.with(Fact.WIDTH, 80, "NAWS").with(Fact.RAW, true, "x"));

    private static final SessionSync CHANGED =
            new SessionSync(
                    5,
                    new Origin("ssh", "192.0.2.1", "key", new Claim("anna", true)),
                    ClientFacts.NONE.with(Fact.WIDTH, 90, "game").with(Fact.MXP, true, "game"),
                    new Login(true, 42L, "anna", 43L),
                    new Activity(THEN, THEN.plusSeconds(1), THEN, 7),
                    new GameData(Map.of("room", 3), Map.of("more", "kept")));

    @Test
    void differenceOfTwoStatesMakesTheOneTheOther() {
        assertEquals(CHANGED, OPENED.with(SessionChange.between(OPENED, CHANGED)));
        assertEquals(OPENED, CHANGED.with(SessionChange.between(CHANGED, OPENED)));
    }

    @Test
    void statesThatAreAlikeDoNotDiffer() {
        assertEquals(List.of(), SessionChange.between(CHANGED, CHANGED));
    }

    @Test
    void eachPartThatChangesIsSaidByItself() {
        List<SessionChange> parts = SessionChange.between(OPENED, CHANGED);
        for (SessionChange part : parts) {
            assertEquals(
                    List.of(part),
                    SessionChange.between(OPENED, OPENED.with(List.of(part))),
                    part::toString);
        }
        assertEquals(
                SessionChange.class.getPermittedSubclasses().length, parts.size(), parts::toString);
    }

    @Test
    void changeOfOneFactLeavesTheOthers() {
        ClientFacts news = ClientFacts.NONE.with(Fact.RAW, false, "game");
        SessionSync after = OPENED.with(List.of(new SessionChange.FactsLearned(news)));
        assertEquals("[width: 80 (NAWS), raw: false (game)]", after.facts().toString());
    }
}
