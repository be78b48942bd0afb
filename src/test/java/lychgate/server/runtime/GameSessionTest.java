package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.SessionSync;
import lychgate.testing.RecordingPortalSide.Consumed;
import lychgate.testing.RecordingPortalSide.LoggedIn;
import lychgate.testing.RecordingPortalSide.Moved;
import lychgate.testing.RecordingPortalSide.Sent;
import lychgate.testing.RecordingPortalSide.Told;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;
import lychgate.text.Markup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The calls of a game on a session, and their effect on the portal. */
class GameSessionTest {
    private static final String FAILED =
            "That did not work. The trouble is on our side, and has been noted.";

    private final ScriptedGame game = new ScriptedGame();

    @RegisterExtension private final RunningGames games = new RunningGames(game);

    // Input and output.

    @Test
    void inputIsHandledInItsOrder() throws Exception {
        Visitor visitor = games.greeted();
        visitor.types("a", "b").types("c");
        visitor.sees("You said a.", Visitor.PROMPT);
        visitor.sees("You said b.", Visitor.PROMPT);
        visitor.sees("You said c.", Visitor.PROMPT);
    }

    @Test
    void severalCommandsAreSentInOneCallInTheirOrder() throws Exception {
        game.on(
                "all",
                session ->
                        session.msg(
                                Message.text("Hello"),
                                Message.oob("room_info").arg(null).kwarg("num", 1),
                                Message.oob("bell"),
                                Message.prompt("? ")));
        Visitor visitor = games.greeted();
        visitor.types("all").sees("Hello", "[\"room_info\",[null],{\"num\":1}]");
        visitor.sees("[\"bell\",[],{}]", "prompt ? ", Visitor.PROMPT);
    }

    @Test
    void wordsMayBeAConstantOrMarkupOrAMessage() throws Exception {
        game.on(
                "hello",
                session -> {
                    session.msg("|rHello|n");
                    session.msg(Markup.of("|rHello|n"));
                    session.msg(Message.text("|rHello|n"));
                });
        CommandTuple hello = CommandTuple.text("|rHello|n");
        assertEquals(List.of(hello, hello, hello), games.greeted().types("hello").takes(3));
    }

    @Test
    void whatOneTurnSendsLeavesInOneGo() throws Exception {
        game.on(
                "three",
                session -> {
                    session.msg("one");
                    session.msg(Message.text("two"), Message.oob("three"));
                });
        Visitor visitor = games.greeted();
        visitor.types("three").untilPrompt();
        assertEquals(
                List.of(
                        CommandTuple.text("one"),
                        CommandTuple.text("two"),
                        CommandTuple.of("three"),
                        CommandTuple.of("prompt", "> ")),
                games.sent(visitor).getLast().commands());
    }

    @Test
    void largeOutputDoesNotWaitForTheEndOfTheTurn() throws Exception {
        String page = "x".repeat(10_000);
        game.on("pages", session -> session.msg(of(page), of(page), of(page)));
        Visitor visitor = games.greeted();
        int before = games.sent(visitor).size();
        visitor.types("pages").sees(page, page, page, Visitor.PROMPT);
        assertEquals(2, games.sent(visitor).size() - before);
    }

    @Test
    void portalIsToldHowMuchHasBeenConsumedBehindTheAnswers() throws Exception {
        Visitor visitor = games.greeted();
        visitor.types("a", "b").sends("ping").types("c").looksAway();
        List<Told> told = games.first().portal().told(visitor.id());
        assertInstanceOf(Consumed.class, told.getLast());
        assertEquals(
                4, told.stream().mapToInt(t -> t instanceof Consumed c ? c.commands() : 0).sum());
    }

    @Test
    void lineIsConsumedOnceWhatItBeganNoLongerHoldsTheNext() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        game.on("slow", session -> session.blocking(() -> waitFor(ready), _ -> {}));
        Visitor visitor = games.greeted();
        visitor.types("slow", "next").seesNothing();
        assertEquals(0, consumed(visitor));
        ready.countDown();
        visitor.sees(Visitor.PROMPT, "You said next.", Visitor.PROMPT);
        games.first().rest();
        assertEquals(2, consumed(visitor));
    }

    @Test
    void secretIsAskedForBeforeTheLineWhoseOutcomeAsksForItIsConsumed() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        game.on(
                "connect",
                session ->
                        session.blocking(
                                () -> waitFor(ready),
                                _ -> session.askSecret(Markup.of("Password: "), _ -> {})));
        Visitor visitor = games.greeted();
        visitor.types("connect").seesNothing();
        assertEquals(0, consumed(visitor));
        ready.countDown();
        visitor.sees("prompt Password:  {echo=false}");
        List<Told> told = games.told(visitor);
        assertEquals(new Consumed(visitor.id(), 1), told.getLast());
        assertInstanceOf(Sent.class, told.get(told.size() - 2));
    }

    @Test
    void lineOfAStreamIsConsumedAtItsEnd() throws Exception {
        game.on(
                "read",
                session ->
                        session.stream(
                                Stream.of(Message.text("One."), Message.text("Two.")).iterator()));
        Visitor visitor = games.greeted().reads(false);
        visitor.types("read").seesNothing();
        assertEquals(0, consumed(visitor));
        visitor.reads(true).sees("One.", "Two.", Visitor.PROMPT);
        games.first().rest();
        assertEquals(1, consumed(visitor));
    }

    @Test
    void lineWhoseStreamTheGameDoesNotOutliveIsConsumed() throws Exception {
        game.on("read", session -> session.stream(Stream.of(Message.text("One.")).iterator()));
        Visitor visitor = games.greeted().reads(false);
        visitor.types("read").seesNothing();
        games.first().close();
        assertEquals(1, consumed(visitor));
    }

    private int consumed(Visitor visitor) {
        return games.first().portal().told(visitor.id()).stream()
                .mapToInt(t -> t instanceof Consumed c ? c.commands() : 0)
                .sum();
    }

    @Test
    void wordsOfAnotherThreadComeBehindThoseThatTheGameThreadHadSent() throws Exception {
        game.on(
                "go",
                session -> {
                    session.msg("first");
                    Thread.ofVirtual().start(() -> session.msg("other thread"));
                });
        Visitor visitor = games.greeted();
        visitor.types("go").sees("first", Visitor.PROMPT, "other thread");
    }

    @Test
    void wordsOfOneThreadArriveInItsOrder() throws Exception {
        game.on("go", session -> Thread.ofVirtual().start(() -> count(session, 500)));
        Visitor visitor = games.greeted();
        visitor.types("go").sees(Visitor.PROMPT);
        visitor.sees(IntStream.range(0, 500).mapToObj(i -> i + ".").toArray(String[]::new));
    }

    @Test
    void everySessionHasItsOwnWords() throws Exception {
        RunningGame run = games.run();
        Visitor anna = run.visitor();
        Visitor ben = run.visitor();
        anna.types("a").sees("Welcome.", "You said a.", Visitor.PROMPT);
        ben.types("b").sees("Welcome.", "You said b.", Visitor.PROMPT);
    }

    @Test
    void hostSendsTheSameToMany() throws Exception {
        RunningGame run = games.run();
        Visitor anna = run.visitor().sees("Welcome.");
        Visitor ben = run.visitor().sees("Welcome.");
        GameHost host = game.host();
        host.run(() -> host.msg(host.sessions(), Message.text("The bell rings.")));
        anna.sees("The bell rings.");
        ben.sees("The bell rings.");
    }

    @Test
    void hostKnowsTheGameAndItsSessions() throws Exception {
        RunningGame run = games.run();
        Visitor visitor = run.visitor();
        run.rest();
        GameHost host = game.host();
        assertEquals(RunningGame.NAME, host.gameName());
        assertEquals("1.2.3", host.version());
        assertEquals(RunningGame.STARTED, host.started());
        assertEquals(List.of(visitor.id()), host.sessions().stream().map(s -> s.id()).toList());
        visitor.goes();
        run.rest();
        assertEquals(List.of(), host.sessions());
    }

    @Test
    void sessionIsWhatThePortalSaidOfIt() throws Exception {
        List<Object> said = Collections.synchronizedList(new ArrayList<>());
        game.on(
                "me",
                s ->
                        Collections.addAll(
                                said,
                                s.id(),
                                s.transport(),
                                s.address(),
                                s.client().width(),
                                s.connected(),
                                s.open(),
                                s.writable(),
                                s.loggedIn()));
        RunningGame run = games.run();
        Visitor visitor = run.visitor("ssh", ClientFacts.NONE.with(Fact.WIDTH, 100, "pty"));
        visitor.types("me").looksAway();
        assertEquals(
                List.of(
                        1L,
                        "ssh",
                        "192.0.2.1",
                        100,
                        Instant.parse("2026-11-01T12:34:56Z"),
                        true,
                        true,
                        false),
                said);
    }

    @Test
    void whatIsLearnedOnTheWayIsKnownToTheNextCommand() throws Exception {
        game.on("width", session -> session.msg(Markup.of("{}", session.client().width())));
        Visitor visitor = games.greeted();
        ClientFacts wide = ClientFacts.NONE.with(Fact.WIDTH, 132, "NAWS");
        games.first().handler().factsChanged(visitor.id(), wide);
        visitor.types("width").sees("132", Visitor.PROMPT);
    }

    @Test
    void gameSeesEveryInputBeforeItIsHandled() throws Exception {
        Visitor visitor = games.greeted();
        visitor.types("hello").sends("Foo_Bar", 1).sends("ping").looksAway();
        assertEquals(
                List.of("opened 1", "greet 1", "input 1 text", "input 1 Foo_Bar", "input 1 ping"),
                game.told());
    }

    @Test
    void newsOfASessionThatIsNotThereIsPassedOver() throws Exception {
        RunningGame run = games.run();
        run.handler().settled(77);
        run.handler().factsChanged(77, ClientFacts.NONE);
        run.handler().dataIn(77, List.of(CommandTuple.text("hello")));
        run.handler().writable(77, false);
        run.handler().disconnected(77, "gone");
        run.rest();
        assertEquals(List.of(), game.told());
        assertEquals(List.of(), run.portal().told(77));
    }

    @Test
    void sessionThatIsMovedLeavesTheRestOfItsInputToTheOtherGame() throws Exception {
        List<Boolean> moved = new CopyOnWriteArrayList<>();
        game.on(
                "go",
                session -> {
                    session.msg("Farewell.");
                    moved.add(session.move("west"));
                    moved.add(session.move("east"));
                    session.msg("Nobody sees this.");
                });
        Visitor visitor = games.greeted();
        games.first().portal().knowsShards(Set.of("east"));
        assertEquals(Set.of("east"), game.host().shards());
        visitor.types("go", "for the other game").sees("Farewell.");
        List<Told> told = games.told(visitor);
        assertEquals(
                List.of(new Consumed(visitor.id(), 1), new Moved(visitor.id(), "east")),
                told.subList(told.size() - 2, told.size()));
        assertEquals(List.of(false, true), moved);
    }

    @Test
    void sessionFromAnotherShardHasArrivedAndIsNotGreeted() throws Exception {
        SessionSync sync =
                SessionSync.opened(77, "ssh", "192.0.2.7", ClientFacts.NONE, Instant.EPOCH)
                        .withLogin(7, "anna")
                        .withServerData(Map.of("room", 5L));
        games.run().portal().keep(sync);
        games.first().handler().arrived(sync);
        games.first().rest();
        assertEquals(List.of("arrived 77 anna"), game.told());
    }

    // What the portal keeps.

    @Test
    void loginIsToldToThePortal() throws Exception {
        game.on(
                "login",
                session -> {
                    session.login(7, "anna");
                    session.msg(Markup.of("{} {}", session.account(), session.loggedIn()));
                });
        Visitor visitor = games.greeted();
        visitor.types("login").sees("anna true", Visitor.PROMPT);
        assertTrue(games.told(visitor).contains(new LoggedIn(visitor.id(), 7, "anna")));
    }

    @Test
    void whatTheGameKeepsWithASessionIsKeptByThePortal() throws Exception {
        game.on(
                "keep",
                session -> {
                    session.data("room", 3);
                    session.data("bag", List.of("lamp", Map.of("weight", 2.5f)));
                });
        Visitor visitor = games.greeted();
        visitor.types("keep").looksAway();
        assertEquals(
                Map.of("room", 3L, "bag", List.of("lamp", Map.of("weight", 2.5))),
                games.kept(visitor).data().serverData());
    }

    @Test
    void whatIsKeptIsTheSameBeforeARestartAndAfterIt() throws Exception {
        List<Boolean> found = Collections.synchronizedList(new ArrayList<>());
        game.on("keep", session -> session.data("room", 3))
                .on("find", session -> found.add(session.data("room") instanceof Long));
        Visitor visitor = games.greeted();
        visitor.types("keep", "find").looksAway();
        games.run(RunningGame.restart(game, games.kept(visitor)))
                .present(1)
                .types("find")
                .untilPrompt();
        assertEquals(List.of(true, true), found);
    }

    @Test
    void nullTakesAwayWhatIsKept() throws Exception {
        game.on("keep", session -> session.data("room", 3))
                .on("drop", session -> session.data("room", null))
                .on("find", session -> session.msg(Markup.of("{}", session.data("room"))));
        Visitor visitor = games.greeted();
        visitor.types("keep", "drop", "find").looksAway();
        assertEquals(Map.of(), games.kept(visitor).data().serverData());
        visitor.types("find").sees("null", Visitor.PROMPT);
    }

    @Test
    void whatCannotBeKeptIsRefusedAndHarmsNothingElse() throws Exception {
        game.on("bad", session -> session.data("thread", Thread.currentThread()))
                .on("good", session -> session.data("room", 3));
        Visitor visitor = games.greeted();
        visitor.types("bad").sees(FAILED, Visitor.PROMPT);
        visitor.types("good").sees(Visitor.PROMPT);
        assertEquals(Map.of("room", 3L), games.kept(visitor).data().serverData());
    }

    @Test
    void whatTheGameLearnsIsKnownToBothSides() throws Exception {
        game.on(
                "width",
                session -> {
                    session.learned(Fact.WIDTH, 40, "player");
                    session.msg(Markup.of("{}", session.client().width()));
                });
        Visitor visitor = games.greeted();
        visitor.types("width").sees("40", Visitor.PROMPT);
        assertEquals("[width: 40 (player)]", games.kept(visitor).facts().toString());
    }

    private static Message of(String words) {
        return Message.text(Markup.literal(words));
    }

    private static void count(ServerSession session, int to) {
        numbers(to).forEachRemaining(session::msg);
    }

    private static Iterator<Message> numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Message.text(Markup.of("{}.", i)))
                .iterator();
    }

    private static boolean waitFor(CountDownLatch latch) throws InterruptedException {
        return latch.await(20, TimeUnit.SECONDS);
    }
}
