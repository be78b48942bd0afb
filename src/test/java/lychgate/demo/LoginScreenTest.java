package lychgate.demo;

import static lychgate.demo.PlayedGatehouse.answer;
import static lychgate.demo.PlayedGatehouse.names;
import static lychgate.demo.PlayedGatehouse.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.testing.RecordingPortalSide.LoggedIn;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Commands before login, and the ways to log in. */
class LoginScreenTest implements PlayedGatehouse {
    private final RunningGame game;

    LoginScreenTest(@TempDir Path folder) throws IOException {
        game = PlayedGatehouse.start(folder);
    }

    @Override
    public RunningGame game() {
        return game;
    }

    @Test
    void provenAccountIsInAtOnce() {
        atTheGate().asks("create Medlar " + PASSWORD);
        Visitor visitor = game.visitor(new Claim("medlar", true));
        assertEquals(answer("Medlar"), visitor.next());
        assertEquals("Medlar", loggedIn(visitor).name());
    }

    @Test
    void provenAccountThatIsNotThereSeesTheBanner() {
        Visitor visitor = game.visitor(new Claim("nobody", true));
        assertTrue(visitor.next().contains("connect"));
        visitor.sees("Enter alone is connect nobody.", PROMPT);
    }

    @Test
    void emptyLineTakesTheNameThatTheClientGave() {
        atTheGate().asks("create osier " + PASSWORD);
        Visitor visitor = game.visitor(new Claim("osier", false));
        assertTrue(visitor.next().contains("connect"));
        visitor.sees("Enter alone is connect osier.", PROMPT);
        String asked = question(visitor, "");
        assertTrue(asked.contains("password") && asked.endsWith(HIDDEN), asked);
        assertEquals(answer("osier") + SHOWN, visitor.asks(PASSWORD).getFirst());
    }

    @Test
    void nameAloneLogsNobodyIn() {
        atTheGate().asks("create sorbus " + PASSWORD);
        Visitor visitor = game.visitor(new Claim("sorbus", false));
        assertTrue(visitor.next().contains("connect"));
        visitor.sees("Enter alone is connect sorbus.", PROMPT);
        question(visitor, "");
        assertEquals(REFUSED + SHOWN, visitor.asks("wrong password").getFirst());
    }

    @Test
    void clientThatCompletesIsSentTheCommands() {
        Visitor visitor = game.visitor("ssh", ClientFacts.NONE.with(Fact.COMPLETION, true, "SSH"));
        visitor.next();
        visitor.sees(PROMPT);
        String commands = visitor.asks("guest").getFirst();
        assertTrue(commands.startsWith("[\"commands\",[\"") && commands.contains("\"look\""));
    }

    @Test
    void bannerNamesTheWaysInAndAPromptFollows() {
        Visitor visitor = game.visitor();
        String banner = visitor.next();
        for (String way : List.of("connect", "create", "guest", "quit")) {
            assertTrue(banner.contains(way), banner);
        }
        visitor.sees(PROMPT);
    }

    @Test
    void createMakesAnAccountAndLogsIn() {
        Visitor visitor = atTheGate();
        List<String> answer = visitor.asks("create birch " + PASSWORD);
        assertEquals("Welcome, birch. Type help to see what can be done here.", answer.getFirst());
        assertTrue(answer.get(1).startsWith("The Lychgate\n"), answer.get(1));
        assertEquals(GATE_INFO, answer.get(2));
        LoggedIn login = loggedIn(visitor);
        assertEquals("birch", login.name());
        assertTrue(login.account() > 0);
    }

    @Test
    void createWithoutAPasswordAsksForItTwiceUnseen() {
        Visitor visitor = atTheGate();
        String first = question(visitor, "create elder");
        String second = question(visitor, PASSWORD);
        assertTrue(first.contains("password") && first.endsWith(HIDDEN), first);
        assertTrue(second.contains("password") && second.endsWith(HIDDEN), second);
        List<String> answer = visitor.asks(PASSWORD);
        assertEquals(
                "Welcome, elder. Type help to see what can be done here." + SHOWN,
                answer.getFirst());
        assertEquals(answer("elder"), atTheGate().asks("connect elder " + PASSWORD).getFirst());
    }

    @Test
    void passwordsThatDifferMakeNoAccount() {
        Visitor visitor = atTheGate();
        question(visitor, "create hazel");
        question(visitor, PASSWORD);
        assertEquals(
                List.of("The two passwords differ. Please try again." + SHOWN),
                visitor.asks(PASSWORD + "x"));
        assertEquals(answer("hazel"), visitor.asks("create hazel " + PASSWORD).getFirst());
    }

    @Test
    void passwordIsTheRestOfTheLine() {
        atTheGate().asks("create cedar  pass |r word ");
        assertEquals(List.of(REFUSED), atTheGate().asks("connect cedar pass |r word"));
        assertEquals(answer("cedar"), atTheGate().asks("connect cedar  pass |r word ").getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "äöüäö", "😀😀😀", "😀😀😀😀😀"})
    void passwordOfFiveCharactersOrFewerIsRefused(String password) {
        Visitor visitor = atTheGate();
        String words = "A password has 6 characters or more.";
        assertEquals(List.of(words), visitor.asks("create maple " + password));
        question(visitor, "create maple");
        assertEquals(List.of(words + SHOWN), visitor.asks(password));
    }

    @Test
    void passwordOfSixCharactersIsTaken() {
        assertEquals(answer("larch6"), atTheGate().asks("create larch6 123456").getFirst());
        assertEquals(answer("larch7"), atTheGate().asks("create larch7 😀😀😀😀😀😀").getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yew", "Yew", "YEW"})
    void nameThatExistsIsRefusedWhateverTheCase(String name) {
        atTheGate().asks("create yew " + PASSWORD);
        game.everybodyGoes();
        assertEquals(
                List.of("The name " + name + " is taken."),
                atTheGate().asks("create " + name + " another word"));
        assertEquals(answer("yew"), atTheGate().asks("connect yew " + PASSWORD).getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"guest", "Guest1", "guestbook"})
    void nameOfAGuestCannotBeMade(String name) {
        assertEquals(
                List.of("Names that begin with guest are kept for guests."),
                atTheGate().asks("create " + name + " " + PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "7up", "abcdefghijklmnopqrstuvwxy", "|rred", "{{x"})
    void nameThatIsNoneCannotBeMade(String name) {
        assertEquals(
                List.of("A name has 2 to 24 letters, digits, _ or -, and begins with a letter."),
                atTheGate().asks("create " + name));
    }

    @Test
    void connectLogsInWhateverTheCaseUnderTheNameThatWasMade() {
        atTheGate().asks("create Willow " + PASSWORD);
        Visitor visitor = atTheGate();
        assertEquals(answer("Willow"), visitor.asks("CONNECT wILLOW " + PASSWORD).getFirst());
        assertEquals("Willow", loggedIn(visitor).name());
    }

    @Test
    void connectWithoutAPasswordAsksForItUnseen() {
        atTheGate().asks("create alder " + PASSWORD);
        Visitor visitor = atTheGate();
        String question = question(visitor, "connect alder");
        assertTrue(question.contains("password"), question);
        assertTrue(question.endsWith(HIDDEN), question);
        assertEquals(answer("alder") + SHOWN, visitor.asks(PASSWORD).getFirst());
    }

    @Test
    void connectWithoutANameAsksForOne() {
        assertEquals(List.of("Who are you? Type connect NAME."), atTheGate().asks("connect"));
    }

    @Test
    void unknownNameAndWrongPasswordAreRefusedInTheSameWords() {
        atTheGate().asks("create aspen " + PASSWORD);
        Visitor visitor = atTheGate();
        assertEquals(List.of(REFUSED), visitor.asks("connect aspen wrong horse"));
        assertEquals(List.of(REFUSED), visitor.asks("connect nobodyatall wrong horse"));
        assertEquals(List.of(REFUSED), visitor.asks("connect guest1 wrong horse"));
        question(visitor, "connect nobodyatall");
        assertEquals(List.of(REFUSED + SHOWN), visitor.asks(""));
        question(visitor, "connect aspen");
        assertEquals(List.of(REFUSED + SHOWN), visitor.asks("wrong horse"));
    }

    @Test
    void whoWasRefusedMayTryAgainAtOnceHoweverOften() {
        atTheGate().asks("create rowan " + PASSWORD);
        Visitor visitor = atTheGate();
        for (int i = 0; i < 5; i++) {
            assertEquals(List.of(REFUSED), visitor.asks("connect rowan wrong horse"));
        }
        assertEquals(answer("rowan"), visitor.asks("connect rowan " + PASSWORD).getFirst());
    }

    @Test
    void whoGuessesFromOneAddressKeepsNobodyElseOut() {
        atTheGate().asks("create spindle " + PASSWORD);
        List<Visitor> guessers =
                IntStream.range(0, 30).mapToObj(_ -> game.visitorFrom("198.51.100.7")).toList();
        guessers.forEach(guesser -> guesser.types("connect spindle wrong horse"));
        Visitor owner = atTheGate();
        assertEquals(answer("spindle"), owner.asks("connect spindle " + PASSWORD).getFirst());
        Visitor maker = atTheGate();
        assertEquals(answer("wayfaring"), maker.asks("create wayfaring " + PASSWORD).getFirst());
        Visitor proven = game.visitor(new Claim("wayfaring", true));
        assertEquals(answer("wayfaring"), proven.next());
    }

    @Test
    void whatIsTypedBehindConnectWaitsForTheLogin() {
        atTheGate().asks("create acacia " + PASSWORD);
        Visitor visitor = atTheGate();
        visitor.types("connect acacia " + PASSWORD, "echo in");
        assertEquals(answer("acacia"), visitor.untilPrompt().getFirst());
        assertEquals(List.of("in", PROMPT), visitor.untilPrompt());
    }

    @Test
    void guestsAreNumbered() {
        assertEquals("guest1", loggedIn(guest()).name());
        Visitor second = guest();
        assertEquals("guest2", loggedIn(second).name());
        assertEquals("guest3", loggedIn(guest()).name());
        second.goes();
        assertEquals("guest2", loggedIn(guest()).name());
    }

    @Test
    void guestHasNoAccount() {
        assertEquals(0, loggedIn(guest()).account());
    }

    @Test
    void clientMayLogInWithoutTyping() {
        atTheGate().asks("create linden " + PASSWORD);
        Visitor visitor = atTheGate();
        visitor.sends("login", "linden", "wrong horse").sees(REFUSED);
        visitor.sends("login", "linden", PASSWORD);
        assertEquals(answer("linden"), visitor.next());
        assertEquals("linden", loggedIn(visitor).name());
    }

    @Test
    void whoHasComeInMeanwhileDoesNotComeInAgain() {
        atTheGate().asks("create oak " + PASSWORD);
        atTheGate().asks("create pine " + PASSWORD);
        game.everybodyGoes();
        Visitor visitor = atTheGate();
        question(visitor, "connect oak");
        assertEquals(answer("pine"), visitor.sends("login", "pine", PASSWORD).next());
        assertEquals(
                List.of("You are already logged in." + SHOWN), visitor.looksAway().asks(PASSWORD));
        assertEquals(List.of("pine"), names(visitor.asks("who")));
        visitor.goes();
        assertEquals(List.of("Nobody is here."), atTheGate().asks("who"));
    }

    @Test
    void whoListsThoseWhoAreHere() {
        Visitor visitor = atTheGate();
        assertEquals(List.of("Nobody is here."), visitor.asks("who"));
        guest();
        assertEquals("One person is here.", visitor.asks("who").getFirst().lines().toList().get(1));
        Visitor second = guest();
        assertEquals(List.of("guest1", "guest2"), names(visitor.asks("who")));
        assertEquals(List.of("guest1", "guest2"), names(second.asks("who")));
    }

    @Test
    void whoForgetsThoseWhoAreGone() {
        guest().goes();
        assertEquals(List.of("Nobody is here."), atTheGate().asks("who"));
    }

    @Test
    void infoIsTheMudinfoBlock() {
        guest();
        assertEquals(
                List.of(
                        """
                        ## BEGIN INFO 1.1
                        Name: Elmstead
                        Uptime: 2026-11-01T12:00:00Z
                        Connected: 1
                        Version: Lychgate 1.2.3
                        ## END INFO\
                        """),
                atTheGate().asks("info"));
    }

    @Test
    void helpBeforeLoginNamesWhatThereIs() {
        String help = atTheGate().asks("help").getFirst();
        for (String command : List.of("connect", "create", "guest", "who", "info", "quit")) {
            assertTrue(help.contains(command), command);
        }
    }

    @Test
    void quitBeforeLoginSaysGoodbyeAndCloses() {
        Visitor visitor = atTheGate().types("quit");
        assertEquals(GOODBYE, visitor.lastWord());
        visitor.seesNothing();
    }

    @Test
    void whatIsNoWayInIsAnsweredWithTheWaysIn() {
        Visitor visitor = atTheGate();
        assertEquals(
                List.of("Before you log in, you can connect, create, guest, who, help or quit."),
                visitor.asks("look"));
    }

    @Test
    void emptyLineIsAnsweredWithAPromptAlone() {
        assertEquals(List.of(), atTheGate().asks(""));
        assertEquals(List.of(), guest().asks("   "));
    }
}
