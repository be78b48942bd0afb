package lychgate.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.Limits;
import lychgate.plugin.PortalSessionHandler.Opening;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Output;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.Traced;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class ConversationTest {
    private static final String FAILURE = "Something went wrong here. Please connect again.";

    @AutoClose private final RecordingPortal portal = new RecordingPortal(RecordingPortal.ROOMY);
    private final Conversations all = new Conversations(portal, System::nanoTime);
    private final Conversation conversation =
            all.begin(Runnable::run, new Opening("test", "192.0.2.1", ClientFacts.NONE));
    private final RecordingWire wire = new RecordingWire();
    private final Words words = new Words();

    ConversationTest() {
        conversation.attach(wire, words);
        conversation.open();
        portal.game().hears("1 connected");
        wire.asked().clear();
    }

    @Test
    void connectionIsReadFromWhenItIsAttached() {
        Conversation other = all.begin(Runnable::run, new Opening("test", "", ClientFacts.NONE));
        RecordingWire connection = new RecordingWire();
        other.attach(connection, new Words());
        assertEquals(List.of("read"), connection.asked());
    }

    @Test
    void oneWriteIsUnderWayAndTheRestIsJoined() {
        portal.game().text(1, "one");
        portal.game().text(1, "two");
        portal.game().text(1, "three");
        assertEquals(List.of("write one|"), wire.asked());
        writes();
        assertEquals(List.of("write one|", "write two|three|"), wire.asked());
        assertEquals(10, conversation.unsent());
        writes();
        assertEquals(0, conversation.unsent());
    }

    @Test
    void lastWordsAreWrittenBeforeTheEndAndNothingBehindThem() {
        portal.game().text(1, "one");
        portal.game().disconnect(1, "Bye.");
        portal.game().text(1, "late");
        portal.game().awaits("1 disconnected: Bye.");
        assertTrue(conversation.isOver());
        assertEquals(List.of("write one|"), wire.asked());
        writes();
        writes();
        assertEquals(List.of("write one|", "write Bye.!", "end"), wire.asked());
        assertEquals(List.of("end of output"), words.told);
    }

    @Test
    void lineThatIsTooLongIsDroppedByWhateverProtocolItCame() {
        conversation.entered("x".repeat(Limits.DEFAULT.lineLength() + 1));
        conversation.entered("short");
        portal.game().hears("1 text short");
        assertEquals(1, portal.meters().count("refused line_length"));
    }

    @Test
    void lineThatCouldNotBeDecodedIsCountedAndHandedOn() {
        conversation.entered("a\ufffdb");
        portal.game().hears("1 text a\ufffdb");
        assertEquals(1, portal.meters().count("malformed charset"));
    }

    @Test
    void nothingOfTheClientIsHeardOnceTheSessionIsOver() {
        portal.game().disconnect(1, "Bye.");
        portal.game().awaits("1 disconnected: Bye.").forgets();
        conversation.entered("late");
        conversation.received(CommandTuple.of("late"));
        conversation.settled();
        conversation.alive();
        portal.game().hasHeardNothingMore();
        assertFalse(conversation.mayProcessInput());
    }

    @Test
    void traceOfALineGoesOnThoughPassingItOnFails() {
        portal.game()
                .onLine(
                        _ -> {
                            portal.game().portal().consumed(1, 1);
                            throw new IllegalStateException("this is expected in the test");
                        });
        assertThrows(IllegalStateException.class, () -> conversation.entered("one\ntwo"));
        assertEquals("< \"two\\n\"", Traced.last(conversation.trace()).getLast());
    }

    @Test
    void promptAnswersOneLineOfSeveral() {
        conversation.entered("one");
        conversation.entered("two");
        assertFalse(conversation.answered());
        assertTrue(conversation.answered());
        assertTrue(conversation.answered()); // one that nobody asked for
    }

    @Test
    void endOfTheClientsInputEndsTheSessionAndTheWireIsTold() {
        conversation.mailbox().run(conversation::inputEnded);
        portal.game().hears("1 disconnected: ");
        assertEquals(List.of("do not read", "input ended", "write !"), wire.asked());
    }

    @Test
    void brokenConnectionIsCutWithoutAWord() {
        conversation.failed(new IOException("this is expected in the test"));
        assertEquals(List.of("cut"), wire.asked());
        assertEquals(0, portal.meters().count("refused failure"));
    }

    @Test
    void faultOfOursEndsTheSessionWithWords() {
        conversation
                .mailbox()
                .run(
                        () -> {
                            throw new IllegalStateException("this is expected in the test");
                        });
        portal.game().hears("1 disconnected: " + FAILURE);
        assertEquals(List.of("write " + FAILURE + "!"), wire.asked());
        assertEquals(1, portal.meters().count("refused failure"));
    }

    @Test
    void faultInTheLastWordsEndsTheSessionAllTheSame() {
        words.broken = true;
        portal.game().disconnect(1, "Bye.");
        portal.game().hears("1 disconnected: Bye.");
        assertEquals(List.of("end"), wire.asked());
    }

    @Test
    void clientOfAnotherProtocolIsTurnedAwayWithoutWords() {
        conversation.mailbox().run(() -> conversation.rejectProtocol("http"));
        portal.game().hears("1 disconnected: not test but http");
        assertEquals(1, portal.meters().count("refused http"));
        assertEquals(List.of("end"), wire.asked());
    }

    @Test
    void connectionThatIsGoneIsTakenOffTheBooks() {
        portal.game().text(1, "one");
        conversation.mailbox().run(conversation::closed);
        portal.game().hears("1 disconnected: connection lost");
        assertEquals(List.of("end of session"), words.told);
        assertEquals(0, portal.memoryBudget().kept());
        assertEquals(List.of(), portal.sessions().ids());
    }

    @Test
    void sessionWithoutAConnectionLivesAndReadsNothing() {
        conversation.detach();
        assertEquals(List.of("do not read"), wire.asked());
        portal.game().text(1, "unheard");
        conversation.tick(0);
        assertEquals(0, conversation.unsent());
        assertEquals(List.of(1L), portal.sessions().ids());
        portal.game().hasHeardNothingMore();
    }

    @Test
    void sessionGoesOnOverAnotherConnection() {
        portal.game().text(1, "one"); // under way, and never done
        conversation.detach();
        RecordingWire other = new RecordingWire();
        conversation.attach(other, words);
        portal.game().text(1, "two");
        assertEquals(List.of("read", "write two|"), other.asked());
        conversation.entered("hello");
        portal.game().hears("1 text hello");
    }

    @Test
    void sessionThatEndsWithoutAConnectionIsGoneAtOnce() {
        conversation.detach();
        portal.game().disconnect(1, "Bye.");
        Await.equal(List.of(), portal.sessions()::ids);
        portal.game().hears("1 disconnected: Bye.").hasHeardNothingMore();
        assertEquals(0, portal.memoryBudget().kept());
    }

    /** The write that is under way is done. */
    private void writes() {
        conversation.mailbox().run(conversation::written);
    }

    /** Texts end with a bar, last words with an exclamation mark. */
    private final class Words implements Dialect {
        private final List<String> told = new ArrayList<>();
        private boolean broken;

        @Override
        public void sendText(Output.Text text) {
            send(text.markup() + "|");
        }

        @Override
        public void sendPrompt(Output.Prompt prompt) {
            send(prompt.markup());
        }

        @Override
        public void sendDefault(CommandTuple command) {
            send(command.name());
        }

        @Override
        public void farewell(String reason) {
            if (broken) {
                throw new IllegalStateException("this is expected in the test");
            }
            send(reason + "!");
        }

        @Override
        public void endOutput() {
            told.add("end of output");
        }

        @Override
        public void closed() {
            told.add("end of session");
        }

        private void send(String text) {
            conversation.send(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
