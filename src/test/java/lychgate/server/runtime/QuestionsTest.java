package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.server.GameHost;
import lychgate.server.Message;
import lychgate.server.Secret;
import lychgate.server.ServerSession;
import lychgate.testing.Visitor;
import lychgate.text.Markup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.atomic.AtomicReference;

/** Questions that a game asks, and passwords. */
class QuestionsTest {
    private static final String FAILED =
            "That did not work. The trouble is on our side, and has been noted.";
    private static final Markup NAME = Markup.of("Name? ");
    private static final Markup PASSWORD = Markup.of("Password: ");
    private static final String HIDDEN = " {echo=false}";
    private static final String SHOWN = " {echo=true}";

    private final ScriptedGame game = new ScriptedGame();

    @RegisterExtension private final RunningGames games = new RunningGames(game);

    @Test
    void nextLineIsTheAnswerToAQuestion() throws Exception {
        game.on("ask", session -> askName(session, "Hello, {}."));
        Visitor visitor = games.greeted();
        visitor.types("ask").sees("prompt Name? ").seesNothing();
        visitor.types("Anna").sees("Hello, Anna.", Visitor.PROMPT);
        visitor.types("Anna").sees("You said Anna.", Visitor.PROMPT);
    }

    @Test
    void answerMayAskAgain() throws Exception {
        game.on(
                "ask",
                session -> session.ask(NAME, _ -> session.ask(NAME, _ -> session.msg("Done."))));
        Visitor visitor = games.greeted();
        visitor.types("ask", "a", "b", "c");
        visitor.sees("prompt Name? ", "prompt Name? ", "Done.", Visitor.PROMPT);
        visitor.sees("You said c.", Visitor.PROMPT);
    }

    @Test
    void outOfBandInputIsNoAnswer() throws Exception {
        game.on("ask", session -> askName(session, "Hello, {}."));
        Visitor visitor = games.greeted();
        visitor.types("ask").sees("prompt Name? ");
        visitor.sends("ping").sees("[\"ping\",[],{}]").seesNothing();
        visitor.types("Anna").sees("Hello, Anna.", Visitor.PROMPT);
    }

    @Test
    void textInDisguiseSlipsByNoQuestion() throws Exception {
        game.on("ask", session -> askName(session, "Hello, {}."));
        Visitor visitor = games.greeted();
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
        Visitor visitor = games.greeted();
        visitor.types("ask").sees("prompt Name? ");
        visitor.types("Anna").sees(FAILED, Visitor.PROMPT);
        visitor.types("hello").sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void passwordIsTypedUnseenAndWhatComesNextIsSeenAgain() throws Exception {
        game.on("login", session -> session.askSecret(PASSWORD, _ -> session.msg("Right.")));
        Visitor visitor = games.greeted();
        visitor.types("login").sees("prompt Password: " + HIDDEN).seesNothing();
        visitor.types("xyzzy").sees("Right." + SHOWN, Visitor.PROMPT);
        visitor.types("hello").sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void promptShowsAgainWhatIsTypedWhereThePasswordIsNotAnswered() throws Exception {
        game.on("login", session -> session.askSecret(PASSWORD, _ -> {}));
        Visitor visitor = games.greeted();
        visitor.types("login", "xyzzy").sees("prompt Password: " + HIDDEN, "prompt > " + SHOWN);
    }

    @Test
    void outOfBandCommandShowsNothingAgain() throws Exception {
        game.on(
                "login",
                session -> session.askSecret(PASSWORD, _ -> session.msg(Message.oob("logged_in"))));
        Visitor visitor = games.greeted();
        visitor.types("login", "xyzzy").sees("prompt Password: " + HIDDEN);
        visitor.sees("[\"logged_in\",[],{}]", "prompt > " + SHOWN);
    }

    @Test
    void secondPasswordFollowsWithoutAnythingBeingSeenBetween() throws Exception {
        game.on(
                "password",
                s -> s.askSecret(PASSWORD, _ -> s.askSecret(PASSWORD, _ -> s.msg("Changed."))));
        Visitor visitor = games.greeted();
        visitor.types("password", "one", "two");
        visitor.sees("prompt Password: " + HIDDEN, "prompt Password: " + HIDDEN);
        visitor.sees("Changed." + SHOWN, Visitor.PROMPT);
    }

    @Test
    void questionBehindAPasswordIsAnsweredSeen() throws Exception {
        game.on("new", s -> s.askSecret(PASSWORD, _ -> s.ask(NAME, _ -> s.msg("Done."))));
        Visitor visitor = games.greeted();
        visitor.types("new", "xyzzy", "Anna");
        visitor.sees("prompt Password: " + HIDDEN, "prompt Name? " + SHOWN);
        visitor.sees("Done.", Visitor.PROMPT);
    }

    @Test
    void wordsOfOthersDoNotUncoverThePasswordThatIsBeingTyped() throws Exception {
        game.on("login", session -> session.askSecret(PASSWORD, _ -> session.msg("Right.")));
        Visitor visitor = games.greeted();
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
        Visitor visitor = games.greeted();
        visitor.types("login", " p|r{ss word ").looksAway();
        assertEquals(new Secret(" p|r{ss word "), typed.get());
        assertEquals("(secret)", String.valueOf(typed.get()));
    }

    private static void askName(
            ServerSession session,
            @com.google.errorprone.annotations.CompileTimeConstant String template) {
        session.ask(NAME, name -> session.msg(Markup.of(template, name)));
    }
}
