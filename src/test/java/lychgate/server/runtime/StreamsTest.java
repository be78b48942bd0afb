package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.server.Message;
import lychgate.testing.Visitor;
import lychgate.text.Markup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Streaming output at the speed of the client. */
class StreamsTest {
    private static final String FAILED =
            "That did not work. The trouble is on our side, and has been noted.";

    private final ScriptedGame game = new ScriptedGame();

    @RegisterExtension private final RunningGames games = new RunningGames(game);

    @Test
    void streamArrivesInItsOrderWithTheAnswerBehindIt() throws Exception {
        game.on("count", session -> session.stream(numbers(3_000)));
        Visitor visitor = games.greeted();
        visitor.types("count", "hello");
        visitor.sees(IntStream.range(0, 3_000).mapToObj(i -> i + ".").toArray(String[]::new));
        visitor.sees(Visitor.PROMPT, "You said hello.", Visitor.PROMPT);
    }

    @Test
    void whatACommandSaysBehindAShortStreamComesBeforeTheNextCommand() throws Exception {
        game.on(
                "count",
                session -> {
                    session.stream(numbers(2));
                    session.msg("That was all.");
                });
        Visitor visitor = games.greeted();
        visitor.types("count", "hello");
        visitor.sees("0.", "1.", "That was all.", Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void emptyStreamIsAnswered() throws Exception {
        game.on("count", session -> session.stream(Collections.emptyIterator()));
        games.greeted().types("count").sees(Visitor.PROMPT);
    }

    @Test
    void streamWaitsForAClientThatDoesNotReadAndGoesOnWhenItDoes() throws Exception {
        game.on("count", session -> session.stream(numbers(2)));
        Visitor visitor = games.greeted().reads(false);
        visitor.types("count", "hello").seesNothing();
        visitor.reads(true).sees("0.", "1.", Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void streamStopsInTheMiddleForAClientThatFallsBehind() throws Exception {
        Iterator<Message> numbers = numbers(4);
        Iterator<Message> fallsBehind =
                new Iterator<>() {
                    private int given;

                    @Override
                    public boolean hasNext() {
                        return numbers.hasNext();
                    }

                    @Override
                    public Message next() {
                        given++;
                        games.first().handler().writable(1, given != 2);
                        return numbers.next();
                    }
                };
        game.on("count", session -> session.stream(fallsBehind));
        Visitor visitor = games.greeted();
        visitor.types("count").sees("0.", "1.").seesNothing();
        visitor.reads(true).sees("2.", "3.", Visitor.PROMPT);
    }

    @Test
    void othersHaveTheirTurnsWhileAStreamGoesOn() throws Exception {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        game.on("endless", session -> session.stream(while_(left)));
        Visitor visitor = games.greeted();
        visitor.types("endless", "hello");
        Visitor other = games.first().visitor();
        other.types("hello").sees("Welcome.", "You said hello.", Visitor.PROMPT);
        left.set(0);
        assertTrue(visitor.untilPrompt().size() > 1);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void streamEndsWithItsSession() throws Exception {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        game.on("endless", session -> session.stream(while_(left)));
        Visitor visitor = games.greeted();
        visitor.types("endless", "hello").next();
        visitor.goes();
        games.first().rest();
        int then = left.get();
        games.first().rest();
        assertEquals(then, left.get());
        assertFalse(game.told().isEmpty());
        assertEquals("closed 1", game.told().getLast());
    }

    @Test
    void streamThatWaitsEndsWithItsSession() throws Exception {
        game.on("count", session -> session.stream(numbers(2)));
        Visitor visitor = games.greeted().reads(false).types("count");
        games.first().rest();
        visitor.goes();
        visitor.reads(true).seesNothing();
    }

    @Test
    void streamThatFailsIsToldAndTheInputGoesOn() throws Exception {
        game.on("count", session -> session.stream(thatFailsAfter(1)));
        Visitor visitor = games.greeted();
        visitor.types("count", "hello").sees("0.", FAILED, Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void streamThatFailsLaterIsToldToo() throws Exception {
        game.on("count", session -> session.stream(thatFailsAfter(10_000)));
        Visitor visitor = games.greeted();
        visitor.types("count", "hello");
        List<String> answer = visitor.untilPrompt();
        assertEquals(10_002, answer.size());
        assertEquals(FAILED, answer.get(10_000));
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void whatWaitsForTheClientToReadIsRunWhenItDoesAndElseAtOnce() throws Exception {
        game.on("when", session -> session.whenWritable(() -> session.msg("Now.")));
        Visitor visitor = games.greeted();
        visitor.types("when").sees("Now.", Visitor.PROMPT);
        visitor.reads(false).types("when").sees(Visitor.PROMPT).seesNothing();
        visitor.reads(true).sees("Now.");
        visitor.reads(false).reads(true).seesNothing();
    }

    @Test
    void sessionKnowsWhetherItsClientKeepsUp() throws Exception {
        game.on("writable", session -> session.msg(Markup.of("{}", session.writable())));
        Visitor visitor = games.greeted();
        visitor.reads(false).types("writable").sees("false", Visitor.PROMPT);
        visitor.reads(true).types("writable").sees("true", Visitor.PROMPT);
    }

    private static Iterator<Message> numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Message.text(Markup.of("{}.", i)))
                .iterator();
    }

    /** Messages as long as there are some left. */
    private static Iterator<Message> while_(AtomicInteger left) {
        return Stream.generate(() -> Message.text("on and on"))
                .takeWhile(_ -> left.getAndDecrement() > 0)
                .iterator();
    }

    private static Iterator<Message> thatFailsAfter(int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(
                        i -> {
                            if (i == count) {
                                throw new IllegalStateException("on purpose");
                            }
                            return Message.text(Markup.of("{}.", i));
                        })
                .iterator();
    }
}
