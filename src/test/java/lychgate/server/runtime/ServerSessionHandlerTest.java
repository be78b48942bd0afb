package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.plugin.ServerPlugin;
import lychgate.server.Game;
import lychgate.server.GameHost;
import lychgate.server.ServerSession;
import lychgate.session.CommandTuple;
import lychgate.testing.RecordingPortalSide.Ended;
import lychgate.testing.RecordingPortalSide.Sent;
import lychgate.testing.RecordingPortalSide.Told;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;
import lychgate.text.Markup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The ends of sessions and of games. */
class ServerSessionHandlerTest {
    private static final Markup NAME = Markup.of("Name? ");

    private final ScriptedGame game = new ScriptedGame();

    @RegisterExtension private final RunningGames games = new RunningGames(game);

    @Test
    void whatOneTurnTellsManySessionsEndsWithTheTurn() throws Exception {
        game.on(
                "all",
                session -> {
                    game.host().sessions().forEach(each -> each.msg("Hear, hear."));
                    session.data("room", 3);
                    session.disconnect(Markup.of("Bye."));
                });
        RunningGame run = games.run();
        Visitor anna = run.visitor().sees("Welcome.");
        Visitor bob = run.visitor().sees("Welcome.");
        run.rest();
        int before = run.portal().turns().size();
        anna.types("all");
        run.rest();
        assertEquals(
                List.of(List.of(anna.id(), anna.id(), anna.id(), anna.id(), bob.id())),
                run.portal().turns().stream()
                        .skip(before)
                        .map(turn -> turn.stream().map(Told::sessid).sorted().toList())
                        .toList());
    }

    @Test
    void gameSeesThatASessionHasEnded() throws Exception {
        Visitor visitor = games.greeted();
        visitor.goes();
        visitor.types("hello").seesNothing();
        assertEquals(List.of("opened 1", "greet 1", "closed 1"), game.told());
    }

    @Test
    void nothingIsSentToASessionThatHasEnded() throws Exception {
        Visitor visitor = games.greeted();
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
        Visitor visitor = games.greeted();
        visitor.types("ask").sees("prompt Name? ");
        visitor.goes();
        visitor.types("Anna").seesNothing();
        assertEquals(0, answers.get());
    }

    @Test
    void monitorEndsWithItsSession() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        game.atStart(host -> host.variable("LOOKS", _ -> looks.incrementAndGet()));
        Visitor visitor = games.greeted().sends("monitor", "LOOKS").looksAway();
        visitor.goes();
        game.host().run(() -> game.session(visitor.id()).changed("LOOKS"));
        visitor.seesNothing();
        assertEquals(0, looks.get());
    }

    @Test
    void repetitionEndsWithItsSession() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        game.atStart(host -> host.repeatable("tick", (_, _) -> calls.incrementAndGet()));
        Visitor visitor = games.greeted().sends("repeat", "tick", 5).looksAway();
        visitor.goes();
        games.first().pass(Duration.ofSeconds(60));
        assertEquals(0, calls.get());
    }

    @Test
    void gameEndsASessionWithALastWord() throws Exception {
        game.on("quit", session -> session.disconnect(Markup.of("|yFarewell!|n")));
        Visitor visitor = games.greeted();
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
        Visitor visitor = games.greeted();
        visitor.types("quit").sees("Your things are kept.");
        visitor.lastWord();
        List<Told> told = games.told(visitor);
        int end = told.indexOf(new Ended(visitor.id(), "Farewell!"));
        assertEquals(
                List.of(CommandTuple.text("Your things are kept.")),
                assertInstanceOf(Sent.class, told.get(end - 1)).commands());
    }

    @Test
    void nothingFollowsTheLastWord() throws Exception {
        game.on("quit", session -> session.disconnect(Markup.of("Farewell!")));
        Visitor visitor = games.greeted();
        visitor.types("quit", "hello");
        visitor.lastWord();
        visitor.seesNothing();
        assertFalse(games.told(visitor).getLast() instanceof Sent);
    }

    @Test
    void sessionThatWasToldToEndIsOpenNoMore() throws Exception {
        game.on("quit", session -> session.disconnect(Markup.of("Farewell!")));
        Visitor visitor = games.greeted();
        visitor.types("quit").lastWord();
        games.first().rest();
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
        Visitor visitor = games.greeted();
        visitor.types("quit").sees(Visitor.PROMPT, "One moment.");
        assertEquals("Farewell!", visitor.lastWord());
    }

    @Test
    void gameThatIsStoppedIsToldBehindWhatCameBefore() throws Exception {
        RunningGame run = games.run();
        run.visitor();
        run.close();
        assertEquals(List.of("opened 1", "greet 1", "stop"), game.told());
    }

    @Test
    void pluginsOfTheGameStartBehindItAndStopBeforeIt() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        RunningGame run =
                games.run(
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
        RunningGame run = games.run(RunningGame.start(new OrderedGame(order), fails));
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
        Visitor visitor = games.run(RunningGame.start(game, adds)).visitor();
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
        RunningGame run = games.run();
        GameHost.Timer every = game.host().every(Duration.ofSeconds(2), () -> rang.add("every"));
        game.host().after(Duration.ofSeconds(3), () -> rang.add("after"));
        run.pass(Duration.ofSeconds(2));
        run.pass(Duration.ofSeconds(2));
        every.cancel();
        run.pass(Duration.ofSeconds(9));
        assertEquals(List.of("every", "after", "every"), rang);
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
