package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.server.runtime.RecordingPortalSide.LoggedIn;
import lychgate.server.runtime.RunningGame;
import lychgate.server.runtime.Visitor;
import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.SessionSync;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The whole game, played. All tests share one that runs, for accounts take their time; each finds
 * it empty of people, and makes accounts of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatehouseTest {
    private static final String PROMPT = Visitor.PROMPT;
    private static final String HIDDEN = " {echo=false}";
    private static final String SHOWN = " {echo=true}";
    private static final String REFUSED = "That is not a name and password that belong together.";
    private static final String PASSWORD = "correct horse 9";
    private static final String GOODBYE = "The lantern swings behind you. Farewell!";
    private static final String FAILED =
            "That did not work. The trouble is on our side, and has been noted.";

    private static final String GATE_INFO =
            "[\"room_info\",[],{\"num\":1,\"name\":\"The Lychgate\",\"area\":\"Gatehouse\","
                    + "\"exits\":{\"north\":2}}]";
    private static final String YARD_INFO =
            "[\"room_info\",[],{\"num\":2,\"name\":\"The Churchyard\",\"area\":\"Gatehouse\","
                    + "\"exits\":{\"north\":3,\"east\":4,\"south\":1}}]";

    private final Path folder;
    private final RunningGame game;

    GatehouseTest(@TempDir Path temp) throws IOException {
        folder = temp;
        game = RunningGame.start(gatehouse("game"));
    }

    @AfterEach
    void everybodyGoes() {
        game.everybodyGoes();
    }

    @AfterAll
    void stop() {
        game.close();
    }

    // Before login: who the client says it is.

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

    // Before login: create.

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

    // Before login: connect, guest.

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
        assertEquals(List.of("You are in already." + SHOWN), visitor.looksAway().asks(PASSWORD));
        assertEquals(List.of("pine"), names(visitor.asks("who")));
        visitor.goes();
        assertEquals(List.of("Nobody is here."), atTheGate().asks("who"));
    }

    // Before login: the rest.

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
                List.of("Before you are in, you can connect, create, guest, who, help or quit."),
                visitor.asks("look"));
    }

    @Test
    void emptyLineIsAnsweredWithAPromptAlone() {
        assertEquals(List.of(), atTheGate().asks(""));
        assertEquals(List.of(), guest().asks("   "));
    }

    // The rooms and those in them.

    @Test
    void lookShowsTheRoomItsExitsAndWhoIsThere() {
        Visitor first = guest();
        guest();
        List<String> seen = first.looksAway().asks("look");
        List<String> lines = seen.getFirst().lines().toList();
        assertEquals("The Lychgate", lines.get(0));
        assertEquals(List.of("Exits: north", "Here: guest2"), lines.subList(2, 4));
        assertEquals(GATE_INFO, seen.get(1));
    }

    @Test
    void listsOfManyPlayersAreCutAndTheirNumberIsSaid() {
        List<Visitor> all = Stream.generate(this::guest).limit(203).toList();
        Visitor first = all.getFirst().looksAway();
        List<String> who = first.asks("who").getFirst().lines().toList();
        assertEquals(202, who.size());
        assertEquals(List.of("... and 3 more.", "203 people are here."), who.subList(200, 202));
        String here = first.looksAway().asks("look").getFirst().lines().toList().get(3);
        assertTrue(here.endsWith(", and many more"), here);
        assertEquals(51, here.split(", ", -1).length);
    }

    @Test
    void nextGuestHasTheLowestNumberThatIsFree() {
        Visitor first = guest();
        Visitor second = guest();
        Visitor third = guest();
        second.goes();
        first.goes();
        assertEquals(List.of("guest3"), names(third.looksAway().asks("who")));
        guest();
        guest();
        guest();
        assertEquals(
                List.of("guest1", "guest2", "guest3", "guest4"),
                names(third.looksAway().asks("who")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"north", "n", "NORTH"})
    void northLeadsToTheYard(String north) {
        List<String> seen = guest().asks(north);
        assertTrue(seen.getFirst().startsWith("The Churchyard\n"), seen.getFirst());
        assertEquals(YARD_INFO, seen.get(1));
    }

    @Test
    void worldHasFourRoomsAndEveryWayLeadsBack() {
        Visitor visitor = guest();
        List<String> rooms = new ArrayList<>();
        for (String way : List.of("n", "n", "s", "east", "w", "south")) {
            rooms.add(visitor.asks(way).getFirst().lines().findFirst().orElse(""));
        }
        assertEquals(
                List.of(
                        "The Churchyard",
                        "The Porch",
                        "The Churchyard",
                        "The Garden",
                        "The Churchyard",
                        "The Lychgate"),
                rooms);
    }

    @Test
    void whereNoWayLeadsNobodyGoes() {
        assertEquals(List.of("There is no way west of here."), guest().asks("w"));
    }

    @Test
    void comingAndGoingIsSeen() {
        Visitor watcher = guest();
        Visitor walker = guest();
        watcher.sees("guest2 arrives.");
        walker.asks("north");
        watcher.sees("guest2 goes north.");
        walker.asks("south");
        watcher.sees("guest2 comes along.").seesNothing();
    }

    @Test
    void sayIsHeardInTheRoomAndNotElsewhere() {
        Visitor speaker = guest();
        Visitor near = guest();
        Visitor far = guest();
        far.asks("north");
        near.looksAway();
        far.looksAway();
        assertEquals(
                List.of("You say, \"good |revening\""),
                speaker.looksAway().asks("say good |revening"));
        near.sees("guest1 says, \"good |revening\"").seesNothing();
        far.seesNothing();
    }

    @Test
    void poseIsSeenInTheRoomAndNotElsewhere() {
        Visitor poser = guest();
        Visitor near = guest();
        Visitor far = guest();
        far.asks("north");
        near.looksAway();
        far.looksAway();
        assertEquals(List.of("guest1 bows."), poser.looksAway().asks("pose bows."));
        near.sees("guest1 bows.").seesNothing();
        far.seesNothing();
    }

    @Test
    void tellReachesOnlyTheOneWhoIsNamed() {
        Visitor teller = guest();
        Visitor told = guest();
        Visitor other = guest();
        told.asks("north");
        told.looksAway();
        other.looksAway();
        assertEquals(
                List.of("You tell guest2, \"psst {{now\""),
                teller.looksAway().asks("tell GUEST2 psst {{now"));
        told.sees("guest1 tells you, \"psst {{now\"").seesNothing();
        other.seesNothing();
    }

    @Test
    void tellToNobodyIsSaidSo() {
        assertEquals(List.of("There is nobody called |rBen."), guest().asks("tell |rBen hello"));
    }

    @Test
    void shoutReachesEverySessionThatIsLoggedInTheShouterToo() {
        Visitor shouter = guest();
        Visitor far = guest();
        far.asks("north");
        Visitor outside = atTheGate();
        far.looksAway();
        assertEquals(
                List.of("guest1 shouts: fire |rfire"),
                shouter.looksAway().asks("shout fire |rfire"));
        far.sees("guest1 shouts: fire |rfire").seesNothing();
        outside.seesNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"say", "pose  ", "shout", "tell guest1"})
    void nothingIsSaidWithoutWords(String line) {
        assertEquals(List.of("Yes, but what?"), guest().asks(line));
    }

    @Test
    void everySessionOfAPersonSeesWhatHappensToIt() {
        Visitor one = atTheGate();
        one.asks("create ivy " + PASSWORD);
        Visitor two = atTheGate();
        two.asks("connect ivy " + PASSWORD);
        Visitor other = guest();
        one.sees("guest1 arrives.");
        two.sees("guest1 arrives.");
        other.asks("shout hello");
        one.sees("guest1 shouts: hello").seesNothing();
        two.sees("guest1 shouts: hello").seesNothing();
        assertEquals(List.of("guest1", "ivy"), names(one.asks("who")));
        two.goes();
        assertEquals(List.of("guest1", "ivy"), names(one.asks("who")));
    }

    @Test
    void healthIsSentNowAndThen() {
        Visitor visitor = guest();
        visitor.asks("n");
        game.pass(Duration.ofSeconds(10));
        visitor.sees("[\"char_vitals\",[],{\"hp\":98,\"maxhp\":100}]");
        game.pass(Duration.ofSeconds(10));
        visitor.sees("[\"char_vitals\",[],{\"hp\":99,\"maxhp\":100}]");
    }

    @Test
    void clientsMayAskForWhatThereIsToKnow() {
        Visitor visitor = guest();
        visitor.sends("msdp_list", "SENDABLE_VARIABLES");
        visitor.sees(
                "[\"SENDABLE_VARIABLES\",[\"SERVER_ID\",\"SERVER_TIME\",\"CHARACTER_NAME\","
                        + "\"HEALTH\",\"HEALTH_MAX\",\"ROOM\"],{}]");
        visitor.sends("msdp_send", "SERVER_ID", "CHARACTER_NAME", "HEALTH", "HEALTH_MAX");
        visitor.sees("[\"SERVER_ID\",[\"Elmstead\"],{}]");
        visitor.sees("[\"CHARACTER_NAME\",[\"guest1\"],{}]");
        visitor.sees("[\"HEALTH\",[100],{}]", "[\"HEALTH_MAX\",[100],{}]");
    }

    @Test
    void beforeLoginThereIsNothingToKnowOfAPlayer() {
        Visitor visitor = atTheGate();
        visitor.sends("msdp_send", "HEALTH", "ROOM", "CHARACTER_NAME");
        visitor.sees("[\"HEALTH\",[],{}]", "[\"ROOM\",[],{}]", "[\"CHARACTER_NAME\",[],{}]");
    }

    @Test
    void walkingIsReported() {
        Visitor visitor = guest();
        visitor.sends("msdp_report", "HEALTH").sees("[\"HEALTH\",[100],{}]");
        visitor.sends("monitor", "ROOM").looksAway();
        List<String> seen = visitor.asks("north");
        assertTrue(seen.contains("[\"HEALTH\",[97],{}]"), seen.toString());
        assertTrue(
                seen.getLast().startsWith("[\"monitor\",[],{\"name\":\"ROOM\",\"value\":{"),
                seen.toString());
    }

    @Test
    void timeMayBeRepeated() {
        Visitor visitor = guest();
        visitor.sends("repeat", "time", 5).looksAway();
        game.pass(Duration.ofSeconds(5));
        String time = visitor.next();
        assertTrue(time.matches("\\[\"repeat\",\\[\"\\w+ \\d+ \\w+ \\d+ .* UTC\"],\\{}]"), time);
    }

    // The account.

    @Test
    void passwordIsChangedUnseen() {
        Visitor visitor = atTheGate();
        visitor.asks("create heather " + PASSWORD);
        for (String typed : List.of("password", PASSWORD, "a new horse 7")) {
            String question = question(visitor, typed);
            assertTrue(question.contains("password"), question);
            assertTrue(question.endsWith(HIDDEN), question);
        }
        assertEquals(List.of("Your password is changed." + SHOWN), visitor.asks("a new horse 7"));
        assertEquals(List.of(REFUSED), atTheGate().asks("connect heather " + PASSWORD));
        assertEquals(
                answer("heather"), atTheGate().asks("connect heather a new horse 7").getFirst());
    }

    @Test
    void newPasswordMayEqualTheOld() {
        Visitor visitor = atTheGate();
        visitor.asks("create myrtle " + PASSWORD);
        question(visitor, "password");
        question(visitor, PASSWORD);
        question(visitor, PASSWORD);
        assertEquals(List.of("Your password is changed." + SHOWN), visitor.asks(PASSWORD));
    }

    @Test
    void passwordIsNotChangedByWhoDoesNotKnowTheOldOne() {
        Visitor visitor = atTheGate();
        visitor.asks("create laurel " + PASSWORD);
        question(visitor, "password");
        question(visitor, "wrong horse");
        question(visitor, "a new horse 7");
        assertEquals(List.of("That is not your password." + SHOWN), visitor.asks("a new horse 7"));
        assertEquals(answer("laurel"), atTheGate().asks("connect laurel " + PASSWORD).getFirst());
    }

    @Test
    void guestHasNoPasswordToChange() {
        assertEquals(List.of("A guest has no password."), guest().asks("password"));
    }

    @Test
    void colourShowsThePalette() {
        Visitor visitor = guest();
        visitor.types("colour");
        String palette = String.valueOf(visitor.takes(1).getFirst().argument(0));
        for (String tag : List.of("|r", "|R", "|[500", "|[=z", "|[#")) {
            assertTrue(palette.contains(tag), tag);
        }
        visitor.sees(PROMPT);
    }

    // The workbench.

    @Test
    void optionsAreWhatIsKnownAndWhoSaidSo() {
        Visitor visitor =
                guest(
                        ClientFacts.NONE
                                .with(Fact.WIDTH, 132, "NAWS")
                                .with(Fact.CLIENT, "|rTINTIN++", "TTYPE")
                                .with(Fact.COLOURS, ColourDepth.TRUECOLOR, "MTTS")
                                .with(Fact.UTF8, true, "MTTS"));
        assertEquals(
                List.of(
                        "width: 132 (NAWS)",
                        "height: 45 (default)",
                        "client: |rTINTIN++ (TTYPE)",
                        "version: unknown (default)",
                        "terminal: unknown (default)",
                        "charset: UTF-8 (default)",
                        "colours: 16777216 (MTTS)",
                        "utf-8: true (MTTS)",
                        "address: 192.0.2." + visitor.id() + " (connection)",
                        "transport: telnet (connection)"),
                visitor.asks("options").getFirst().lines().toList());
    }

    @Test
    void optionThatTheClientSetsIsShownWithItsSource() {
        Visitor visitor = guest();
        visitor.sends(CommandTuple.of("client_options").kwarg("SCREENWIDTH", 50));
        assertTrue(visitor.asks("options").getFirst().startsWith("width: 50 (client_options)\n"));
    }

    @Test
    void sessionsListsOnesOwnConnections() {
        Visitor one = atTheGate();
        one.asks("create fern " + PASSWORD);
        Visitor two = game.visitor("ssh", ClientFacts.NONE);
        two.looksAway().asks("connect fern " + PASSWORD);
        guest();
        two.looksAway();
        assertEquals(
                List.of(
                        one.id() + " telnet 192.0.2." + one.id(),
                        two.id() + " ssh 192.0.2." + two.id() + " (this one)"),
                two.asks("sessions").getFirst().lines().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "a  b |rred|n ||x \\ {{y {z} {}",
                "<b>&\"' %d {0}",
                "grüße 😀 漢字 \u05d0\u200f",
                "|#ff0000x|lclook|ltgo|le",
                "  leading and trailing  ",
                "tab\there",
                "|",
                ""
            })
    void echoIsExactlyWhatWasTyped(String text) {
        assertEquals(List.of(text), guest().asks("echo " + text));
    }

    @Test
    void echoMayBeAnyCase() {
        assertEquals(List.of("Hello"), guest().asks("ECHO Hello"));
    }

    @Test
    void renderIsTheGamesOwnText() {
        Visitor visitor = guest();
        visitor.types("render |rred|n {{plain");
        assertEquals(List.of(CommandTuple.text("|rred|n {{plain")), visitor.takes(1));
        visitor.sees(PROMPT);
    }

    @ParameterizedTest
    @CsvSource({"3,40", "1000,10", "12,2", "100,3", "5,1", "20,6000"})
    void linesAreNumberedAndAsLongAsWasAskedFor(int count, int bytes) {
        List<String> lines = guest().asks("lines " + count + " " + bytes);
        assertEquals(count, lines.size());
        for (int i = 1; i <= count; i++) {
            String line = lines.get(i - 1);
            String number = Integer.toString(i);
            assertEquals(Math.max(bytes, number.length()), line.length(), line);
            assertTrue((number + " " + "x".repeat(bytes)).startsWith(line), line);
        }
    }

    @Test
    void linesHaveFortyBytesWhereNothingElseIsSaid() {
        assertEquals(
                List.of("1 " + "x".repeat(38), "2 " + "x".repeat(38)), guest().asks("lines 2"));
    }

    @Test
    void hundredThousandLinesMayBeAskedFor() {
        Visitor visitor = guest();
        visitor.types("lines 100000", "echo behind them");
        List<CommandTuple> lines = visitor.takes(100_000);
        assertEquals(
                IntStream.rangeClosed(1, 100_000).mapToObj(i -> i + " ").toList(),
                lines.stream()
                        .map(line -> String.valueOf(line.argument(0)).replace("x", ""))
                        .toList());
        visitor.sees(PROMPT, "behind them", PROMPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lines",
                "lines 0",
                "lines -1",
                "lines 100001",
                "lines many",
                "lines 5 0",
                "lines 5 10001",
                "lines 99999999999999"
            })
    void linesBeyondTheirBoundsAreExplained(String line) {
        assertEquals(
                List.of("How many? lines N BYTES: up to 100000 lines of up to 10000 bytes."),
                guest().asks(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "oob foo_bar -> [\"foo_bar\",[],{}]",
                "oob foo [] -> [\"foo\",[],{}]",
                "oob foo [\"a\",1] -> [\"foo\",[\"a\",1],{}]",
                "oob foo [\"a\",1] {\"k\":\"v\"} -> [\"foo\",[\"a\",1],{\"k\":\"v\"}]",
                "oob foo [] {\"k\":[1,{\"x\":null}]} -> [\"foo\",[],{\"k\":[1,{\"x\":null}]}]",
                "oob Foo.Bar  [ \"a b |r\" ]  { } -> [\"Foo.Bar\",[\"a b |r\"],{}]",
                "oob foo [12345678901234567890,1.5] -> [\"foo\",[12345678901234567890,1.5],{}]",
            })
    void oobSendsTheCommand(String line, String sent) {
        assertEquals(List.of(sent), guest().asks(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oob",
                "oob foo {",
                "oob foo [1",
                "oob foo {\"k\":1}",
                "oob foo \"a\"",
                "oob foo [] []",
                "oob foo [] {} {}",
                "oob foo [1e999]"
            })
    void oobThatIsNotWholeIsExplained(String line) {
        assertEquals(
                List.of("Like this: oob foo_bar [\"a\",1] {\"k\":\"v\"}, with JSON that is whole."),
                guest().asks(line));
    }

    @Test
    void receivedIsWhatTheClientSentOutOfBand() {
        Visitor visitor = guest();
        assertEquals(List.of("Nothing yet."), visitor.asks("received"));
        visitor.sends(CommandTuple.of("Foo_Bar", "|ra", 1, null).kwarg("k", List.of(true)));
        visitor.sends("ping").looksAway();
        assertEquals(
                List.of("[\"Foo_Bar\",[\"|ra\",1,null],{\"k\":[true]}]", "[\"ping\",[],{}]"),
                visitor.asks("received").getFirst().lines().toList());
    }

    @Test
    void receivedRemembersTheLastTwenty() {
        Visitor visitor = guest();
        for (int i = 1; i <= 25; i++) {
            visitor.sends("foo", i);
        }
        assertEquals(
                IntStream.rangeClosed(6, 25).mapToObj(i -> "[\"foo\",[" + i + "],{}]").toList(),
                visitor.asks("received").getFirst().lines().toList());
    }

    @Test
    void receivedIsShort() {
        Visitor visitor = guest();
        visitor.sends("foo", "x".repeat(60_000)).looksAway();
        List<String> lines = visitor.asks("received").getFirst().lines().toList();
        assertEquals(
                List.of("[\"foo\",[\"" + "x".repeat(Received.MAX_LENGTH - 9) + "\u2026"), lines);
        for (int i = 0; i < 20; i++) {
            visitor.sends("foo", i, "\u0434".repeat(1_000));
        }
        visitor.looksAway();
        String all = visitor.asks("received").getFirst();
        assertTrue(
                all.length() < Received.MAX_BYTES / 2 && all.lines().count() == 7,
                () -> all.lines().count() + " lines, " + all.length() + " characters");
    }

    @Test
    void receivedHoldsLittleBeforeLogin() {
        Visitor visitor = atTheGate();
        visitor.sends("hello", "x");
        for (int i = 0; i < 20; i++) {
            visitor.sends("foo", i, "x".repeat(1_000));
        }
        visitor.sends("supports_set", "Char 1").looksAway();
        visitor.types("guest").looksAway();
        List<String> kept = visitor.asks("received").getFirst().lines().toList();
        assertEquals(4, kept.size());
        assertEquals("[\"supports_set\",[\"Char 1\"],{}]", kept.getLast());
    }

    @Test
    void receivedIsOfOnesOwnSession() {
        Visitor other = guest();
        Visitor visitor = guest();
        visitor.sends("foo", 1);
        assertEquals(List.of("Nothing yet."), other.looksAway().asks("received"));
    }

    @Test
    void promptIsChanged() {
        Visitor visitor = guest();
        visitor.types("prompt |rhm? ", "echo x").sees("prompt |rhm? ", "x", "prompt |rhm? ");
    }

    @Test
    void promptOffSendsNone() {
        Visitor visitor = guest();
        visitor.types("prompt off", "echo x", "look", "echo y").sees("x");
        visitor.takes(2);
        visitor.sees("y").seesNothing();
    }

    @Test
    void promptComesBack() {
        Visitor visitor = guest();
        visitor.types("prompt off", "echo x", "prompt > ").sees("x", PROMPT);
    }

    @Test
    void promptOfNothingIsExplained() {
        assertEquals(
                List.of("What shall it be? prompt TEXT, or prompt off."), guest().asks("prompt"));
    }

    @Test
    void linksAreMarkupOfTheGameWithTheWordsOfThePlayer() {
        Visitor visitor = guest();
        visitor.types("link https://a.io/?a|b the |rpage");
        assertEquals(
                List.of(CommandTuple.text("|luhttps://a.io/?a||b|ltthe ||rpage|le")),
                visitor.takes(1));
        visitor.sees(PROMPT).types("sendlink look look |raround");
        assertEquals(List.of(CommandTuple.text("|lclook|ltlook ||raround|le")), visitor.takes(1));
        visitor.sees(PROMPT);
    }

    @Test
    void linkWithoutWordsShowsWhereItLeads() {
        Visitor visitor = guest();
        assertEquals(List.of("https://a.io/"), visitor.asks("link https://a.io/"));
        assertEquals(List.of("look"), visitor.asks("sendlink look"));
        assertEquals(List.of("Where to? link URL TEXT."), visitor.asks("link"));
        assertEquals(List.of("To do what? sendlink COMMAND TEXT."), visitor.asks("sendlink"));
    }

    @Test
    void faultIsToldInOneLineAndNoticedByNobodyElse() {
        Visitor other = guest();
        Visitor visitor = guest();
        other.looksAway();
        assertEquals(List.of(FAILED), visitor.asks("fault"));
        assertEquals(List.of("still here"), visitor.asks("echo still here"));
        assertEquals(List.of("here too"), other.seesNothing().asks("echo here too"));
    }

    @Test
    void unknownCommandIsAnswered() {
        assertEquals(
                List.of("There is nothing called |rFrob to do here; help lists what there is."),
                guest().asks("|rFrob now"));
    }

    @Test
    void helpNamesEveryCommand() {
        List<String> named =
                guest().asks("help").getFirst().lines().map(line -> line.split(" ", 2)[0]).toList();
        List<String> commands =
                List.of(
                        "look",
                        "north",
                        "east",
                        "south",
                        "west",
                        "say",
                        "pose",
                        "tell",
                        "who",
                        "quit",
                        "help",
                        "shout",
                        "password",
                        "colour",
                        "options",
                        "sessions",
                        "echo",
                        "render",
                        "lines",
                        "oob",
                        "received",
                        "prompt",
                        "link",
                        "sendlink",
                        "fault");
        assertEquals(commands.stream().sorted().toList(), named.stream().sorted().toList());
    }

    // The end, and another beginning.

    @Test
    void quitSaysGoodbyeClosesAndIsSeen() {
        Visitor other = guest();
        Visitor visitor = guest();
        other.looksAway();
        visitor.types("quit", "shout not any more");
        assertEquals(GOODBYE, visitor.lastWord());
        visitor.seesNothing();
        other.sees("guest2 leaves.").seesNothing();
    }

    @Test
    void lostConnectionIsNotSeen() {
        Visitor other = guest();
        Visitor visitor = guest();
        other.looksAway();
        visitor.goes();
        other.seesNothing();
    }

    @Test
    void whoQuitsOneOfTwoConnectionsStays() {
        Visitor one = atTheGate();
        one.asks("create thyme " + PASSWORD);
        Visitor two = atTheGate();
        two.asks("connect thyme " + PASSWORD);
        Visitor other = guest();
        two.types("quit").lastWord();
        other.seesNothing();
        two.goes();
        assertEquals(List.of("guest1", "thyme"), names(other.asks("who")));
    }

    @Test
    void restartPutsPlayersBackWhereTheyWere() throws Exception {
        Visitor before = guest();
        before.asks("north");
        before.types("prompt hm? ").sees("prompt hm? ").seesNothing();
        SessionSync kept = game.portal().kept(before.id());
        try (RunningGame again = RunningGame.restart(gatehouse("restarted"), kept)) {
            Visitor same = again.present(before.id()).seesNothing();
            same.types("look");
            List<String> seen = same.untilPrompt();
            assertTrue(seen.getFirst().startsWith("The Churchyard\n"), seen.getFirst());
            assertEquals("prompt hm? ", seen.getLast());
            Visitor next = again.visitor();
            next.types("guest").looksAway();
            assertEquals(List.of("guest1", "guest2"), names(next.asks("who")));
        }
    }

    @Test
    void restartShowsTheLoginScreenOnceMore() throws Exception {
        Visitor before = atTheGate();
        SessionSync kept = game.portal().kept(before.id());
        try (RunningGame again = RunningGame.restart(gatehouse("restarted-early"), kept)) {
            Visitor same = again.present(before.id());
            List<String> greeting = same.untilPrompt();
            assertTrue(greeting.getFirst().contains("Come in out of the rain."));
            assertEquals(List.of("Nobody is here."), same.asks("who"));
        }
    }

    @Test
    void accountsSurviveTheEndOfTheGame() throws Exception {
        try (RunningGame first = RunningGame.start(gatehouse("twice"))) {
            first.visitor().looksAway().asks("create sage " + PASSWORD);
        }
        try (RunningGame second = RunningGame.start(gatehouse("twice"))) {
            Visitor visitor = second.visitor().looksAway();
            assertEquals(List.of(REFUSED), visitor.asks("connect sage wrong horse"));
            assertEquals(answer("sage"), visitor.asks("connect sage " + PASSWORD).getFirst());
        }
    }

    @Test
    void bannerOfTheOperatorTakesThePlaceOfTheOwn() throws Exception {
        Path banner = folder.resolve("own-banner.txt");
        Files.writeString(banner, "\ufeff|wElmstead|n, grüß Gott\r\n\r\n");
        try (RunningGame own = RunningGame.start(new Gatehouse(folder.resolve("own"), banner))) {
            own.visitor().sees("Elmstead, grüß Gott", PROMPT);
        }
    }

    @Test
    void bannerThatIsNoTextEndsTheStartWithOneSentence() throws Exception {
        Path banner = folder.resolve("bad-banner.txt");
        Files.write(banner, new byte[] {'a', (byte) 0xff, 'b'});
        IOException why =
                assertThrows(
                        IOException.class,
                        () -> RunningGame.start(new Gatehouse(folder.resolve("bad"), banner)));
        assertEquals(
                "The login screen "
                        + banner
                        + ", line 1: is not UTF-8 text: save it as UTF-8, or take the file away.",
                why.getMessage());
    }

    private Gatehouse gatehouse(String accounts) {
        return new Gatehouse(folder.resolve(accounts), folder.resolve("no-banner.txt"));
    }

    /** Somebody who has been greeted. */
    private Visitor atTheGate() {
        Visitor visitor = game.visitor();
        assertEquals(2, visitor.untilPrompt().size());
        return visitor;
    }

    /** Somebody who is in, under the next name of a guest. */
    private Visitor guest() {
        return guest(ClientFacts.NONE);
    }

    private Visitor guest(ClientFacts facts) {
        Visitor visitor = game.visitor("telnet", facts);
        visitor.untilPrompt();
        visitor.asks("guest");
        return visitor;
    }

    /** What a line is answered with: a question, and nothing before it. */
    private static String question(Visitor visitor, String line) {
        List<String> answer = visitor.types(line).untilPrompt();
        assertEquals(1, answer.size(), answer.toString());
        return answer.getFirst();
    }

    private static String answer(String name) {
        return "Welcome, " + name + ". Type help to see what can be done here.";
    }

    /** The names in a list of those who are here. */
    private static List<String> names(List<String> who) {
        List<String> lines = who.getFirst().lines().toList();
        return lines.subList(0, lines.size() - 1).stream()
                .map(line -> line.substring(0, line.indexOf(',')))
                .sorted()
                .toList();
    }

    private LoggedIn loggedIn(Visitor visitor) {
        List<LoggedIn> logins =
                game.portal().told(visitor.id()).stream()
                        .filter(LoggedIn.class::isInstance)
                        .map(LoggedIn.class::cast)
                        .toList();
        assertEquals(1, logins.size());
        return logins.getFirst();
    }
}
