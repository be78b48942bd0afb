package lychgate.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.link.HeldCommands.Sent;
import lychgate.session.CommandTuple;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

class HeldCommandsTest {
    private final HeldCommands commands = new HeldCommands();

    @Test
    void commandsAreSentInTheirOrder() {
        holds("one", "two");
        holds("three");
        assertEquals(List.of("one", "two", "three"), sends());
        assertTrue(commands.isEmpty());
    }

    @Test
    void whatAGameThatHasGoneHadNotAnsweredIsHeldAgainBeforeTheRest() {
        holds("one", "two", "three");
        Sent one = Objects.requireNonNull(commands.send());
        Objects.requireNonNull(commands.send());
        assertTrue(commands.answered(one));
        holds("four");
        assertEquals(1, commands.lost());
        assertEquals(List.of("two", "three", "four"), sends());
    }

    @Test
    void answersMayComeInAnyOrder() {
        holds("one", "two");
        Sent one = Objects.requireNonNull(commands.send());
        Sent two = Objects.requireNonNull(commands.send());
        assertTrue(commands.answered(two));
        assertEquals(1, commands.lost());
        assertEquals(List.of("one"), sends());
        assertFalse(commands.answered(one));
    }

    @Test
    void answerToWhatIsHeldAgainIsNotWaitedFor() {
        holds("one");
        Sent first = Objects.requireNonNull(commands.send());
        commands.lost();
        assertFalse(commands.answered(first));
        Sent again = Objects.requireNonNull(commands.send());
        assertFalse(commands.answered(first));
        assertTrue(commands.answered(again));
        assertFalse(commands.answered(again));
    }

    private void holds(String... lines) {
        commands.hold(Stream.of(lines).map(CommandTuple::text).toList());
    }

    private List<String> sends() {
        List<String> lines = new ArrayList<>();
        for (Sent sent = commands.send(); sent != null; sent = commands.send()) {
            lines.addAll(sent.command().names());
        }
        return lines;
    }
}
