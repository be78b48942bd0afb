package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.Seeded;
import lychgate.plugin.Limits;
import lychgate.session.CommandTuple;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class TelnetSessionTest {
    private static final String FAILURE = "Something went wrong here. Please connect again.";

    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet();
    private final TelnetPeer peer = telnet.peer();

    TelnetSessionTest() {
        telnet.game().hears("1 connected");
    }

    @Test
    void disconnectShowsItsReasonAndThenTheEnd() {
        telnet.game().text(1, "before");
        telnet.game().disconnect(1, "Come again.");
        telnet.game().text(1, "after");
        peer.expects("'before' CR LF 'Come again.' CR LF").expectsEnd();
        telnet.game().hears("1 disconnected: Come again.");
    }

    @Test
    void disconnectNeverOvertakesWhatWasSaidBefore() {
        telnet.game()
                .onLine(
                        _ -> { // on the mailbox: what is said from here waits until this is done
                            telnet.game().text(1, "first");
                            telnet.game().text(1, "second");
                            telnet.game().disconnect(1, "Come again.");
                        });
        peer.types("go").expects("'first' CR LF 'second' CR LF 'Come again.' CR LF").expectsEnd();
    }

    @Test
    void disconnectWithoutAReasonShowsNothing() {
        telnet.game().disconnect(1, "");
        peer.expectsEnd();
        telnet.game().hears("1 disconnected: ");
    }

    @Test
    void disconnectBehindAPromptBeginsOnANewLine() {
        telnet.game().prompt(1, "> ");
        telnet.game().disconnect(1, "Come again.");
        peer.expectsText("> \r\nCome again.\r\n").expectsEnd();
    }

    @Test
    void secondDisconnectIsNone() {
        telnet.game().disconnect(1, "Once.");
        telnet.game().disconnect(1, "Twice.");
        peer.expectsLine("Once.").expectsEnd();
        telnet.game().hears("1 disconnected: Once.").hasHeardNothingMore();
    }

    @Test
    void clientThatIsStillSendingReadsTheReasonAndNoReset() {
        peer.types("before");
        telnet.game().hears("1 text before");
        telnet.game().disconnect(1, "Come again.");
        do {
            peer.types("still here");
        } while (!peer.readsToTheEnd());
        peer.expectsLine("Come again.").expectsEnd();
    }

    @Test
    void clientThatIsGoneIsTakenOffTheBooks() {
        peer.resets();
        telnet.game().hears("1 disconnected: connection lost");
        Await.equal(0, telnet.portal()::places);
        assertEquals(Map.of("closed telnet", 1L), telnet.meters().counts("closed"));
    }

    @Test
    void handlerThatThrowsEndsThatSessionOnly() {
        TelnetPeer other = telnet.peer();
        telnet.game().hears("2 connected");
        telnet.game()
                .onLine(
                        line -> {
                            if (line.equals("boom")) {
                                throw new IllegalStateException("this is expected in the test");
                            }
                        });
        peer.types("boom").expectsLine(FAILURE).expectsEnd();
        telnet.game().hears("1 text boom", "1 disconnected: " + FAILURE);
        assertEquals(Map.of("refused failure", 1L), telnet.meters().counts("refused"));
        other.types("on");
        telnet.game().hears("2 text on");
    }

    @Test
    void whateverAClientSendsItIsNoFailureOfOursAndTheSessionLives() {
        Seeded.times(
                40,
                random -> {
                    int[] favourites = {255, 254, 253, 252, 251, 250, 240, 24, 31, 1, 0, 13, 10};
                    TelnetPeer wild = telnet.peer();
                    wild.sends(Seeded.bytes(random, 10_000, favourites));
                    String line = "done " + random.nextLong();
                    wild.sends("IAC SE CR LF").types(line);
                    Await.until(line, () -> telnet.game().lines().contains(line));
                });
        assertEquals(Map.of(), telnet.meters().counts("refused"));
    }

    @Test
    void linesOfManyWritersAllArriveWholeAndInEachWritersOrder() throws InterruptedException {
        int writers = 4;
        int each = 2_000;
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            int writer = w;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < each; i++) {
                                            telnet.game().text(1, writer + " " + i);
                                        }
                                    }));
        }
        int[] next = new int[writers];
        for (int i = 0; i < writers * each; i++) {
            String[] line = peer.readsLine().split(" ", -1);
            assertEquals(next[Integer.parseInt(line[0])]++, Integer.parseInt(line[1]));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        peer.expectsNothing();
    }

    @Test
    void commandsOfOneBatchArriveInTheirOrder() {
        telnet.game()
                .send(
                        1,
                        CommandTuple.text("one"),
                        CommandTuple.of("char_vitals", 1),
                        CommandTuple.text("two"),
                        CommandTuple.of(CommandTuple.PROMPT, "> "));
        peer.expectsText("one\r\ntwo\r\n> ");
        assertEquals(1, telnet.meters().count("oob dropped")); // nobody takes it
    }

    @Test
    void linesAndBytesAreCounted() {
        peer.types("hello");
        telnet.game().hears("1 text hello").text(1, "Hi.");
        peer.expectsLine("Hi.");
        assertEquals(
                Map.of("bytes IN", 7L, "bytes OUT", (long) peer.everything().length),
                telnet.meters().counts("bytes"));
        assertEquals(Map.of("lines IN", 1L, "lines OUT", 1L), telnet.meters().counts("lines"));
    }

    @Test
    void lineThatALimitDroppedIsNotAwaitedToBeAnswered() {
        Limits onePerSecond = new Limits(0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
        try (ListeningTelnet strict = new ListeningTelnet(onePerSecond, 0)) {
            TelnetPeer hasty = strict.peer().sends("'look' LF ".repeat(100));
            String dropped = "refused commands_per_second";
            Await.until(
                    "all lines",
                    () -> strict.game().lines().size() + strict.meters().count(dropped) == 100);
            for (String _ : strict.game().lines()) {
                strict.game().prompt(1, "> ");
                hasty.skipsTo("'> '");
            }
            strict.game().text(1, "Bob waves.");
            hasty.expectsText("\r\nBob waves.\r\n");
        }
    }

    @Test
    void silentConnectionIsKeptAliveByNop() {
        try (ListeningTelnet kept = new ListeningTelnet(RecordingPortal.ROOMY, 1)) {
            kept.peer().expects("IAC NOP IAC NOP");
        }
    }

    @Test
    void commandsBeyondWhatTheGameTakesWaitInTheConnection() {
        telnet.game().neverConsumes();
        TelnetPeer other = telnet.peer();
        telnet.game().hears("2 connected");
        int sent = 0;
        while (telnet.game().lines().size() == sent && sent < 1_000) {
            peer.types("line " + sent++);
            other.expectsNothing(); // the loop has come round since
        }
        assertEquals(64, telnet.game().lines().size());
        telnet.game().portal().consumed(1, 64);
        telnet.game().awaits("1 text line 64");
        assertTrue(telnet.game().lines().size() >= 65);
    }
}
