package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class SessionSyncTest {
    private static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-01T12:05:00Z");

    /** With something in each of its places. */
    private static final SessionSync FULL =
            new SessionSync(
                    5,
                    new Origin("telnet", "192.0.2.1", "browser", new Claim("anna", true)),
                    ClientFacts.NONE.with(Fact.WIDTH, 100, "NAWS"),
                    new Login(true, 42L, "anna", 43L),
                    new Activity(THEN, THEN, THEN, 7),
                    new GameData(Map.of("room", 3), Map.of("more", "kept")));

    @Test
    void sessionThatHasJustBeenOpenedHasNoAccountAndNoInput() {
        SessionSync opened = SessionSync.opened(5, "ssh", "192.0.2.1", ClientFacts.NONE, THEN);
        assertFalse(opened.loggedIn());
        assertNull(opened.login().uid());
        assertNull(opened.login().uname());
        assertEquals(0, opened.activity().cmdTotal());
        assertEquals(List.of(THEN, THEN, THEN), times(opened));
        assertEquals(Map.of(), opened.data().serverData());
    }

    @Test
    void loginChangesTheAccountAndNothingElse() throws Exception {
        SessionSync opened =
                SessionSync.opened(5, "ssh", "192.0.2.1", ClientFacts.NONE, THEN)
                        .withServerData(Map.of("room", 3));
        SessionSync after = opened.withLogin(44, "ben");
        assertEquals(List.of("login"), differences(opened, after));
        assertEquals(44L, after.login().uid());
        assertEquals("ben", after.login().uname());
    }

    @Test
    void loginLeavesWhatTheAccountPlays() {
        assertEquals(new Login(true, 44L, "ben", 43L), FULL.withLogin(44, "ben").login());
    }

    @Test
    void claimChangesNothingElseOfTheOrigin() throws Exception {
        SessionSync after = FULL.withClaim(new Claim("ben", false));
        assertEquals(List.of("origin"), differences(FULL, after));
        assertEquals(
                new Origin("telnet", "192.0.2.1", "browser", new Claim("ben", false)),
                after.origin());
    }

    @Test
    void factsChangeNothingElse() throws Exception {
        assertEquals(List.of("facts"), differences(FULL, FULL.with(ClientFacts.NONE)));
    }

    @Test
    void dataOfTheGameChangesNothingElse() throws Exception {
        SessionSync after = FULL.withServerData(Map.of("room", 4));
        assertEquals(List.of("data"), differences(FULL, after));
        assertEquals(FULL.data().others(), after.data().others());
        assertEquals(Map.of("room", 4L), after.data().serverData());
    }

    @Test
    void inputChangesItsCountAndItsTimes() throws Exception {
        SessionSync after = FULL.withInput(8, LATER);
        assertEquals(List.of("activity"), differences(FULL, after));
        assertEquals(8, after.activity().cmdTotal());
        assertEquals(List.of(THEN, LATER, LATER), times(after));
    }

    @Test
    void whatIsChangedAfterwardsDoesNotChangeIt() {
        Map<String, @Nullable Object> data = new HashMap<>(Map.of("k", "v"));
        Map<String, @Nullable Object> others = new HashMap<>(Map.of("k", "v"));
        GameData both = new GameData(data, others);
        data.clear();
        others.clear();
        assertEquals(Map.of("k", "v"), both.serverData());
        assertEquals(Map.of("k", "v"), both.others());
        assertThrows(UnsupportedOperationException.class, () -> both.others().clear());
    }

    private static List<Instant> times(SessionSync sync) {
        Activity activity = sync.activity();
        return List.of(activity.connTime(), activity.cmdLast(), activity.cmdLastVisible());
    }

    private static List<String> differences(SessionSync one, SessionSync other) throws Exception {
        List<String> names = new ArrayList<>();
        for (RecordComponent part : SessionSync.class.getRecordComponents()) {
            Object[] both = {part.getAccessor().invoke(one), part.getAccessor().invoke(other)};
            if (Arrays.stream(both).distinct().count() > 1) {
                names.add(part.getName());
            }
        }
        return names;
    }
}
