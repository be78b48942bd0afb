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
                    "telnet",
                    "192.0.2.1",
                    "suid",
                    5,
                    42L,
                    "browser",
                    "anna",
                    true,
                    43L,
                    THEN,
                    THEN,
                    THEN,
                    7,
                    ClientFacts.NONE.with(Fact.WIDTH, 100, "NAWS"),
                    Map.of("room", 3),
                    "cmdset",
                    Map.of("more", "kept"));

    @Test
    void sessionThatHasJustBeenOpenedHasNoAccountAndNoInput() {
        SessionSync opened = SessionSync.opened(5, "ssh", "192.0.2.1", ClientFacts.NONE, THEN);
        assertFalse(opened.loggedIn());
        assertNull(opened.uid());
        assertNull(opened.uname());
        assertEquals(0, opened.cmdTotal());
        assertEquals(List.of(THEN, THEN, THEN), times(opened));
        assertEquals(Map.of(), opened.serverData());
    }

    @Test
    void loginChangesTheAccountAndNothingElse() throws Exception {
        SessionSync opened =
                SessionSync.opened(5, "ssh", "192.0.2.1", ClientFacts.NONE, THEN)
                        .withServerData(Map.of("room", 3));
        SessionSync after = opened.withLogin(44, "ben");
        assertEquals(List.of("uid", "uname", "loggedIn"), differences(opened, after));
        assertEquals(44L, after.uid());
        assertEquals("ben", after.uname());
    }

    @Test
    void factsChangeNothingElse() throws Exception {
        assertEquals(List.of("protocolFlags"), differences(FULL, FULL.withFacts(ClientFacts.NONE)));
    }

    @Test
    void dataOfTheGameChangesNothingElse() throws Exception {
        SessionSync after = FULL.withServerData(Map.of("room", 4));
        assertEquals(List.of("serverData"), differences(FULL, after));
        assertEquals(Map.of("room", 4L), after.serverData());
    }

    @Test
    void inputChangesItsCountAndItsTimes() throws Exception {
        SessionSync after = FULL.withInput(8, LATER);
        assertEquals(List.of("cmdLast", "cmdLastVisible", "cmdTotal"), differences(FULL, after));
        assertEquals(List.of(THEN, LATER, LATER), times(after));
    }

    @Test
    void whatIsChangedAfterwardsDoesNotChangeIt() {
        Map<String, @Nullable Object> data = new HashMap<>(Map.of("k", "v"));
        Map<String, @Nullable Object> others = new HashMap<>(Map.of("k", "v"));
        SessionSync sync =
                new SessionSync(
                        "telnet",
                        "192.0.2.1",
                        null,
                        5,
                        null,
                        null,
                        null,
                        false,
                        null,
                        THEN,
                        THEN,
                        THEN,
                        0,
                        ClientFacts.NONE,
                        data,
                        null,
                        others);
        data.clear();
        others.clear();
        assertEquals(Map.of("k", "v"), sync.serverData());
        assertEquals(Map.of("k", "v"), sync.others());
        assertThrows(UnsupportedOperationException.class, () -> sync.others().clear());
    }

    private static List<Instant> times(SessionSync sync) {
        return List.of(sync.connTime(), sync.cmdLast(), sync.cmdLastVisible());
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
