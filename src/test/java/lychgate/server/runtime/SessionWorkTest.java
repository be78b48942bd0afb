package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.session.CommandTuple;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;
import lychgate.text.Markup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Game code that blocks or fails. */
class SessionWorkTest {
    private static final String FAILED =
            "That did not work. The trouble is on our side, and has been noted.";

    private final ScriptedGame game = new ScriptedGame();

    @RegisterExtension private final RunningGames games = new RunningGames(game);

    // Work that takes long.

    @Test
    void workIsDoneElsewhereAndItsResultOnTheGameThread() throws Exception {
        List<Boolean> onGameThread = Collections.synchronizedList(new ArrayList<>());
        game.on(
                "work",
                session ->
                        session.blocking(
                                () -> onGameThread.add(games.first().handler().onGameThread()),
                                _ -> onGameThread.add(games.first().handler().onGameThread())));
        games.greeted().types("work").sees(Visitor.PROMPT);
        assertEquals(List.of(false, true), onGameThread);
    }

    @Test
    void inputWaitsForTheWorkAndGoesOnInItsOrder() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        game.on(
                "work",
                session -> session.blocking(() -> waitFor(ready), _ -> session.msg("Worked.")));
        Visitor visitor = games.greeted();
        visitor.types("work", "a").types("b").seesNothing();
        ready.countDown();
        visitor.sees("Worked.", Visitor.PROMPT);
        visitor.sees("You said a.", Visitor.PROMPT, "You said b.", Visitor.PROMPT);
    }

    @Test
    void whatIsTypedAheadOfAStreamIsLeftToTheNextGame() throws Exception {
        game.on("stream", session -> session.stream(Stream.of(Message.text("One.")).iterator()));
        Visitor visitor = games.greeted();
        visitor.reads(false).types("stream", "a", "b");
        games.first().rest();
        games.first().close();
        assertEquals(
                Map.of(visitor.id(), List.of(CommandTuple.text("a"), CommandTuple.text("b"))),
                games.first().handler().left());
    }

    @Test
    void othersDoNotWaitForTheWork() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        game.on("work", session -> session.blocking(() -> waitFor(ready), _ -> {}));
        Visitor visitor = games.greeted();
        visitor.types("work");
        games.first().visitor().types("hello").sees("Welcome.", "You said hello.", Visitor.PROMPT);
        ready.countDown();
        visitor.sees(Visitor.PROMPT);
    }

    @Test
    void secondWorkHoldsTheInputToo() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        game.on(
                "work",
                session -> {
                    session.blocking(() -> waitFor(first), _ -> session.msg("First."));
                    session.blocking(() -> waitFor(second), _ -> session.msg("Second."));
                });
        Visitor visitor = games.greeted();
        visitor.types("work", "a");
        first.countDown();
        visitor.sees("First.").seesNothing();
        second.countDown();
        visitor.sees("Second.", Visitor.PROMPT, "You said a.", Visitor.PROMPT);
    }

    @Test
    void workThatFailsIsToldToThePlayerAndNothingElse() throws Exception {
        game.on(
                "work",
                session ->
                        session.blocking(
                                () -> {
                                    throw new IOException("disk /dev/sda1 is full");
                                },
                                _ -> session.msg("never")));
        Visitor visitor = games.greeted();
        visitor.types("work", "hello").sees(FAILED, Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void workThatEndsInAnErrorLetsTheInputGoOn() throws Exception {
        game.on(
                "work",
                session ->
                        session.blocking(
                                () -> {
                                    throw new StackOverflowError("on purpose");
                                },
                                _ -> {}));
        Visitor visitor = games.greeted();
        visitor.types("work", "hello").sees(FAILED, Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void resultThatFailsIsToldToThePlayer() throws Exception {
        game.on(
                "work",
                session ->
                        session.blocking(
                                () -> "result",
                                _ -> {
                                    throw new IllegalStateException("on purpose");
                                }));
        Visitor visitor = games.greeted();
        visitor.types("work", "hello").sees(FAILED, Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void tooMuchWorkIsRefusedAndNothingWaitsForIt() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        List<Boolean> taken = Collections.synchronizedList(new ArrayList<>());
        game.on("work", s -> taken.add(s.blocking(() -> waitFor(ready), _ -> {})));
        RunningGame run = games.run();
        for (int i = 0; i < 9; i++) { // one that works, eight that wait
            run.visitorFrom("192.0.2.1").types("work").looksAway();
        }
        Visitor last = run.visitorFrom("192.0.2.1").types("work").sees("Welcome.", Visitor.PROMPT);
        assertEquals(Collections.nCopies(9, true), taken.subList(0, 9));
        assertEquals(false, taken.get(9));
        assertEquals(1, run.meters().count("refused workers"));
        last.types("hello").sees("You said hello.", Visitor.PROMPT);
        ready.countDown();
    }

    @Test
    void resultForASessionThatIsGoneIsDropped() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        AtomicInteger results = new AtomicInteger();
        game.on(
                "work",
                session -> session.blocking(() -> waitFor(ready), _ -> results.incrementAndGet()));
        RunningGame run = games.run();
        Visitor visitor = run.visitor().sees("Welcome.").types("work", "hello");
        run.rest();
        visitor.goes();
        run.rest();
        ready.countDown();
        run.visitor().types("work").sees("Welcome.", Visitor.PROMPT); // behind it
        assertEquals(1, results.get());
        visitor.seesNothing();
    }

    @Test
    void oneAddressWithMuchWorkKeepsNobodyElseOut() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        game.on("work", session -> session.blocking(() -> waitFor(ready), _ -> {}));
        game.on("quick", session -> session.blocking(() -> "", _ -> session.msg("Done.")));
        RunningGame run = games.run();
        for (int i = 0; i < 30; i++) {
            run.visitorFrom("192.0.2.1").types("work");
        }
        run.visitorFrom("192.0.2.2").types("quick").sees("Welcome.", "Done.", Visitor.PROMPT);
        ready.countDown();
    }

    @Test
    void subscribersIpv6NetworkCountsAsOneAddress() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        game.on("work", session -> session.blocking(() -> waitFor(ready), _ -> {}));
        game.on("quick", session -> session.blocking(() -> "", _ -> session.msg("Done.")));
        RunningGame run = games.run();
        for (int i = 0; i < 30; i++) {
            run.visitorFrom("2001:db8::" + i).types("work");
        }
        run.visitorFrom("2001:db8:0:1::1").types("quick").sees("Welcome.", "Done.", Visitor.PROMPT);
        ready.countDown();
    }

    @Test
    void workOfTheGameItselfIsDoneElsewhereAndItsResultOnTheGameThread() throws Exception {
        List<Boolean> onGameThread = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        RunningGame run = games.run();
        GameHost host = run.handler().host();
        run.handler()
                .run(
                        () ->
                                host.blocking(
                                        () -> onGameThread.add(run.handler().onGameThread()),
                                        _ -> {
                                            onGameThread.add(run.handler().onGameThread());
                                            done.countDown();
                                        }));
        waitFor(done);
        assertEquals(List.of(false, true), onGameThread);
    }

    // What fails.

    @Test
    void commandThatFailsIsToldInOneSentenceWithoutNamesOfClasses() throws Exception {
        game.on(
                "fail",
                _ -> {
                    throw new IllegalStateException("lychgate.Secret at line 7");
                });
        Visitor visitor = games.greeted();
        visitor.types("fail", "hello").sees(FAILED, Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void errorInACommandEndsNothingButTheCommand() throws Exception {
        game.on(
                "fail",
                _ -> {
                    throw new StackOverflowError("on purpose");
                });
        Visitor visitor = games.greeted();
        visitor.types("fail", "hello").sees(FAILED, Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void commandThatFailsIsSeenByNobodyElse() throws Exception {
        game.on(
                "fail",
                _ -> {
                    throw new IllegalStateException("on purpose");
                });
        RunningGame run = games.run();
        Visitor other = run.visitor().sees("Welcome.");
        run.visitor().types("fail").sees("Welcome.", FAILED, Visitor.PROMPT);
        other.seesNothing().types("hello").sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void whatWasSaidBeforeTheFailureIsNotLost() throws Exception {
        game.on(
                "fail",
                session -> {
                    session.msg("Half of it.");
                    throw new IllegalStateException("on purpose");
                });
        games.greeted().types("fail").sees("Half of it.", FAILED, Visitor.PROMPT);
    }

    @Test
    void greetingThatFailsLeavesThePlayerInTheGame() throws Exception {
        Game rude =
                new Game() {
                    @Override
                    public void start(GameHost host) {}

                    @Override
                    public void greet(ServerSession session) {
                        throw new IllegalStateException("on purpose");
                    }

                    @Override
                    public void text(ServerSession session, lychgate.text.PlayerText line) {
                        session.msg(Markup.of("{}!", line));
                    }
                };
        games.run(RunningGame.start(rude)).visitor().types("hello").sees(FAILED, "hello!");
    }

    private static boolean waitFor(CountDownLatch latch) throws InterruptedException {
        return latch.await(20, TimeUnit.SECONDS);
    }
}
