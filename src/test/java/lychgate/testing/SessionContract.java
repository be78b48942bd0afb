package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;
import lychgate.portal.TestedSessions;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

/** The contract of every transport; the test of each transport implements it. */
public interface SessionContract {
    /** A line of half a kilobyte: more of them than one read brings fill the game's window. */
    int LONG = 500;

    /** Rounds after which a client's system has taken what it takes. */
    int CALM = 10;

    /** The transport, listening on a free port. */
    Service listens(RecordingPortal portal);

    /** A transport that listens, and its clients. */
    interface Service extends AutoCloseable {
        /** A client that has connected. */
        Client connects();

        /**
         * The portal to which clients connect, if it is not the one of the game.
         *
         * @param game the portal of the game
         */
        default RecordingPortal portal(RecordingPortal game) {
            return game;
        }

        @Override
        void close();
    }

    /** A client, whatever it speaks. It reads when something is expected of it. */
    interface Client {
        /** Sends a line. */
        void types(String line);

        /** Reads until it has been sent that. */
        void sees(String words);

        /** Stops reading; what it is sent waits. */
        void stopsReading();

        /** Reads again what it is sent. */
        void readsOn();

        /** Says that it will send no more. */
        void sendsNoMore();

        /** Is gone without a word. */
        void isGone();

        /** Reads to the end, which is an orderly one. */
        void seesTheEnd();
    }

    @Test
    default void sessionIsOpenedOnceAndSettlesOnce() {
        try (Gate gate = new Gate(this)) {
            gate.comes();
            gate.comes();
            assertEquals(2, gate.portal.game().told("connected").size());
            assertEquals(List.of("1 settled", "2 settled"), gate.portal.game().told("settled"));
            assertEquals(2, gate.door.places());
            assertEquals(2, gate.portal.places());
        }
    }

    @Test
    default void linesArriveInTheirOrder() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            List<String> lines = IntStream.range(0, 200).mapToObj(i -> "line " + i).toList();
            lines.forEach(anna::types);
            Await.equal(lines, gate.portal.game()::lines);
        }
    }

    @Test
    default void lineThatIsTooLongIsDroppedAndTheNextArrives() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            anna.types("x".repeat(Limits.DEFAULT.lineLength() + 1));
            anna.sees("too long");
            anna.types("short");
            gate.portal.game().awaits("1 text short");
            assertEquals(List.of("short"), gate.portal.game().lines());
            assertEquals(1, gate.refused("line_length"));
        }
    }

    @Test
    default void textsArriveInTheirOrder() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            for (int i = 0; i < 200; i++) {
                gate.says(1, "text " + i + ".");
            }
            for (int i = 0; i < 200; i++) {
                anna.sees("text " + i + ".");
            }
        }
    }

    @Test
    default void clientWhoseCommandsWaitIsNotReadAndNothingIsLost() {
        try (Gate gate = new Gate(this)) {
            gate.portal.game().neverConsumes();
            Client anna = gate.comes();
            Client bert = gate.comes();
            List<String> lines =
                    IntStream.range(0, 200).mapToObj(i -> i + "x".repeat(LONG)).toList();
            Thread.ofPlatform().start(() -> lines.forEach(anna::types)); // may have to wait
            bert.types("hello");
            gate.portal.game().awaits("2 text hello");
            gate.portal.game().awaits("1 text " + lines.get(TestedSessions.MAX_COMMANDS / 2));
            assertTrue(gate.heardOf(1).size() < lines.size() / 2);
            Await.until(
                    "all lines",
                    () -> {
                        gate.finishes(1, 1);
                        return gate.heardOf(1).size() == lines.size();
                    });
            assertEquals(lines, gate.heardOf(1));
        }
    }

    @Test
    default void clientThatIsBehindIsNotReadUntilItHasCaughtUp() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            Client bert = gate.comes();
            gate.fallsBehind(anna, bert);
            gate.portal.game().awaits("1 unwritable");
            anna.types("too early");
            bert.types("hello");
            gate.portal.game().awaits("2 text hello");
            gate.says(1, "That was it.");
            anna.readsOn();
            anna.sees("That was it.");
            gate.portal.game().awaits("1 text too early");
            List<String> told = gate.portal.game().told();
            assertTrue(told.indexOf("1 writable") > told.indexOf("1 unwritable"), told::toString);
            assertTrue(told.indexOf("1 writable") < told.indexOf("1 text too early"));
        }
    }

    @Test
    default void clientThatNeverReadsIsCutAndNobodyElse() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            Client bert = gate.comes();
            gate.fallsBehind(anna, bert);
            Await.until(
                    "1 to be cut",
                    () -> {
                        if (gate.door.unsent(1) <= 2L * Limits.DEFAULT.unsentBytes()) {
                            gate.says(1, "x".repeat(16 * 1024));
                        }
                        return gate.portal.game().told().contains("1 disconnected: does not read");
                    });
            assertEquals(1, gate.refused("unsent"));
            Await.equal(1, gate.door::places);
            Await.equal(1, gate.portal::places);
            Await.equal(0L, gate.door.memoryBudget()::kept);
            bert.types("hello");
            gate.portal.game().awaits("2 text hello");
        }
    }

    @Test
    default void lastWordsAreReadBeforeTheEnd() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            gate.says(1, "x".repeat(200_000));
            gate.portal.game().disconnect(1, "Farewell!");
            anna.sees("Farewell!");
            anna.seesTheEnd();
            gate.portal.game().awaits("1 disconnected: Farewell!");
            Await.equal(0L, gate.door.memoryBudget()::kept);
        }
    }

    @Test
    default void whatWasSentBeforeTheLastWordIsHeard() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            anna.types("one");
            anna.types("two");
            anna.sendsNoMore();
            gate.portal.game().awaits("1 text one").awaits("1 text two");
            gate.portal.game().awaits("1 disconnected: ");
            anna.seesTheEnd();
        }
    }

    @Test
    default void clientThatIsGoneLeavesNothingBehind() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            anna.isGone();
            Await.equal(0, gate.door::places);
            Await.equal(0, gate.portal::places);
            Await.equal(1, () -> gate.portal.game().told("disconnected:").size());
            assertEquals(List.of(), gate.door.sessions().ids());
            assertEquals(List.of(), gate.portal.sessions().ids());
        }
    }

    @Test
    default void traceShowsWhatIsSaidButNoPassword() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            RecordingGame game = gate.portal.game();
            game.onLine(
                    line -> {
                        switch (line) {
                            case "connect anna" -> game.send(1, "prompt", "Password: ", false);
                            case "hunter2" -> game.send(1, "text", "No hunter2 here.", true);
                            default -> game.text(1, "You typed " + line + ".");
                        }
                    });
            anna.types("connect anna hunter3");
            anna.sees("hunter3");
            anna.types("connect anna");
            anna.types("hunter2"); // ahead of the question
            anna.sees("hunter2");
            anna.types("look");
            anna.sees("You typed look.");
            List<String> trace = Traced.last(gate.door.trace(1));
            String all = String.join("\n", trace);
            assertTrue(all.contains("connect ***"), all);
            assertTrue(all.contains("look"), all);
            assertTrue(all.contains("Password:"), all);
            assertFalse(all.contains("hunter"), all);
            game.portal().loggedIn(1, 7, "anna");
            gate.says(1, "You are anna now.");
            anna.sees("You are anna now.");
            anna.types("say good evening");
            anna.sees("You typed say good evening.");
            String after = String.join("\n", Traced.last(gate.door.trace(1)));
            assertTrue(after.contains("say good evening"), after);
            assertFalse(after.contains("hunter"), after);
        }
    }

    @Test
    default void failureOfOursEndsOneSessionAndNoOther() {
        try (Gate gate = new Gate(this)) {
            Client anna = gate.comes();
            Client bert = gate.comes();
            gate.portal
                    .game()
                    .onLine(
                            line -> {
                                if (line.equals("fault")) {
                                    throw new IllegalStateException("a fault");
                                }
                            });
            anna.types("fault");
            anna.sees("Something went wrong here");
            anna.seesTheEnd();
            bert.types("hello");
            gate.portal.game().awaits("2 text hello");
            assertEquals(1, gate.refused("failure"));
        }
    }

    /** The transport, its portal, and the game behind them, which may be at another portal. */
    final class Gate implements AutoCloseable {
        private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
        private final Service service;
        private final RecordingPortal door;
        private int clients;

        private Gate(SessionContract transport) {
            service = transport.listens(portal);
            door = service.portal(portal);
        }

        /** A client whose session is there. */
        private Client comes() {
            Client client = service.connects();
            portal.game().awaits(++clients + " settled");
            return client;
        }

        /** The game sends words. */
        private void says(long sessid, String words) {
            portal.game().text(sessid, words);
            portal.game().portal().turnEnds();
        }

        /** The game has finished commands. */
        private void finishes(long sessid, int commands) {
            portal.game().portal().consumed(sessid, commands);
            portal.game().portal().turnEnds();
        }

        /** How often something was refused, by whichever portal. */
        private long refused(String reason) {
            String name = "refused " + reason;
            long here = portal.meters().count(name);
            return door.equals(portal) ? here : here + door.meters().count(name);
        }

        /** The lines of one session. */
        private List<String> heardOf(long sessid) {
            String begin = sessid + " text ";
            return portal.game().told("text").stream()
                    .filter(line -> line.startsWith(begin))
                    .map(line -> line.substring(begin.length()))
                    .toList();
        }

        /**
         * The first client stops reading, and the game sends until that client's system has taken
         * all that it takes, and too much waits.
         */
        private void fallsBehind(Client first, Client second) {
            long sessid = 1;
            says(sessid, "Here it comes.");
            first.sees("Here it comes.");
            first.stopsReading();
            int calm = 0; // rounds in which nothing had to be sent: what waits is not on its way
            for (int n = 0; calm < CALM; n++) {
                if (door.unsent(sessid) <= Limits.UNWRITABLE_BYTES) {
                    says(sessid, "x".repeat(16 * 1024));
                    calm = 0;
                } else {
                    calm++;
                }
                second.types("round " + n);
                portal.game().awaits("2 text round " + n);
                says(2, "answer " + n + "."); // behind what the first was sent, however far it is
                second.sees("answer " + n + ".");
            }
        }

        @Override
        public void close() {
            service.close();
            portal.close();
        }
    }
}
