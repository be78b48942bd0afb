package lychgate.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

class StreamEndTest {
    private static final long MILLI = 1_000_000;
    private static final byte[] WHO = {1, 2, 3};

    private final Side caller = new Side(true, 1_000, Versions.OURS);
    private final Side answerer = new Side(false, 2_000, Versions.OURS);
    private long now = 5_000 * MILLI;

    /** An end, what it has sent and nobody has carried yet, and what it was told. */
    private final class Side {
        final Deque<byte[]> sent = new ArrayDeque<>();
        final List<StreamEvent> events = new ArrayList<>();
        final StreamEnd end;

        Side(boolean calls, long incarnation, Versions versions) {
            end =
                    new StreamEnd(
                            calls, incarnation, versions, () -> WHO, StreamTimes.USUAL, sent::add);
        }

        void take(byte[] frame) {
            try {
                end.receive(frame, now, events::add);
            } catch (MalformedException e) {
                throw new AssertionError(e);
            }
        }

        void say(String... messages) {
            for (String message : messages) {
                end.add(message.getBytes(StandardCharsets.UTF_8));
                end.flush(now);
            }
        }

        List<String> heard() {
            return events.stream()
                    .filter(StreamEvent.Message.class::isInstance)
                    .map(
                            event ->
                                    new String(
                                            ((StreamEvent.Message) event).bytes(),
                                            StandardCharsets.UTF_8))
                    .toList();
        }

        Frame lastSent() throws MalformedException {
            return FrameCodec.decode(sent.getLast());
        }
    }

    private static void carry(Side from, Side to) {
        while (!from.sent.isEmpty()) {
            to.take(from.sent.remove());
        }
    }

    private void exchange(Side one, Side other) {
        while (!one.sent.isEmpty() || !other.sent.isEmpty()) {
            carry(one, other);
            carry(other, one);
        }
    }

    private void join(Side one, Side other) {
        one.end.tick(now);
        other.end.tick(now);
        exchange(one, other);
        assertTrue(one.end.joined() && other.end.joined());
    }

    private void later(long millis) {
        now += millis * MILLI;
    }

    @Test
    void bothEndsLearnOfEachOtherByOneCall() {
        join(caller, answerer);
        assertEquals(1, caller.events.size());
        StreamEvent.Joined joined =
                assertInstanceOf(StreamEvent.Joined.class, answerer.events.getFirst());
        assertArrayEquals(WHO, joined.greeting());
    }

    @Test
    void endThatAnswersNeverCallsFirst() {
        answerer.end.tick(now);
        later(10_000);
        answerer.end.tick(now);
        assertTrue(answerer.sent.isEmpty());
    }

    @Test
    void callIsRepeatedUntilItIsAnswered() {
        caller.end.tick(now);
        assertEquals(1, caller.sent.size());
        later(249);
        caller.end.tick(now);
        assertEquals(1, caller.sent.size());
        later(1);
        caller.end.tick(now);
        assertEquals(2, caller.sent.size());
    }

    @Test
    void messagesArriveInOrder() {
        join(caller, answerer);
        caller.say("one", "two", "three");
        answerer.say("eins", "zwei");
        exchange(caller, answerer);
        assertEquals(List.of("one", "two", "three"), answerer.heard());
        assertEquals(List.of("eins", "zwei"), caller.heard());
    }

    @Test
    void messageOfAnyLengthArrivesWhole() {
        join(caller, answerer);
        Random random = new Random(7);
        for (int length :
                new int[] {0, 1, 127, 128, 65_000, 65_536, 1_000_000, Incoming.MAX_MESSAGE}) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            caller.end.add(message);
            caller.end.flush(now);
            caller.sent.forEach(frame -> assertTrue(frame.length <= Frame.MAX_BYTES));
            answerer.events.clear();
            exchange(caller, answerer);
            assertArrayEquals(
                    message,
                    ((StreamEvent.Message) answerer.events.getFirst()).bytes(),
                    length + " bytes");
        }
    }

    @Test
    void messageLongerThanAnyMayBeIsDroppedAndTheStreamGoesOn() throws MalformedException {
        join(caller, answerer);
        caller.end.add(new byte[Incoming.MAX_MESSAGE + 1]);
        caller.end.add("after".getBytes(StandardCharsets.UTF_8));
        caller.end.flush(now);
        int malformed = 0;
        while (!caller.sent.isEmpty()) {
            try {
                answerer.end.receive(caller.sent.remove(), now, answerer.events::add);
            } catch (MalformedException e) {
                malformed++;
            }
            carry(answerer, caller);
        }
        assertEquals(1, malformed);
        assertEquals(List.of("after"), answerer.heard());
    }

    @Test
    void lostFrameIsReportedByTheReceiverAndSentAgainAtOnce() {
        join(caller, answerer);
        caller.say("one");
        caller.sent.clear();
        caller.say("two");
        carry(caller, answerer);
        assertEquals(List.of(), answerer.heard());
        assertEquals(1, answerer.end.gaps());
        exchange(caller, answerer);
        assertEquals(List.of("one", "two"), answerer.heard());
        assertEquals(2, caller.end.resent());
    }

    @Test
    void lastFrameThatWasLostIsSentAgainAfterAWhile() {
        join(caller, answerer);
        caller.say("one");
        caller.sent.clear();
        later(199);
        caller.end.tick(now);
        exchange(caller, answerer);
        assertEquals(List.of(), answerer.heard());
        later(1);
        caller.end.tick(now);
        exchange(caller, answerer);
        assertEquals(List.of("one"), answerer.heard());
    }

    @Test
    void waitBeforeSendingAgainDoublesUpToASecond() {
        join(caller, answerer);
        caller.say("one");
        int sent = caller.sent.size();
        for (int wait : new int[] {200, 400, 800, 1_000, 1_000}) {
            later(wait - 1);
            caller.end.tick(now);
            assertEquals(sent, frames(caller), wait + " ms are not over");
            later(1);
            caller.end.tick(now);
            assertEquals(++sent, frames(caller), wait + " ms are over");
        }
    }

    /** Frames of data, without the signs of life. */
    private static int frames(Side side) {
        return (int)
                side.sent.stream()
                        .filter(
                                frame -> {
                                    try {
                                        return FrameCodec.decode(frame) instanceof Frame.Data;
                                    } catch (MalformedException e) {
                                        throw new AssertionError(e);
                                    }
                                })
                        .count();
    }

    @Test
    void doubledFrameIsTakenOnce() {
        join(caller, answerer);
        caller.say("one");
        byte[] frame = caller.sent.getFirst();
        answerer.take(frame);
        answerer.take(frame);
        assertEquals(List.of("one"), answerer.heard());
        assertEquals(1, answerer.end.repeated());
    }

    @Test
    void acknowledgementTravelsWithWhatIsSaidAnyway() {
        join(caller, answerer);
        caller.say("question");
        carry(caller, answerer);
        answerer.say("answer");
        assertEquals(1, answerer.sent.size());
        carry(answerer, caller);
        assertEquals(0, caller.end.unacknowledged());
    }

    @Test
    void signOfLifeIsGivenEachSecondAndSilenceIsMeasured() throws MalformedException {
        join(caller, answerer);
        later(999);
        caller.end.tick(now);
        assertTrue(caller.sent.isEmpty());
        later(1);
        caller.end.tick(now);
        assertInstanceOf(Frame.Report.class, caller.lastSent());
        carry(caller, answerer);
    }

    @Test
    void silenceCountsWhileThisEndListensAndNotWhileItWasStopped() {
        assertEquals(0, answerer.end.silentNanos());
        join(caller, answerer);
        for (int i = 0; i < 40; i++) {
            later(100);
            answerer.end.tick(now);
        }
        assertEquals(4_000 * MILLI, answerer.end.silentNanos());
        later(60_000);
        answerer.end.tick(now);
        assertEquals(4_250 * MILLI, answerer.end.silentNanos());
        caller.end.tick(now);
        carry(caller, answerer);
        assertEquals(0, answerer.end.silentNanos());
    }

    @Test
    void silenceGoesOnUntilTheStreamWithASuccessorHasBegun() {
        join(caller, answerer);
        for (int i = 0; i < 40; i++) {
            later(100);
            caller.end.tick(now);
        }
        Side next = new Side(false, 3_000, Versions.OURS);
        carry(caller, next);
        carry(next, caller);
        assertFalse(caller.end.joined());
        assertEquals(4_000 * MILLI, caller.end.silentNanos());
        exchange(caller, next);
        assertTrue(caller.end.joined());
        assertEquals(0, caller.end.silentNanos());
    }

    @Test
    void successorOfTheOtherEndBeginsAnEmptyStream() {
        join(caller, answerer);
        caller.say("for the dead");
        caller.sent.clear();
        Side next = new Side(false, 3_000, Versions.OURS);
        later(1_000);
        caller.end.tick(now);
        exchange(caller, next);
        assertTrue(caller.end.joined() && next.end.joined());
        assertEquals(2, caller.events.size());
        assertEquals(List.of(), next.heard());
        caller.say("hello");
        exchange(caller, next);
        assertEquals(List.of("hello"), next.heard());
    }

    @Test
    void predecessorIsNotListenedTo() {
        join(caller, answerer);
        Side next = new Side(true, 3_000, Versions.OURS);
        join(next, answerer);
        answerer.events.clear();
        caller.say("I am still here");
        carry(caller, answerer);
        assertEquals(List.of(), answerer.events);
        carry(answerer, caller);
        assertEquals(
                new StreamEvent.Superseded(), caller.events.getLast(), "and it is told of it once");
        int told = caller.events.size();
        later(1_000);
        caller.end.tick(now);
        exchange(caller, answerer);
        assertEquals(told, caller.events.size());
        assertTrue(next.end.joined());
    }

    @Test
    void successorWhoseClockWentBackTakesALaterNumber() {
        join(caller, answerer);
        Side next = new Side(true, 500, Versions.OURS);
        next.end.tick(now);
        exchange(next, answerer);
        next.end.tick(now);
        exchange(next, answerer);
        assertTrue(next.end.joined());
        next.say("late, and counted");
        exchange(next, answerer);
        assertEquals(List.of("late, and counted"), answerer.heard());
    }

    @Test
    void callThatWasOnItsWayForLongDoesNotEndTheStream() {
        caller.end.tick(now);
        byte[] early = caller.sent.getFirst();
        exchange(caller, answerer);
        caller.say("one");
        exchange(caller, answerer);
        answerer.take(early);
        exchange(caller, answerer);
        caller.say("two");
        exchange(caller, answerer);
        assertEquals(List.of("one", "two"), answerer.heard());
        assertEquals(
                1, caller.events.stream().filter(StreamEvent.Joined.class::isInstance).count());
    }

    @Test
    void endThatLeavesIsKnownToHaveLeftAndFramesOfItThatComeLateAreNot() {
        join(caller, answerer);
        caller.say("one");
        byte[] late = caller.sent.remove();
        caller.end.leave(now);
        exchange(caller, answerer);
        assertEquals(new StreamEvent.Left(), answerer.events.getLast());
        assertFalse(answerer.end.joined());
        answerer.take(late);
        assertFalse(answerer.end.joined());
        assertTrue(answerer.sent.isEmpty());
    }

    @Test
    void endsSpeakTheNewestVersionThatBothKnow() throws MalformedException {
        Side newer = new Side(true, 1_000, new Versions(1, 2));
        join(newer, answerer);
        newer.say("x");
        assertEquals(1, ((Frame.Data) newer.lastSent()).version());
        Side both = new Side(false, 4_000, new Versions(2, 3));
        newer.sent.clear();
        later(1_000);
        join(newer, both);
        newer.say("y");
        assertEquals(2, ((Frame.Data) newer.lastSent()).version());
    }

    @Test
    void endsWithoutACommonVersionSayWhyTheyDoNotJoin() {
        Side newer = new Side(true, 1_000, new Versions(2, 3));
        newer.end.tick(now);
        exchange(newer, answerer);
        assertEquals(List.of(new StreamEvent.Incompatible(new Versions(2, 3))), answerer.events);
        assertEquals(List.of(new StreamEvent.Incompatible(Versions.OURS)), newer.events);
        assertFalse(newer.end.joined() || answerer.end.joined());
    }

    @Test
    void endIsFullAt16MiBAndHasRoomAgainAtHalf() {
        join(caller, answerer);
        byte[] message = new byte[60_000];
        int messages = 0;
        while (!caller.end.full()) {
            caller.end.add(message);
            caller.end.flush(now);
            messages++;
        }
        assertEquals(Outgoing.MAX_UNACKNOWLEDGED_BYTES / 60_000 + 1, messages, 1);
        assertFalse(caller.end.roomy());
        exchange(caller, answerer);
        later(20);
        answerer.end.tick(now);
        exchange(caller, answerer);
        assertFalse(caller.end.full());
        assertTrue(caller.end.roomy());
        assertEquals(messages, answerer.heard().size());
    }

    @Test
    void nothingIsSentOrKeptWhereThereIsNoStream() {
        caller.say("to nobody");
        assertTrue(caller.sent.isEmpty());
        assertEquals(0, caller.end.unacknowledged());
        join(caller, answerer);
        exchange(caller, answerer);
        assertEquals(List.of(), answerer.heard());
    }

    @Test
    void whatIsNoFrameIsRefusedAndChangesNothing() {
        join(caller, answerer);
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            try {
                answerer.end.receive(noise, now, answerer.events::add);
            } catch (MalformedException e) {
                assertFalse(String.valueOf(e.getMessage()).isEmpty());
            }
        }
        assertThrows(
                MalformedException.class,
                () -> answerer.end.receive(new byte[Frame.MAX_BYTES + 1], now, _ -> {}));
        answerer.sent.clear();
        caller.say("still here");
        exchange(caller, answerer);
        assertEquals(List.of("still here"), answerer.heard());
    }

    @Test
    void tenThousandSchedulesOfLossDeathAndPartitionLoseNothing() {
        int lost = 0;
        int done = 0;
        int doneAgain = 0;
        int expired = 0;
        int gamesKilled = 0;
        int portalsKilled = 0;
        for (long seed = 0; seed < 10_000; seed++) {
            Schedule schedule = new Schedule(seed);
            try {
                schedule.run();
            } catch (AssertionError | MalformedException | RuntimeException e) {
                throw new AssertionError("schedule " + seed, e);
            }
            lost += schedule.lost;
            done += schedule.done;
            doneAgain += schedule.doneAgain;
            expired += schedule.expired;
            gamesKilled += schedule.gamesKilled;
            portalsKilled += schedule.portalsKilled;
        }
        assertTrue(lost > 100_000, lost + " frames were lost");
        assertTrue(done > 300_000, done + " lines were done");
        assertTrue(doneAgain > 100, doneAgain + " were not answered by a game that died");
        assertTrue(expired > 100, expired + " portals came back too late");
        assertTrue(gamesKilled > 1_000, gamesKilled + " games died");
        assertTrue(portalsKilled > 500, portalsKilled + " portals died");
    }
}
