package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PortalSessionTest {

    @Test
    void commandsAreSortedToTheThreeKindsInTheirOrder() {
        Sorted session = new Sorted();
        session.dataOut(
                List.of(
                        CommandTuple.of("room_info").kwarg("options", "none"),
                        CommandTuple.text("hello"),
                        CommandTuple.of("PROMPT", "> "),
                        CommandTuple.of("Text", "again")));
        assertEquals(
                List.of("other room_info", "text hello", "prompt > ", "text again"),
                session.sorted);
    }

    @Test
    void textWithoutAnArgumentIsTheEmptyLine() {
        Sorted session = new Sorted();
        session.dataOut(
                List.of(
                        CommandTuple.of("text"),
                        CommandTuple.of("text").arg(null),
                        CommandTuple.of("text", 5)));
        assertEquals(List.of("text ", "text ", "text 5"), session.sorted);
    }

    @Test
    void sessionThatDoesNotCountHasNothingUnsent() {
        assertEquals(0, new Sorted().unsent());
    }

    private static final class Sorted implements PortalSession, OutputFuncs {
        private final List<String> sorted = new ArrayList<>();

        @Override
        public void dataOut(List<CommandTuple> commands) {
            send(commands);
        }

        @Override
        public void sendText(Output.Text text) {
            sorted.add("text " + text.markup());
        }

        @Override
        public void sendPrompt(Output.Prompt prompt) {
            sorted.add("prompt " + prompt.markup());
        }

        @Override
        public void sendDefault(CommandTuple command) {
            sorted.add("other " + command.name());
        }

        @Override
        public void disconnect(String reason) {}
    }
}
