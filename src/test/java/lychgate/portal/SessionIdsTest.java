package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.SmallDisk;
import lychgate.session.SessionNumber;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

class SessionIdsTest {
    private final AtomicLong now = new AtomicLong();
    private final Path file;

    SessionIdsTest(@TempDir Path folder) {
        file = folder.resolve("sessions");
    }

    @Test
    void numbersGoOnWhereTheLastPortalStopped() throws IOException {
        SessionIds ids = opened();
        assertEquals(1, ids.next());
        assertEquals(2, ids.next());
        ids.ended(1);
        ids.ended(2);
        ids.close();
        SessionIds next = opened();
        assertEquals(List.of(), next.ids());
        assertEquals(3, next.next());
        next.close();
    }

    @Test
    void sessionsOfAPortalThatDiedAreKnownUntilTheGameHasForgottenThem() throws IOException {
        SessionIds died = opened();
        for (int i = 0; i < 5; i++) {
            died.next();
        }
        died.ended(2);
        died.ended(4); // it dies here, and closes nothing
        SessionIds next = opened();
        assertEquals(List.of(1L, 3L, 5L), next.ids());
        assertEquals(6, next.next());
        SessionIds afterThat = opened();
        assertTrue(afterThat.ids().containsAll(List.of(1L, 3L, 5L, 6L)));
        afterThat.forget();
        assertEquals(List.of(), opened().ids());
    }

    @Test
    void numbersOfAPortalAmongOthersBeginWhereTheyAreToldAndNeverFallBack() throws IOException {
        long first = SessionNumber.first(3, Instant.parse("2026-11-21T12:00:00Z"));
        opened().next(); // alone, before
        SessionIds ids = new SessionIds(file, first, now::get);
        ids.open();
        assertEquals(first + 1, ids.next());
        assertEquals(first + 2, ids.next());
        ids.close();
        SessionIds later =
                new SessionIds(file, first - 1_000_000, now::get); // the clock was put back
        later.open();
        assertEquals(first + 3, later.next());
        later.close();
        long other = SessionNumber.first(2, Instant.parse("2026-11-21T13:00:00Z"));
        SessionIds asAnother = new SessionIds(file, other, now::get);
        asAnother.open();
        assertEquals(other + 1, asAnother.next());
        asAnother.close();
        assertEquals(first + 4, opened().next()); // alone again, after all that there were
    }

    @Test
    void sessionsOfOtherPortalsAreAwaitedUntilNobodyCanHaveThem() throws IOException {
        long first = SessionNumber.first(9, Instant.parse("2026-11-21T12:00:00Z"));
        long others = SessionNumber.first(3, Instant.parse("2026-11-21T13:00:00Z"));
        SessionIds died = opened(first);
        long own = died.next();
        for (int i = 1; i <= 4; i++) {
            died.relayed(others + i);
        }
        died.ended(others + 2); // it dies here, and closes nothing
        SessionIds next = opened(first);
        assertEquals(List.of(own), next.ids());
        assertEquals(own + 1, next.next(), "a number of its own");
        assertEquals(Set.of(others + 1, others + 3, others + 4), Set.copyOf(next.awaited()));
        next.relayed(others + 3);
        assertEquals(Set.of(others + 1, others + 4), Set.copyOf(next.awaited()));
        now.addAndGet(SessionIds.RETURN_NANOS - 1);
        assertEquals(List.of(own), next.ids());
        now.addAndGet(1);
        assertEquals(List.of(own, others + 1, others + 4), next.ids());
        assertEquals(List.of(), next.awaited());
        next.relayed(others + 4); // late, while the game is being told
        next.gone(List.of(own, others + 1, others + 4));
        assertEquals(List.of(), next.ids());
        SessionIds afterThat = opened(first);
        now.addAndGet(SessionIds.RETURN_NANOS);
        assertEquals(Set.of(own + 1, others + 3, others + 4), Set.copyOf(afterThat.ids()));
    }

    @Test
    void sessionsOfOtherPortalsAreGoneForAPortalThatIsAlone() throws IOException {
        long others = SessionNumber.first(3, Instant.parse("2026-11-21T13:00:00Z"));
        opened(SessionNumber.first(9, Instant.parse("2026-11-21T12:00:00Z"))).relayed(others + 1);
        assertEquals(List.of(others + 1), opened().ids());
    }

    @Test
    void fileGrowsNoLargerThanThereWereSessionsAtATime() throws IOException {
        SessionIds ids = opened();
        for (int i = 0; i < 1_000; i++) {
            long first = ids.next();
            long second = ids.next();
            ids.ended(first);
            ids.ended(second);
        }
        ids.close();
        assertEquals(3 * Long.BYTES, Files.size(file));
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWhenThereIsRoomAgain() throws IOException {
        try (SmallDisk disk = SmallDisk.on(file.resolveSibling("disk"))) {
            Path full = disk.folder().resolve("sessions");
            SessionIds ids = new SessionIds(full);
            ids.open();
            disk.fill();
            for (int i = 0; i < 1_000; i++) { // more than fit into the pages that are there
                ids.next();
            }
            disk.empty();
            ids.ended(2);
            SessionIds next = new SessionIds(full);
            next.open();
            assertEquals(999, next.ids().size());
            assertEquals(1_001, next.next());
            next.close();
            ids.close();
        }
    }

    private SessionIds opened(long first) throws IOException {
        SessionIds ids = new SessionIds(file, first, now::get);
        ids.open();
        return ids;
    }

    private SessionIds opened() throws IOException {
        SessionIds ids = new SessionIds(file);
        ids.open();
        return ids;
    }
}
