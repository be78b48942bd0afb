package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.plugin.ServerPlugin;
import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.Secret;
import lychgate.server.ServerSession;
import lychgate.server.runtime.RecordingPortalSide.Consumed;
import lychgate.server.runtime.RecordingPortalSide.Ended;
import lychgate.server.runtime.RecordingPortalSide.LoggedIn;
import lychgate.server.runtime.RecordingPortalSide.Sent;
import lychgate.server.runtime.RecordingPortalSide.Told;
import lychgate.session.Activity;
import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.GameData;
import lychgate.session.Login;
import lychgate.session.Origin;
import lychgate.session.SessionSync;
import lychgate.text.Markup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class ServerSessionHandlerTest {
    private static final String SHOWN_AGAIN = Visitor.PROMPT + " {echo=true}";
    private static final String FAILED =
            "That did not work. The trouble is on our side, and has been noted.";
    private static final Markup NAME = Markup.of("Name? ");
    private static final Markup PASSWORD = Markup.of("Password: ");
    private static final String HIDDEN = " {echo=false}";
    private static final String SHOWN = " {echo=true}";

    private final ScriptedGame game = new ScriptedGame();
    private final List<RunningGame> running = new ArrayList<>();

    @AfterEach
    void stop() {
        running.forEach(RunningGame::close);
    }

    // Input and output.

    @Test
    void inputIsHandledInItsOrder() throws Exception {
        Visitor visitor = greeted();
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
        Visitor visitor = greeted();
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
        assertEquals(List.of(hello, hello, hello), greeted().types("hello").takes(3));
    }

    @Test
    void whatOneTurnSendsLeavesInOneGo() throws Exception {
        game.on(
                "three",
                session -> {
                    session.msg("one");
                    session.msg(Message.text("two"), Message.oob("three"));
                });
        Visitor visitor = greeted();
        visitor.types("three").untilPrompt();
        assertEquals(
                List.of(
                        CommandTuple.text("one"),
                        CommandTuple.text("two"),
                        CommandTuple.of("three"),
                        CommandTuple.of("prompt", "> ")),
                sent(visitor).getLast().commands());
    }

    @Test
    void largeOutputDoesNotWaitForTheEndOfTheTurn() throws Exception {
        String page = "x".repeat(10_000);
        game.on("pages", session -> session.msg(of(page), of(page), of(page)));
        Visitor visitor = greeted();
        int before = sent(visitor).size();
        visitor.types("pages").sees(page, page, page, Visitor.PROMPT);
        assertEquals(2, sent(visitor).size() - before);
    }

    @Test
    void portalIsToldHowMuchHasBeenConsumedBehindTheAnswers() throws Exception {
        Visitor visitor = greeted();
        visitor.types("a", "b").sends("ping").types("c").looksAway();
        List<Told> told = running.getFirst().portal().told(visitor.id());
        assertInstanceOf(Consumed.class, told.getLast());
        assertEquals(
                4, told.stream().mapToInt(t -> t instanceof Consumed c ? c.commands() : 0).sum());
    }

    @Test
    void lineThatWaitsIsNotConsumed() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        game.on("slow", session -> session.blocking(() -> waitFor(ready), _ -> {}));
        Visitor visitor = greeted();
        visitor.types("slow", "next").seesNothing();
        Stream<Told> told = running.getFirst().portal().told(visitor.id()).stream();
        assertEquals(1, told.mapToInt(t -> t instanceof Consumed c ? c.commands() : 0).sum());
        ready.countDown();
        visitor.sees(Visitor.PROMPT, "You said next.", Visitor.PROMPT);
    }

    @Test
    void wordsOfAnotherThreadComeBehindThoseThatTheGameThreadHadSent() throws Exception {
        game.on(
                "go",
                session -> {
                    session.msg("first");
                    Thread.ofVirtual().start(() -> session.msg("other thread"));
                });
        Visitor visitor = greeted();
        visitor.types("go").sees("first", Visitor.PROMPT, "other thread");
    }

    @Test
    void wordsOfOneThreadArriveInItsOrder() throws Exception {
        game.on("go", session -> Thread.ofVirtual().start(() -> count(session, 500)));
        Visitor visitor = greeted();
        visitor.types("go").sees(Visitor.PROMPT);
        visitor.sees(IntStream.range(0, 500).mapToObj(i -> i + ".").toArray(String[]::new));
    }

    @Test
    void everySessionHasItsOwnWords() throws Exception {
        RunningGame run = run();
        Visitor anna = run.visitor();
        Visitor ben = run.visitor();
        anna.types("a").sees("Welcome.", "You said a.", Visitor.PROMPT);
        ben.types("b").sees("Welcome.", "You said b.", Visitor.PROMPT);
    }

    @Test
    void hostSendsTheSameToMany() throws Exception {
        RunningGame run = run();
        Visitor anna = run.visitor().sees("Welcome.");
        Visitor ben = run.visitor().sees("Welcome.");
        GameHost host = game.host();
        host.run(() -> host.msg(host.sessions(), Message.text("The bell rings.")));
        anna.sees("The bell rings.");
        ben.sees("The bell rings.");
    }

    @Test
    void hostKnowsTheGameAndItsSessions() throws Exception {
        RunningGame run = run();
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
        RunningGame run = run();
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
        Visitor visitor = greeted();
        ClientFacts wide = ClientFacts.NONE.with(Fact.WIDTH, 132, "NAWS");
        running.getFirst().handler().factsChanged(visitor.id(), wide);
        visitor.types("width").sees("132", Visitor.PROMPT);
    }

    @Test
    void gameSeesEveryInputBeforeItIsHandled() throws Exception {
        Visitor visitor = greeted();
        visitor.types("hello").sends("Foo_Bar", 1).sends("ping").looksAway();
        assertEquals(
                List.of("opened 1", "greet 1", "input 1 text", "input 1 Foo_Bar", "input 1 ping"),
                game.told());
    }

    @Test
    void newsOfASessionThatIsNotThereIsPassedOver() throws Exception {
        RunningGame run = run();
        run.handler().settled(77);
        run.handler().factsChanged(77, ClientFacts.NONE);
        run.handler().dataIn(77, List.of(CommandTuple.text("hello")));
        run.handler().writable(77, false);
        run.handler().disconnected(77, "gone");
        run.rest();
        assertEquals(List.of(), game.told());
        assertEquals(List.of(), run.portal().told(77));
    }

    // The greeting.

    @Test
    void clientIsGreetedWhenItHasSettled() throws Exception {
        RunningGame run = run();
        Visitor visitor = run.newcomer("telnet", ClientFacts.NONE).seesNothing();
        run.handler().settled(visitor.id());
        visitor.sees("Welcome.");
    }

    @Test
    void clientThatDoesNotSettleIsGreetedAfterThreeTenthsOfASecond() throws Exception {
        RunningGame run = run();
        Visitor visitor = run.newcomer("telnet", ClientFacts.NONE);
        run.pass(Duration.ofMillis(299));
        visitor.seesNothing();
        run.pass(Duration.ofMillis(1));
        visitor.sees("Welcome.");
    }

    @Test
    void whoTypesBeforeHeWasGreetedIsGreetedFirst() throws Exception {
        Visitor visitor = run().newcomer("telnet", ClientFacts.NONE);
        visitor.types("hello").sees("Welcome.", "You said hello.", Visitor.PROMPT);
    }

    @Test
    void outOfBandInputDoesNotHurryTheGreeting() throws Exception {
        Visitor visitor = run().newcomer("telnet", ClientFacts.NONE);
        visitor.sends("ping").sees("[\"ping\",[],{}]").seesNothing();
    }

    @Test
    void clientIsGreetedOnce() throws Exception {
        RunningGame run = run();
        Visitor visitor = run.visitor();
        run.handler().settled(visitor.id());
        visitor.types("hello");
        run.pass(Duration.ofSeconds(1));
        visitor.sees("Welcome.", "You said hello.", Visitor.PROMPT).seesNothing();
    }

    @Test
    void whoIsGoneIsNotGreeted() throws Exception {
        RunningGame run = run();
        Visitor visitor = run.newcomer("telnet", ClientFacts.NONE);
        visitor.goes();
        run.pass(Duration.ofSeconds(1));
        visitor.seesNothing();
        assertEquals(List.of("opened 1", "closed 1"), game.told());
    }

    // Questions.

    @Test
    void nextLineIsTheAnswerToAQuestion() throws Exception {
        game.on("ask", session -> askName(session, "Hello, {}."));
        Visitor visitor = greeted();
        visitor.types("ask").sees("prompt Name? ").seesNothing();
        visitor.types("Anna").sees("Hello, Anna.", Visitor.PROMPT);
        visitor.types("Anna").sees("You said Anna.", Visitor.PROMPT);
    }

    @Test
    void answerMayAskAgain() throws Exception {
        game.on(
                "ask",
                session -> session.ask(NAME, _ -> session.ask(NAME, _ -> session.msg("Done."))));
        Visitor visitor = greeted();
        visitor.types("ask", "a", "b", "c");
        visitor.sees("prompt Name? ", "prompt Name? ", "Done.", Visitor.PROMPT);
        visitor.sees("You said c.", Visitor.PROMPT);
    }

    @Test
    void outOfBandInputIsNoAnswer() throws Exception {
        game.on("ask", session -> askName(session, "Hello, {}."));
        Visitor visitor = greeted();
        visitor.types("ask").sees("prompt Name? ");
        visitor.sends("ping").sees("[\"ping\",[],{}]").seesNothing();
        visitor.types("Anna").sees("Hello, Anna.", Visitor.PROMPT);
    }

    @Test
    void textInDisguiseSlipsByNoQuestion() throws Exception {
        game.on("ask", session -> askName(session, "Hello, {}."));
        Visitor visitor = greeted();
        visitor.types("ask").sees("prompt Name? ");
        visitor.sends(" text ", "hello").seesNothing();
        visitor.sends("TEXT", "Anna").sees("Hello, Anna.", Visitor.PROMPT);
    }

    @Test
    void answerThatFailsEndsTheQuestion() throws Exception {
        game.on(
                "ask",
                session ->
                        session.ask(
                                NAME,
                                _ -> {
                                    throw new IllegalStateException("on purpose");
                                }));
        Visitor visitor = greeted();
        visitor.types("ask").sees("prompt Name? ");
        visitor.types("Anna").sees(FAILED, Visitor.PROMPT);
        visitor.types("hello").sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void passwordIsTypedUnseenAndWhatComesNextIsSeenAgain() throws Exception {
        game.on("login", session -> session.askSecret(PASSWORD, _ -> session.msg("Right.")));
        Visitor visitor = greeted();
        visitor.types("login").sees("prompt Password: " + HIDDEN).seesNothing();
        visitor.types("xyzzy").sees("Right." + SHOWN, Visitor.PROMPT);
        visitor.types("hello").sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void promptShowsAgainWhatIsTypedWhereThePasswordIsNotAnswered() throws Exception {
        game.on("login", session -> session.askSecret(PASSWORD, _ -> {}));
        Visitor visitor = greeted();
        visitor.types("login", "xyzzy").sees("prompt Password: " + HIDDEN, "prompt > " + SHOWN);
    }

    @Test
    void outOfBandCommandShowsNothingAgain() throws Exception {
        game.on(
                "login",
                session -> session.askSecret(PASSWORD, _ -> session.msg(Message.oob("logged_in"))));
        Visitor visitor = greeted();
        visitor.types("login", "xyzzy").sees("prompt Password: " + HIDDEN);
        visitor.sees("[\"logged_in\",[],{}]", "prompt > " + SHOWN);
    }

    @Test
    void secondPasswordFollowsWithoutAnythingBeingSeenBetween() throws Exception {
        game.on(
                "password",
                s -> s.askSecret(PASSWORD, _ -> s.askSecret(PASSWORD, _ -> s.msg("Changed."))));
        Visitor visitor = greeted();
        visitor.types("password", "one", "two");
        visitor.sees("prompt Password: " + HIDDEN, "prompt Password: " + HIDDEN);
        visitor.sees("Changed." + SHOWN, Visitor.PROMPT);
    }

    @Test
    void questionBehindAPasswordIsAnsweredSeen() throws Exception {
        game.on("new", s -> s.askSecret(PASSWORD, _ -> s.ask(NAME, _ -> s.msg("Done."))));
        Visitor visitor = greeted();
        visitor.types("new", "xyzzy", "Anna");
        visitor.sees("prompt Password: " + HIDDEN, "prompt Name? " + SHOWN);
        visitor.sees("Done.", Visitor.PROMPT);
    }

    @Test
    void wordsOfOthersDoNotUncoverThePasswordThatIsBeingTyped() throws Exception {
        game.on("login", session -> session.askSecret(PASSWORD, _ -> session.msg("Right.")));
        Visitor visitor = greeted();
        visitor.types("login").sees("prompt Password: " + HIDDEN);
        GameHost host = game.host();
        host.run(() -> host.msg(host.sessions(), Message.text("The bell rings.")));
        visitor.sees("The bell rings.");
        visitor.types("xyzzy").sees("Right." + SHOWN, Visitor.PROMPT);
    }

    @Test
    void passwordIsWhatWasTypedAndShowsItselfNowhere() throws Exception {
        AtomicReference<Secret> typed = new AtomicReference<>();
        game.on("login", session -> session.askSecret(PASSWORD, typed::set));
        Visitor visitor = greeted();
        visitor.types("login", " p|r{ss word ").looksAway();
        assertEquals(new Secret(" p|r{ss word "), typed.get());
        assertEquals("(secret)", String.valueOf(typed.get()));
    }

    // Work that takes long.

    @Test
    void workIsDoneElsewhereAndItsResultOnTheGameThread() throws Exception {
        List<Boolean> onGameThread = Collections.synchronizedList(new ArrayList<>());
        game.on(
                "work",
                session ->
                        session.blocking(
                                () -> onGameThread.add(running.getFirst().handler().onGameThread()),
                                _ ->
                                        onGameThread.add(
                                                running.getFirst().handler().onGameThread())));
        greeted().types("work").sees(Visitor.PROMPT);
        assertEquals(List.of(false, true), onGameThread);
    }

    @Test
    void inputWaitsForTheWorkAndGoesOnInItsOrder() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        game.on(
                "work",
                session -> session.blocking(() -> waitFor(ready), _ -> session.msg("Worked.")));
        Visitor visitor = greeted();
        visitor.types("work", "a").types("b").seesNothing();
        ready.countDown();
        visitor.sees("Worked.", Visitor.PROMPT);
        visitor.sees("You said a.", Visitor.PROMPT, "You said b.", Visitor.PROMPT);
    }

    @Test
    void whatIsTypedAheadOfAStreamIsLeftToTheNextGame() throws Exception {
        game.on("stream", session -> session.stream(Stream.of(Message.text("One.")).iterator()));
        Visitor visitor = greeted();
        visitor.reads(false).types("stream", "a", "b");
        running.getFirst().rest();
        running.getFirst().close();
        assertEquals(
                Map.of(visitor.id(), List.of(CommandTuple.text("a"), CommandTuple.text("b"))),
                running.getFirst().handler().left());
    }

    @Test
    void othersDoNotWaitForTheWork() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        game.on("work", session -> session.blocking(() -> waitFor(ready), _ -> {}));
        Visitor visitor = greeted();
        visitor.types("work");
        running.getFirst()
                .visitor()
                .types("hello")
                .sees("Welcome.", "You said hello.", Visitor.PROMPT);
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
        Visitor visitor = greeted();
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
        Visitor visitor = greeted();
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
        Visitor visitor = greeted();
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
        Visitor visitor = greeted();
        visitor.types("work", "hello").sees(FAILED, Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void tooMuchWorkIsRefusedAndNothingWaitsForIt() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        List<Boolean> taken = Collections.synchronizedList(new ArrayList<>());
        game.on("work", s -> taken.add(s.blocking(() -> waitFor(ready), _ -> {})));
        RunningGame run = run();
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
        RunningGame run = run();
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
        RunningGame run = run();
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
        RunningGame run = run();
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
        RunningGame run = run();
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

    // Who somebody is.

    @Test
    void rightProofGivesWhatBelongsToIt() throws Exception {
        game.on("right", session -> prove(session, "rowan", true));
        greeted().types("right").sees("You are rowan.", Visitor.PROMPT);
        assertEquals(0, running.getFirst().meters().count("login failed"));
    }

    @Test
    void wrongProofsAreCountedAndTheFirstMayBeTriedAgainAtOnce() throws Exception {
        game.on("wrong", session -> prove(session, "rowan", false));
        Visitor visitor = greeted();
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            visitor.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        assertEquals(Guesses.FREE_OF_SOURCE, running.getFirst().meters().count("login failed"));
        assertEquals(0, running.getFirst().meters().count("login delayed"));
    }

    @Test
    void guessWaitsAfterManyAndWhatIsTypedMeanwhileComesBehindIt() throws Exception {
        game.on("wrong", session -> prove(session, "rowan", false));
        Visitor visitor = greeted();
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            visitor.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        visitor.types("wrong", "hello").seesNothing();
        running.getFirst().pass(Duration.ofMillis(499));
        visitor.seesNothing();
        running.getFirst().pass(Duration.ofMillis(2));
        visitor.sees("You are not.", Visitor.PROMPT, "You said hello.", Visitor.PROMPT);
        assertEquals(1, running.getFirst().meters().count("login delayed"));
    }

    @Test
    void othersAreNotSlowedByAnAddressThatGuesses() throws Exception {
        game.on("wrong", session -> prove(session, "rowan", false));
        game.on("right", session -> prove(session, "rowan", true));
        Visitor visitor = greeted();
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            visitor.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        visitor.types("wrong").seesNothing();
        running.getFirst()
                .visitor()
                .types("right")
                .sees("Welcome.", "You are rowan.", Visitor.PROMPT);
    }

    @Test
    void ownerIsNotSlowedByTheNeighboursWhoShareTheAddress() throws Exception {
        game.on("wrong", session -> prove(session, "ash", false));
        game.on("right", session -> prove(session, "rowan", true));
        game.on("in", session -> session.login(7, "Rowan"));
        RunningGame run = run();
        run.visitorFrom("192.0.2.1").types("in").sees("Welcome.", Visitor.PROMPT);
        Visitor guesser = run.visitorFrom("192.0.2.1").sees("Welcome.");
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            guesser.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        guesser.types("wrong").seesNothing();
        run.visitorFrom("192.0.2.1")
                .types("right")
                .sees("Welcome.", "You are rowan.", Visitor.PROMPT);
    }

    @Test
    void guessOfASessionThatHasGoneIsNotLookedAt() throws Exception {
        AtomicInteger looked = new AtomicInteger();
        game.on("wrong", session -> prove(session, "rowan", false));
        game.on(
                "last",
                session ->
                        session.authenticate(
                                "rowan",
                                () -> Optional.of(looked.incrementAndGet()),
                                _ -> session.msg("never")));
        RunningGame run = run();
        Visitor visitor = run.visitor().sees("Welcome.");
        for (int i = 0; i < Guesses.FREE_OF_SOURCE; i++) {
            visitor.types("wrong").sees("You are not.", Visitor.PROMPT);
        }
        visitor.types("last").goes();
        run.pass(Guesses.SLOWEST_SOURCE);
        run.visitor().types("wrong").sees("Welcome.", "You are not.", Visitor.PROMPT);
        assertEquals(0, looked.get());
    }

    private static void prove(ServerSession session, String name, boolean right) {
        session.authenticate(
                name,
                () -> right ? Optional.of(name) : Optional.empty(),
                found ->
                        session.msg(
                                found.isPresent()
                                        ? Markup.of("You are {}.", found.get())
                                        : Markup.of("You are not.")));
    }

    // Streams.

    @Test
    void streamArrivesInItsOrderWithTheAnswerBehindIt() throws Exception {
        game.on("count", session -> session.stream(numbers(3_000)));
        Visitor visitor = greeted();
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
        Visitor visitor = greeted();
        visitor.types("count", "hello");
        visitor.sees("0.", "1.", "That was all.", Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void emptyStreamIsAnswered() throws Exception {
        game.on("count", session -> session.stream(Collections.emptyIterator()));
        greeted().types("count").sees(Visitor.PROMPT);
    }

    @Test
    void streamWaitsForAClientThatDoesNotReadAndGoesOnWhenItDoes() throws Exception {
        game.on("count", session -> session.stream(numbers(2)));
        Visitor visitor = greeted().reads(false);
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
                        running.getFirst().handler().writable(1, given != 2);
                        return numbers.next();
                    }
                };
        game.on("count", session -> session.stream(fallsBehind));
        Visitor visitor = greeted();
        visitor.types("count").sees("0.", "1.").seesNothing();
        visitor.reads(true).sees("2.", "3.", Visitor.PROMPT);
    }

    @Test
    void othersHaveTheirTurnsWhileAStreamGoesOn() throws Exception {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        game.on("endless", session -> session.stream(while_(left)));
        Visitor visitor = greeted();
        visitor.types("endless", "hello");
        Visitor other = running.getFirst().visitor();
        other.types("hello").sees("Welcome.", "You said hello.", Visitor.PROMPT);
        left.set(0);
        assertTrue(visitor.untilPrompt().size() > 1);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void streamEndsWithItsSession() throws Exception {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        game.on("endless", session -> session.stream(while_(left)));
        Visitor visitor = greeted();
        visitor.types("endless", "hello").next();
        visitor.goes();
        running.getFirst().rest();
        int then = left.get();
        running.getFirst().rest();
        assertEquals(then, left.get());
        assertFalse(game.told().isEmpty());
        assertEquals("closed 1", game.told().getLast());
    }

    @Test
    void streamThatWaitsEndsWithItsSession() throws Exception {
        game.on("count", session -> session.stream(numbers(2)));
        Visitor visitor = greeted().reads(false).types("count");
        running.getFirst().rest();
        visitor.goes();
        visitor.reads(true).seesNothing();
    }

    @Test
    void streamThatFailsIsToldAndTheInputGoesOn() throws Exception {
        game.on("count", session -> session.stream(thatFailsAfter(1)));
        Visitor visitor = greeted();
        visitor.types("count", "hello").sees("0.", FAILED, Visitor.PROMPT);
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void streamThatFailsLaterIsToldToo() throws Exception {
        game.on("count", session -> session.stream(thatFailsAfter(10_000)));
        Visitor visitor = greeted();
        visitor.types("count", "hello");
        List<String> answer = visitor.untilPrompt();
        assertEquals(10_002, answer.size());
        assertEquals(FAILED, answer.get(10_000));
        visitor.sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void whatWaitsForTheClientToReadIsRunWhenItDoesAndElseAtOnce() throws Exception {
        game.on("when", session -> session.whenWritable(() -> session.msg("Now.")));
        Visitor visitor = greeted();
        visitor.types("when").sees("Now.", Visitor.PROMPT);
        visitor.reads(false).types("when").sees(Visitor.PROMPT).seesNothing();
        visitor.reads(true).sees("Now.");
        visitor.reads(false).reads(true).seesNothing();
    }

    @Test
    void sessionKnowsWhetherItsClientKeepsUp() throws Exception {
        game.on("writable", session -> session.msg(Markup.of("{}", session.writable())));
        Visitor visitor = greeted();
        visitor.reads(false).types("writable").sees("false", Visitor.PROMPT);
        visitor.reads(true).types("writable").sees("true", Visitor.PROMPT);
    }

    // What fails.

    @Test
    void commandThatFailsIsToldInOneSentenceWithoutNamesOfClasses() throws Exception {
        game.on(
                "fail",
                _ -> {
                    throw new IllegalStateException("lychgate.Secret at line 7");
                });
        Visitor visitor = greeted();
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
        Visitor visitor = greeted();
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
        RunningGame run = run();
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
        greeted().types("fail").sees("Half of it.", FAILED, Visitor.PROMPT);
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
        run(RunningGame.start(rude)).visitor().types("hello").sees(FAILED, "hello!");
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
        Visitor visitor = greeted();
        visitor.types("login").sees("anna true", Visitor.PROMPT);
        assertTrue(told(visitor).contains(new LoggedIn(visitor.id(), 7, "anna")));
    }

    @Test
    void whatTheGameKeepsWithASessionIsKeptByThePortal() throws Exception {
        game.on(
                "keep",
                session -> {
                    session.data("room", 3);
                    session.data("bag", List.of("lamp", Map.of("weight", 2.5f)));
                });
        Visitor visitor = greeted();
        visitor.types("keep").looksAway();
        assertEquals(
                Map.of("room", 3L, "bag", List.of("lamp", Map.of("weight", 2.5))),
                kept(visitor).data().serverData());
    }

    @Test
    void whatIsKeptIsTheSameBeforeARestartAndAfterIt() throws Exception {
        List<Boolean> found = Collections.synchronizedList(new ArrayList<>());
        game.on("keep", session -> session.data("room", 3))
                .on("find", session -> found.add(session.data("room") instanceof Long));
        Visitor visitor = greeted();
        visitor.types("keep", "find").looksAway();
        run(RunningGame.restart(game, kept(visitor))).present(1).types("find").untilPrompt();
        assertEquals(List.of(true, true), found);
    }

    @Test
    void nullTakesAwayWhatIsKept() throws Exception {
        game.on("keep", session -> session.data("room", 3))
                .on("drop", session -> session.data("room", null))
                .on("find", session -> session.msg(Markup.of("{}", session.data("room"))));
        Visitor visitor = greeted();
        visitor.types("keep", "drop", "find").looksAway();
        assertEquals(Map.of(), kept(visitor).data().serverData());
        visitor.types("find").sees("null", Visitor.PROMPT);
    }

    @Test
    void whatCannotBeKeptIsRefusedAndHarmsNothingElse() throws Exception {
        game.on("bad", session -> session.data("thread", Thread.currentThread()))
                .on("good", session -> session.data("room", 3));
        Visitor visitor = greeted();
        visitor.types("bad").sees(FAILED, Visitor.PROMPT);
        visitor.types("good").sees(Visitor.PROMPT);
        assertEquals(Map.of("room", 3L), kept(visitor).data().serverData());
    }

    @Test
    void whatTheGameLearnsIsKnownToBothSides() throws Exception {
        game.on(
                "width",
                session -> {
                    session.learned(Fact.WIDTH, 40, "player");
                    session.msg(Markup.of("{}", session.client().width()));
                });
        Visitor visitor = greeted();
        visitor.types("width").sees("40", Visitor.PROMPT);
        assertEquals("[width: 40 (player)]", kept(visitor).facts().toString());
    }

    // A restart.

    @Test
    void restartGivesTheSessionBack() throws Exception {
        Instant then = Instant.parse("2026-10-31T23:59:59.123456Z");
        SessionSync before =
                new SessionSync(
                        5,
                        new Origin("telnet", "2001:db8::7", "browser", null),
                        ClientFacts.NONE.with(Fact.COLOURS, ColourDepth.ANSI, "TTYPE"),
                        new Login(true, 42L, "anna", 43L),
                        new Activity(then, then.plusSeconds(1), then.plusSeconds(2), 99),
                        new GameData(Map.of("room", 3L), Map.of("more", "kept")));
        List<Object> found = Collections.synchronizedList(new ArrayList<>());
        game.on(
                "me",
                s ->
                        Collections.addAll(
                                found,
                                s.id(),
                                s.transport(),
                                s.address(),
                                String.valueOf(s.account()),
                                s.connected(),
                                s.client().colours(),
                                String.valueOf(s.data("room"))));
        RunningGame run = run(RunningGame.restart(game, before));
        Visitor visitor = run.present(5).seesNothing();
        visitor.types("me").sees(SHOWN_AGAIN);
        assertEquals(
                List.of(5L, "telnet", "2001:db8::7", "anna", then, ColourDepth.ANSI, "3"), found);
        assertEquals(List.of("restored 5", "input 5 text"), game.told());
    }

    @Test
    void whatAGameChangesAfterItsRestartLeavesTheRestAsItWas() throws Exception {
        Instant then = Instant.parse("2026-10-31T23:59:59Z");
        SessionSync before =
                new SessionSync(
                        5,
                        new Origin("telnet", "192.0.2.9", "browser", null),
                        ClientFacts.NONE,
                        new Login(true, 42L, "anna", 43L),
                        new Activity(then, then, then, 99),
                        new GameData(Map.of("room", 3L), Map.of("more", "kept")));
        game.on("move", session -> session.data("room", 4));
        RunningGame run = run(RunningGame.restart(game, before));
        run.present(5).types("move").sees(SHOWN_AGAIN);
        assertEquals(before.withServerData(Map.of("room", 4L)), run.portal().kept(5));
    }

    @Test
    void sessionThatIsLoggedInIsNotGreetedAgain() throws Exception {
        SessionSync before =
                SessionSync.opened(5, "telnet", "192.0.2.9", ClientFacts.NONE, Instant.EPOCH)
                        .withLogin(42, "anna");
        RunningGame run = run(RunningGame.restart(game, before));
        run.handler().settled(5);
        run.pass(Duration.ofSeconds(1));
        run.present(5).types("hello").sees("You said hello. {echo=true}", Visitor.PROMPT);
        assertFalse(game.told().contains("greet 5"));
    }

    /** What it was being asked is forgotten, and what is typed is to be seen again. */
    @Test
    void sessionAtTheLoginScreenIsGreetedAgain() throws Exception {
        SessionSync before =
                SessionSync.opened(5, "telnet", "192.0.2.9", ClientFacts.NONE, Instant.EPOCH);
        game.on("me", session -> session.msg(Markup.of("{}", session.account())));
        RunningGame run = run(RunningGame.restart(game, before));
        Visitor visitor = run.present(5);
        visitor.sees("Welcome. {echo=true}");
        visitor.types("me").sees("null", Visitor.PROMPT);
    }

    // The end.

    @Test
    void gameSeesThatASessionHasEnded() throws Exception {
        Visitor visitor = greeted();
        visitor.goes();
        visitor.types("hello").seesNothing();
        assertEquals(List.of("opened 1", "greet 1", "closed 1"), game.told());
    }

    @Test
    void nothingIsSentToASessionThatHasEnded() throws Exception {
        Visitor visitor = greeted();
        visitor.goes();
        visitor.seesNothing();
        ServerSession session = game.session(visitor.id());
        session.msg("Are you there?");
        visitor.seesNothing();
        assertFalse(session.open());
    }

    @Test
    void questionEndsWithItsSession() throws Exception {
        AtomicInteger answers = new AtomicInteger();
        game.on("ask", session -> session.ask(NAME, _ -> answers.incrementAndGet()));
        Visitor visitor = greeted();
        visitor.types("ask").sees("prompt Name? ");
        visitor.goes();
        visitor.types("Anna").seesNothing();
        assertEquals(0, answers.get());
    }

    @Test
    void monitorEndsWithItsSession() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        game.atStart(host -> host.variable("LOOKS", _ -> looks.incrementAndGet()));
        Visitor visitor = greeted().sends("monitor", "LOOKS").looksAway();
        visitor.goes();
        game.host().run(() -> game.session(visitor.id()).changed("LOOKS"));
        visitor.seesNothing();
        assertEquals(0, looks.get());
    }

    @Test
    void repetitionEndsWithItsSession() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        game.atStart(host -> host.repeatable("tick", (_, _) -> calls.incrementAndGet()));
        Visitor visitor = greeted().sends("repeat", "tick", 5).looksAway();
        visitor.goes();
        running.getFirst().pass(Duration.ofSeconds(60));
        assertEquals(0, calls.get());
    }

    @Test
    void gameEndsASessionWithALastWord() throws Exception {
        game.on("quit", session -> session.disconnect(Markup.of("|yFarewell!|n")));
        Visitor visitor = greeted();
        visitor.types("quit");
        assertEquals("Farewell!", visitor.lastWord());
    }

    @Test
    void whatWasSaidBeforeTheLastWordArrivesBeforeIt() throws Exception {
        game.on(
                "quit",
                session -> {
                    session.msg("Your things are kept.");
                    session.disconnect(Markup.of("Farewell!"));
                });
        Visitor visitor = greeted();
        visitor.types("quit").sees("Your things are kept.");
        visitor.lastWord();
        List<Told> told = told(visitor);
        int end = told.indexOf(new Ended(visitor.id(), "Farewell!"));
        assertEquals(
                List.of(CommandTuple.text("Your things are kept.")),
                assertInstanceOf(Sent.class, told.get(end - 1)).commands());
    }

    @Test
    void nothingFollowsTheLastWord() throws Exception {
        game.on("quit", session -> session.disconnect(Markup.of("Farewell!")));
        Visitor visitor = greeted();
        visitor.types("quit", "hello");
        visitor.lastWord();
        visitor.seesNothing();
        assertFalse(told(visitor).getLast() instanceof Sent);
    }

    @Test
    void sessionThatWasToldToEndIsOpenNoMore() throws Exception {
        game.on("quit", session -> session.disconnect(Markup.of("Farewell!")));
        Visitor visitor = greeted();
        visitor.types("quit").lastWord();
        running.getFirst().rest();
        assertFalse(game.session(visitor.id()).open());
        assertEquals(List.of(), game.host().sessions());
    }

    @Test
    void anotherThreadMayEndASessionBehindItsOwnWords() throws Exception {
        game.on(
                "quit",
                session ->
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            session.msg("One moment.");
                                            session.disconnect(Markup.of("Farewell!"));
                                        }));
        Visitor visitor = greeted();
        visitor.types("quit").sees(Visitor.PROMPT, "One moment.");
        assertEquals("Farewell!", visitor.lastWord());
    }

    @Test
    void gameThatIsStoppedIsToldBehindWhatCameBefore() throws Exception {
        RunningGame run = run();
        run.visitor();
        run.close();
        assertEquals(List.of("opened 1", "greet 1", "stop"), game.told());
    }

    @Test
    void pluginsOfTheGameStartBehindItAndStopBeforeIt() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        RunningGame run =
                run(
                        RunningGame.start(
                                new OrderedGame(order),
                                new OrderedPlugin("one", order),
                                new OrderedPlugin("two", order)));
        run.close();
        assertEquals(
                List.of(
                        "game starts",
                        "one starts",
                        "two starts",
                        "two stops",
                        "one stops",
                        "game stops"),
                order);
    }

    @Test
    void pluginThatFailsAtItsEndDoesNotKeepTheGameFromEnding() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        ServerPlugin fails =
                new ServerPlugin() {
                    @Override
                    public String name() {
                        return "fails";
                    }

                    @Override
                    public void start(GameHost host) {}

                    @Override
                    public void stop() {
                        throw new IllegalStateException("on purpose");
                    }
                };
        RunningGame run = run(RunningGame.start(new OrderedGame(order), fails));
        run.close();
        assertEquals(List.of("game starts", "game stops"), order);
    }

    @Test
    void pluginAddsAnInputFunc() throws Exception {
        ServerPlugin adds =
                new ServerPlugin() {
                    @Override
                    public String name() {
                        return "adds";
                    }

                    @Override
                    public void start(GameHost host) {
                        host.inputFunc("Greet", "Greets.", (s, _) -> s.msg("Hello there."));
                    }
                };
        Visitor visitor = run(RunningGame.start(game, adds)).visitor();
        visitor.sees("Welcome.").sends("greet").sees("Hello there.");
    }

    @Test
    void startThatFailsSaysWhy() {
        IOException why =
                assertThrows(
                        IOException.class,
                        () ->
                                RunningGame.start(
                                        game,
                                        new OrderedPlugin("x", new ArrayList<>()) {
                                            @Override
                                            public void start(GameHost host) throws IOException {
                                                throw new IOException("The map is missing.");
                                            }
                                        }));
        assertEquals("The map is missing.", why.getMessage());
    }

    @Test
    void errorAtTheStartEndsTheStart() {
        game.atStart(
                _ -> {
                    throw new NoClassDefFoundError("on purpose");
                });
        assertThrows(IllegalStateException.class, () -> RunningGame.start(game));
    }

    @Test
    void timersOfTheHostRing() throws Exception {
        List<String> rang = Collections.synchronizedList(new ArrayList<>());
        RunningGame run = run();
        GameHost.Timer every = game.host().every(Duration.ofSeconds(2), () -> rang.add("every"));
        game.host().after(Duration.ofSeconds(3), () -> rang.add("after"));
        run.pass(Duration.ofSeconds(2));
        run.pass(Duration.ofSeconds(2));
        every.cancel();
        run.pass(Duration.ofSeconds(9));
        assertEquals(List.of("every", "after", "every"), rang);
    }

    private RunningGame run() throws IOException {
        return run(RunningGame.start(game));
    }

    private RunningGame run(RunningGame started) {
        running.add(started);
        return started;
    }

    /** A client that has been greeted. */
    private Visitor greeted() throws IOException {
        return run().visitor().sees("Welcome.");
    }

    private List<Told> told(Visitor visitor) {
        running.getFirst().rest();
        return running.getFirst().portal().told(visitor.id());
    }

    private List<Sent> sent(Visitor visitor) {
        return told(visitor).stream().filter(Sent.class::isInstance).map(Sent.class::cast).toList();
    }

    private SessionSync kept(Visitor visitor) {
        running.getFirst().rest();
        return running.getFirst().portal().kept(visitor.id());
    }

    private static Message of(String words) {
        return Message.text(Markup.literal(words));
    }

    private static void askName(
            ServerSession session,
            @com.google.errorprone.annotations.CompileTimeConstant String template) {
        session.ask(NAME, name -> session.msg(Markup.of(template, name)));
    }

    private static void count(ServerSession session, int to) {
        numbers(to).forEachRemaining(session::msg);
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

    private static boolean waitFor(CountDownLatch latch) throws InterruptedException {
        return latch.await(20, TimeUnit.SECONDS);
    }

    /** A game that writes down when it starts and stops. */
    private record OrderedGame(List<String> order) implements Game {
        @Override
        public void start(GameHost host) {
            order.add("game starts");
        }

        @Override
        public void greet(ServerSession session) {}

        @Override
        public void text(ServerSession session, lychgate.text.PlayerText line) {}

        @Override
        public void stop() {
            order.add("game stops");
        }
    }

    /** A plugin that writes down when it starts and stops. */
    private static class OrderedPlugin implements ServerPlugin {
        private final String name;
        private final List<String> order;

        OrderedPlugin(String name, List<String> order) {
            this.name = name;
            this.order = order;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start(GameHost host) throws IOException {
            order.add(name + " starts");
        }

        @Override
        public void stop() {
            order.add(name + " stops");
        }
    }
}
