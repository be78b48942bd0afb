package lychgate.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One seeded run of a portal, a game and a bus between them that loses, doubles, delays, reorders
 * and is cut, while either end is killed and started again. Players type numbered lines; the game
 * does them, and answers when it likes. Checked at each step: nothing is lost, out of order, or
 * done twice but what a dead game had not answered.
 */
final class Schedule {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long GRACE = 14 * SECOND;
    private static final long TICK = 50 * MILLI;
    private static final int SESSIONS = 3;

    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final double lossOfBus;
    private final double doubling;
    private final long delay;
    private final long roughUntil;
    private long now = 10 * SECOND;
    private long counter;
    private long cutUntil;
    private long incarnations = 1_000;
    private @Nullable Portal portal;
    private @Nullable Game game;
    private long portalStarts;
    private long gameStarts;

    /** What was seen, so that a test can tell that its schedules are rough enough. */
    int lost;

    int done;
    int doneAgain;
    int expired;
    int gamesKilled;
    int portalsKilled;
    long resent;

    private record Event(long at, long number, Runnable action) {}

    Schedule(long seed) {
        random = new Random(seed);
        lossOfBus = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.3;
        doubling = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.2;
        delay = random.nextInt(2) == 0 ? MILLI : 60 * MILLI;
        roughUntil = now + 3 * SECOND + random.nextInt(5) * SECOND;
    }

    void run() throws MalformedException {
        startGame();
        startPortal();
        after(SECOND, this::misfortune);
        while (now < roughUntil + 90 * SECOND) {
            Event next = events.poll();
            if (next == null) {
                break;
            }
            now = next.at;
            next.action.run();
            if (now > roughUntil && portal != null && portal.isDone()) {
                break;
            }
        }
        assertTrue(portal != null && portal.isDone(), "not all lines were answered in the end");
    }

    private void misfortune() {
        if (now > roughUntil) {
            if (portal == null) {
                startPortal();
            }
            if (game == null) {
                startGame();
            }
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> {
                if (game != null) {
                    game = null;
                    gamesKilled++;
                    after(random.nextInt(3000) * MILLI, this::startGame);
                }
            }
            case 1 -> {
                if (portal != null && random.nextInt(3) == 0) {
                    portal = null;
                    portalsKilled++;
                    after(random.nextInt(3000) * MILLI, this::startPortal);
                }
            }
            case 2 -> cutUntil = now + random.nextInt(6000) * MILLI;
            case 3 -> cutUntil = now + (random.nextInt(8) == 0 ? 2 * GRACE : SECOND);
            default -> {}
        }
        after(random.nextInt(1500) * MILLI, this::misfortune);
    }

    private void startGame() {
        if (game == null) {
            Game started = new Game(++gameStarts);
            game = started;
            started.tick();
        }
    }

    private void startPortal() {
        if (portal == null) {
            Portal started = new Portal(++portalStarts);
            portal = started;
            started.tick();
        }
    }

    private void after(long nanos, Runnable action) {
        events.add(new Event(now + nanos, counter++, action));
    }

    /** The bus: who is there when a frame arrives gets it. */
    private void carry(byte[] frame, boolean toGame) {
        boolean rough = now < roughUntil;
        if (now < cutUntil || (rough && random.nextDouble() < lossOfBus)) {
            lost++;
            return;
        }
        int copies = rough && random.nextDouble() < doubling ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long way = rough ? (long) (random.nextDouble() * delay) : MILLI;
            after(
                    way,
                    () -> {
                        if (toGame && game != null) {
                            game.receive(frame);
                        } else if (!toGame && portal != null) {
                            portal.receive(frame);
                        }
                    });
        }
    }

    private static byte[] message(String kind, long a, long b) {
        return (kind + " " + a + " " + b).getBytes(StandardCharsets.UTF_8);
    }

    private static List<StreamEvent> received(StreamEnd end, byte[] frame, long now) {
        List<StreamEvent> brought = new ArrayList<>();
        try {
            end.receive(frame, now, brought::add);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
        return brought;
    }

    private static byte[] greeting(long boot) {
        return new Greeting(boot, "here", boot).toBytes();
    }

    /** The end with the players: keeps each line until it is answered. */
    private final class Portal {
        private static final int LINES = 12;

        final long boot;
        final StreamEnd end;
        final List<Deque<Long>> held = new ArrayList<>();
        final long[] typed = new long[SESSIONS];
        final long[] answered = new long[SESSIONS];
        final long[] shown = new long[SESSIONS];
        long life; // of its sessions at the game: they can expire
        long gameBoot;
        boolean ready;

        Portal(long boot) {
            this.boot = boot;
            end =
                    new StreamEnd(
                            true,
                            ++incarnations,
                            Versions.OURS,
                            () -> greeting(boot),
                            StreamTimes.USUAL,
                            frame -> carry(frame, true));
            for (int i = 0; i < SESSIONS; i++) {
                held.add(new ArrayDeque<>());
                type(i);
            }
        }

        boolean isDone() {
            for (int i = 0; i < SESSIONS; i++) {
                if (typed[i] < LINES || !held.get(i).isEmpty()) {
                    return false;
                }
            }
            return true;
        }

        void type(int session) {
            if (portal != null && portal != this) {
                return;
            }
            if (typed[session] < LINES) {
                held.get(session).add(++typed[session]);
                if (ready) {
                    end.add(message("line", session, typed[session]));
                    end.flush(now);
                }
                after(random.nextInt(1200) * MILLI, () -> type(session));
            }
        }

        void tick() {
            if (portal == this) {
                end.tick(now);
                after(TICK, this::tick);
            }
        }

        void receive(byte[] frame) {
            received(end, frame, now).forEach(this::take);
            resent = Math.max(resent, end.resent());
        }

        private void take(StreamEvent event) {
            switch (event) {
                case StreamEvent.Joined(byte[] greeting) -> joined(boot(greeting));
                case StreamEvent.Message(byte[] bytes) -> {
                    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
                    int session = Integer.parseInt(parts[1]);
                    long number = Long.parseLong(parts[2]);
                    switch (parts[0]) {
                        case "ready" -> {
                            ready = true;
                            for (int i = 0; i < SESSIONS; i++) {
                                for (long line : held.get(i)) {
                                    end.add(message("line", i, line));
                                }
                            }
                            end.flush(now);
                        }
                        case "answer" -> {
                            assertEquals(++answered[session], number, "answers in order");
                            assertEquals(number, held.get(session).remove());
                        }
                        case "output" -> assertEquals(++shown[session], number, "output in order");
                        default -> throw new AssertionError(parts[0]);
                    }
                }
                case StreamEvent.Left(), StreamEvent.Superseded(), StreamEvent.Incompatible(_) ->
                        throw new AssertionError(event.toString());
            }
        }

        private void joined(long other) {
            ready = false;
            if (other == gameBoot) { // it has given these players up: they are new there
                life++;
                expired++;
                for (int i = 0; i < SESSIONS; i++) {
                    answered[i] = typed[i];
                    held.get(i).clear();
                }
            }
            gameBoot = other;
            for (int i = 0; i < SESSIONS; i++) {
                shown[i] = 0;
                end.add(message("present", i, answered[i]));
            }
            end.add(message("all", 0, life));
            end.flush(now);
        }
    }

    /** The end with the game. */
    private final class Game {
        final long boot;
        StreamEnd end;
        final long[] next = new long[SESSIONS];
        final long[] said = new long[SESSIONS];
        long ofPortal;

        Game(long boot) {
            this.boot = boot;
            this.end = newEnd();
        }

        private StreamEnd newEnd() {
            return new StreamEnd(
                    false,
                    ++incarnations,
                    Versions.OURS,
                    () -> greeting(boot),
                    StreamTimes.USUAL,
                    frame -> carry(frame, false));
        }

        void tick() {
            if (game == this) {
                end.tick(now);
                if (end.joined() && end.silentNanos() > GRACE) {
                    end = newEnd();
                }
                after(TICK, this::tick);
            }
        }

        void receive(byte[] frame) {
            received(end, frame, now).forEach(this::take);
        }

        private void take(StreamEvent event) {
            switch (event) {
                case StreamEvent.Joined(byte[] greeting) -> ofPortal = boot(greeting);
                case StreamEvent.Message(byte[] bytes) -> {
                    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
                    int session = Integer.parseInt(parts[1]);
                    long number = Long.parseLong(parts[2]);
                    switch (parts[0]) {
                        case "present" -> {
                            next[session] = number + 1;
                            said[session] = 0;
                        }
                        case "all" -> {
                            end.add(message("ready", 0, 0));
                            end.flush(now);
                        }
                        case "line" -> line(session, number);
                        default -> throw new AssertionError(parts[0]);
                    }
                }
                case StreamEvent.Left(), StreamEvent.Superseded(), StreamEvent.Incompatible(_) ->
                        throw new AssertionError(event.toString());
            }
        }

        private void line(int session, long number) {
            assertEquals(next[session]++, number, "each line once and in order");
            done++;
            Portal there = portal;
            if (there != null && there.boot == ofPortal && there.answered[session] >= number) {
                throw new AssertionError("a line was done that had been answered");
            }
            end.add(message("output", session, ++said[session]));
            end.flush(now);
            answer(end, ofPortal, session, number);
        }

        /** In order, some time later; a game that dies before has not answered. */
        private void answer(StreamEnd same, long samePortal, int session, long number) {
            after(
                    20 * MILLI,
                    () -> {
                        if (game == this && end == same && ofPortal == samePortal) {
                            end.add(message("answer", session, number));
                            end.flush(now);
                        } else {
                            doneAgain++;
                        }
                    });
        }
    }

    private static long boot(byte[] greeting) {
        try {
            return Greeting.of(greeting).boot();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
