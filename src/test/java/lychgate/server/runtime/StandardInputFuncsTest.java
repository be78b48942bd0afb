package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.oob.Json;
import lychgate.server.Message;
import lychgate.server.ServerSession;
import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.Values;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What clients send and are sent is written as JSON: name, arguments, keyword arguments. */
class StandardInputFuncsTest {
    private static final List<String> ALL =
            List.of(
                    "client_options",
                    "default",
                    "echo",
                    "external_discord_hello",
                    "get_client_options",
                    "get_inputfuncs",
                    "get_value",
                    "hello",
                    "login",
                    "monitor",
                    "monitored",
                    "msdp_list",
                    "msdp_report",
                    "msdp_reset",
                    "msdp_send",
                    "msdp_unreport",
                    "ping",
                    "repeat",
                    "supports_set",
                    "text",
                    "unmonitor",
                    "unrepeat",
                    "webclient_options");

    private final AtomicInteger health = new AtomicInteger(100);
    private final ScriptedGame game =
            new ScriptedGame()
                    .on("in", session -> session.login(7, "anna"))
                    .atStart(
                            host -> {
                                host.variable("HEALTH", _ -> health.get());
                                host.variable("ROOM", _ -> Map.of("VNUM", 1));
                                host.variable("CHARACTER_NAME", ServerSession::account);
                                host.repeatable(
                                        "Tick",
                                        (session, call) ->
                                                session.msg(
                                                        Message.oob("tick")
                                                                .args(call.args().toArray())));
                            });
    private final RunningGame run = RunningGame.start(game);
    private final Visitor client = run.visitor().sees("Welcome.");

    StandardInputFuncsTest() throws IOException {}

    @AfterEach
    void stop() {
        run.close();
    }

    // text, default, echo, ping.

    @Test
    void textIsALineOfThePlayer() {
        client.sends("text", "hello").sees("You said hello.", Visitor.PROMPT);
    }

    @Test
    void textWithoutAnArgumentIsTheEmptyLine() {
        client.sends("text").sees("You said .", Visitor.PROMPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "PING", "Ping"})
    void namesHaveNoCase(String name) {
        client.sends(name).sees("[\"ping\",[],{}]");
    }

    @Test
    void whatNobodyKnowsIsPassedOver() {
        client.sends("no_such_thing", 1).sends("default", 1).seesNothing();
    }

    @Test
    void whatNobodyKnowsIsToldToAClientThatDebugsItsInput() {
        client.sends(options("INPUTDEBUG", true));
        client.sends(CommandTuple.of("Foo_Bar", "|r").kwarg("k", null));
        client.sees("Nobody knows the input [\"Foo_Bar\",[\"|r\"],{\"k\":null}].");
    }

    @Test
    void echoAnswersWithWhatItWasGiven() {
        client.sends(CommandTuple.of("echo", "|rx", 1, null).kwarg("k", List.of(true)));
        client.sees("Echo returns: [\"|rx\",1,null], {\"k\":[true]}");
    }

    @Test
    void echoOfNothingIsTwoEmptyBrackets() {
        client.sends("echo").sees("Echo returns: [], {}");
    }

    @Test
    void pingIsAnsweredWithPingWhateverStandsInIt() {
        client.sends("ping", 120, "x").sees("[\"ping\",[],{}]");
    }

    @Test
    void greetingOfDiscordIsNotAnswered() {
        client.sends(options("INPUTDEBUG", true));
        client.sends("external_discord_hello", "x").seesNothing();
    }

    // client_options, hello, supports_set, get_client_options.

    @ParameterizedTest
    @ValueSource(strings = {"client_options", "hello", "supports_set"})
    void clientTellsOfItself(String name) {
        client.sends(
                new CommandTuple(
                        name, List.of(), Map.of("client", " Mudlet ", "version", "4.19.1")));
        client.sends("get_client_options");
        client.sees("[\"client_options\",[],{\"client\":\"Mudlet\",\"version\":\"4.19.1\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_options", "hello", "supports_set", "get_client_options"})
    void whoTellsNothingIsToldWhatIsKnown(String name) {
        run.handler()
                .factsChanged(
                        client.id(),
                        ClientFacts.NONE
                                .with(Fact.WIDTH, 100, "NAWS")
                                .with(Fact.COLOURS, ColourDepth.ANSI, "TTYPE")
                                .with(Fact.UTF8, true, "MTTS")
                                .with(Fact.flag("FOO"), List.of(1), "game"));
        client.sends(name);
        client.sees(
                "[\"client_options\",[],"
                        + "{\"width\":100,\"colours\":\"16\",\"utf-8\":true,\"FOO\":[1]}]");
    }

    @Test
    void whoAsksAndTellsIsToldToo() {
        client.sends(options("SCREENWIDTH", 100).kwarg("get", "True"));
        client.sees("[\"client_options\",[],{\"width\":100}]");
    }

    @Test
    void whoOnlyTellsIsNotAnswered() {
        client.sends(options("SCREENWIDTH", 100)).seesNothing();
    }

    @Test
    void listOfWhatIsSupportedIsNoQuestion() {
        client.sends("supports_set", List.of("Char 1", "Room 1")).seesNothing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "{\"SCREENWIDTH\":100} -> width: 100",
                "{\"screenheight\":\" 24 \"} -> height: 24",
                "{\"screenheight\":24.0} -> height: 24",
                "{\"CLIENT\":\"TinTin++\"} -> client: TinTin++",
                "{\"Version\":\"2.02\"} -> version: 2.02",
                "{\"TRUECOLOR\":true} -> colours: 16777216",
                "{\"TRUECOLOR\":false} -> ``",
                "{\"XTERM256\":true} -> ``",
                "{\"XTERM256\":false} -> colours: 16",
                "{\"XTERM256\":\"off\"} -> colours: 16",
                "{\"ANSI\":true} -> ``",
                "{\"ANSI\":0} -> colours: none",
                "{\"ANSI\":false,\"XTERM256\":true} -> colours: 256",
                "{\"UTF-8\":1} -> utf-8: true",
                "{\"SCREENREADER\":\"yes\"} -> screenreader: true",
                "{\"SCREENREADER\":null} -> screenreader: false",
                "{\"NOCOLOR\":\"on\"} -> nocolor: true",
                "{\"RAW\":true} -> raw: true",
                "{\"LOCALECHO\":\"TRUE\"} -> localecho: true",
                "{\"INPUTDEBUG\":\"1\"} -> inputdebug: true",
            })
    void optionIsLearned(String told, String known) throws Exception {
        client.sends(new CommandTuple("client_options", List.of(), table(told))).seesNothing();
        ClientFacts facts = run.portal().kept(client.id()).facts();
        assertEquals(known.isEmpty() ? "[]" : "[" + known + " (client_options)]", facts.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"SCREENWIDTH\":0}",
                "{\"SCREENWIDTH\":-80}",
                "{\"SCREENWIDTH\":80.5}",
                "{\"SCREENWIDTH\":1e300}",
                "{\"SCREENWIDTH\":99999999999999999999}",
                "{\"SCREENWIDTH\":2147483648}",
                "{\"SCREENWIDTH\":\"wide\"}",
                "{\"SCREENWIDTH\":\"\"}",
                "{\"SCREENWIDTH\":[80]}",
                "{\"SCREENHEIGHT\":{\"0\":24}}",
                "{\"SCREENHEIGHT\":true}",
                "{\"SCREENHEIGHT\":null}",
                "{\"CLIENT\":null}",
                "{\"CLIENT\":5}",
                "{\"CLIENT\":\" \"}",
                "{\"CLIENT\":[\"Mudlet\"]}",
                "{\"VERSION\":{}}",
                "{\"MCCP\":true}",
                "{\"\":1}",
                "{\"no such option\":1}",
            })
    void strangeOptionIsPassedOver(String told) throws Exception {
        client.sends(new CommandTuple("client_options", List.of(), table(told))).seesNothing();
        assertEquals("[]", run.portal().kept(client.id()).facts().toString());
    }

    @Test
    void endlessNameOfAClientIsPassedOver() {
        client.sends(options("CLIENT", "x".repeat(129))).seesNothing();
        client.sends(options("VERSION", "x".repeat(128))).seesNothing();
        assertEquals(
                ClientFacts.NONE.with(Fact.VERSION, "x".repeat(128), "client_options"),
                run.portal().kept(client.id()).facts());
    }

    // get_inputfuncs, login.

    @Test
    void everyInputFuncIsListedWithItsDescription() {
        client.sends("get_inputfuncs");
        CommandTuple list = client.takes(1).getFirst();
        assertEquals(ALL, List.copyOf(list.kwargs().keySet()));
        assertFalse(list.kwargs().containsValue(""));
    }

    @Test
    void inputFuncOfTheGameTakesThePlaceOfTheStandardOneWhateverTheCase() {
        run.handler()
                .run(
                        () ->
                                run.handler()
                                        .host()
                                        .inputFunc("PiNG", "Ours.", (s, _) -> s.msg("Pong!")));
        client.sends("ping").sees("Pong!");
    }

    @Test
    void loginIsTheGames() {
        client.sends("login", "anna", "xyzzy");
        client.sends(CommandTuple.of("login").kwarg("name", "ben").kwarg("password", "plugh"));
        client.seesNothing();
        assertTrue(game.told().contains("login 1 anna xyzzy"));
        assertTrue(game.told().contains("login 1 ben plugh"));
    }

    @Test
    void loginWithoutANameIsNone() {
        client.sends("login").sends("login", "", "xyzzy").sends("login", null, "x").seesNothing();
        assertEquals(List.of(), told("login"));
    }

    @Test
    void whoIsLoggedInDoesNotLogInAgain() {
        client.types("in").sees(Visitor.PROMPT);
        client.sends("login", "ben", "plugh").seesNothing();
        assertEquals(List.of(), told("login"));
    }

    // get_value.

    @ParameterizedTest
    @ValueSource(strings = {"HEALTH", "health", "Health"})
    void valueIsAskedForByItsName(String name) {
        client.sends("get_value", name);
        client.sees("[\"get_value\",[],{\"name\":\"HEALTH\",\"value\":100}]");
    }

    @Test
    void nameOfAValueMayBeAKeyword() {
        client.sends(CommandTuple.of("get_value").kwarg("name", "room"));
        client.sees("[\"get_value\",[],{\"name\":\"ROOM\",\"value\":{\"VNUM\":1}}]");
    }

    @Test
    void valueThatIsNotThereIsNull() {
        client.sends("get_value", "CHARACTER_NAME").sends("get_value", "mana");
        client.sees("[\"get_value\",[],{\"name\":\"CHARACTER_NAME\",\"value\":null}]");
        client.sees("[\"get_value\",[],{\"name\":\"mana\",\"value\":null}]");
    }

    // repeat, unrepeat.

    @Test
    void repetitionIsCalledAgainAndAgain() {
        client.sends("repeat", "tick", 10).seesNothing();
        run.pass(Duration.ofSeconds(9));
        client.seesNothing();
        run.pass(Duration.ofSeconds(1));
        run.pass(Duration.ofSeconds(10));
        client.sees("[\"tick\",[\"tick\"],{}]", "[\"tick\",[\"tick\"],{}]").seesNothing();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 1, 0, -1, Integer.MIN_VALUE})
    void nothingIsRepeatedMoreOftenThanEveryFiveSeconds(int seconds) {
        client.sends("repeat", "tick", seconds);
        run.pass(Duration.ofMillis(4_999));
        client.seesNothing();
        run.pass(Duration.ofMillis(1));
        client.sees("[\"tick\",[\"tick\"],{}]").seesNothing();
    }

    @Test
    void repetitionWithoutAnIntervalComesOnceAMinute() {
        client.sends("repeat", "tick");
        run.pass(Duration.ofSeconds(59));
        client.seesNothing();
        run.pass(Duration.ofSeconds(1));
        client.sees("[\"tick\",[\"tick\"],{}]");
    }

    @Test
    void repetitionMayBeAskedForByKeywords() {
        client.sends(CommandTuple.of("repeat").kwarg("callback", "TICK").kwarg("interval", "7"));
        run.pass(Duration.ofSeconds(7));
        client.sees("[\"tick\",[\"TICK\"],{}]");
    }

    @Test
    void sameRepetitionAgainTakesThePlaceOfTheFirst() {
        client.sends("repeat", "tick", 5).sends("repeat", "TICK", 20);
        run.pass(Duration.ofSeconds(19));
        client.seesNothing();
        run.pass(Duration.ofSeconds(1));
        client.sees("[\"tick\",[\"TICK\"],{}]").seesNothing();
    }

    @Test
    void repetitionIsTakenBack() {
        client.sends("repeat", "tick", 5).sends("unrepeat", "TICK");
        run.pass(Duration.ofSeconds(60));
        client.seesNothing();
    }

    @Test
    void repetitionIsTakenBackByTheKeywordStopToo() {
        client.sends("repeat", "tick", 5);
        client.sends(CommandTuple.of("repeat", "tick").kwarg("stop", true));
        run.pass(Duration.ofSeconds(60));
        client.seesNothing();
    }

    @Test
    void whatIsNotRepeatableIsSaidSo() {
        client.sends("repeat", "nothing", 5);
        client.sees("[\"repeat\",[\"There is nothing of that name to repeat.\"],{}]");
    }

    @Test
    void whatIsNotRepeatedCannotBeTakenBackAndNobodyMinds() {
        client.sends("unrepeat", "tick").sends("unrepeat").seesNothing();
    }

    @Test
    void repetitionIsOfOneSessionAlone() {
        Visitor other = run.visitor().sees("Welcome.");
        client.sends("repeat", "tick", 5);
        other.sends("unrepeat", "tick");
        run.pass(Duration.ofSeconds(5));
        client.sees("[\"tick\",[\"tick\"],{}]");
        other.seesNothing();
    }

    // monitor, unmonitor, monitored.

    @Test
    void monitorTellsWhenTheValueChanges() {
        client.sends("monitor", "health").seesNothing();
        changesTo(90);
        client.sees("[\"monitor\",[],{\"name\":\"HEALTH\",\"value\":90}]");
    }

    @Test
    void monitorDoesNotTellWhatIsKnown() {
        client.sends(CommandTuple.of("monitor").kwarg("name", "HEALTH"));
        changesTo(90);
        changesTo(90);
        client.sees("[\"monitor\",[],{\"name\":\"HEALTH\",\"value\":90}]").seesNothing();
    }

    @Test
    void changeOfWhatIsNotMonitoredIsNotTold() {
        client.sends("monitor", "ROOM");
        changesTo(90);
        client.seesNothing();
    }

    @Test
    void monitorEndsWhenItIsTakenBack() {
        client.sends("monitor", "HEALTH", "ROOM").sends("unmonitor", "health");
        changesTo(90);
        client.sends("monitored").sees("[\"monitored\",[\"ROOM\"],{}]");
    }

    @Test
    void monitorEndsByTheKeywordStopToo() {
        client.sends("monitor", "HEALTH");
        client.sends(CommandTuple.of("monitor", "HEALTH").kwarg("stop", true));
        client.sends("monitored").sees("[\"monitored\",[],{}]");
    }

    @Test
    void monitoredListsWhatIsMonitoredUnderItsOwnName() {
        client.sends("monitor", List.of("room", "nothing", "health"));
        client.sends("monitored").sees("[\"monitored\",[\"ROOM\",\"HEALTH\"],{}]");
    }

    // webclient_options.

    @Test
    void settingsOfTheWebClientAreKept() {
        client.sends(CommandTuple.of("webclient_options").kwarg("font", "mono").kwarg("size", 12));
        client.sees("[\"webclient_options\",[],{\"font\":\"mono\",\"size\":12}]");
        client.sends(CommandTuple.of("webclient_options").kwarg("size", 14)).looksAway();
        client.sends("webclient_options");
        client.sees("[\"webclient_options\",[],{\"font\":\"mono\",\"size\":14}]");
        assertEquals(
                Map.of("webclient_options", Map.of("font", "mono", "size", 14L)),
                run.portal().kept(client.id()).data().serverData());
    }

    @Test
    void settingsOfTheWebClientAreThereAgainAfterARestart() throws Exception {
        client.sends(CommandTuple.of("webclient_options").kwarg("font", "mono")).looksAway();
        try (RunningGame again =
                RunningGame.restart(new ScriptedGame(), run.portal().kept(client.id()))) {
            Visitor same = again.present(client.id()).looksAway();
            same.sends("webclient_options").sees("[\"webclient_options\",[],{\"font\":\"mono\"}]");
        }
    }

    @Test
    void withoutSettingsThereAreNone() {
        client.sends("webclient_options").sees("[\"webclient_options\",[],{}]");
    }

    @Test
    void settingsOfTheWebClientDoNotGrowWithoutABound() {
        for (int i = 0; i < 100; i++) {
            client.sends(CommandTuple.of("webclient_options").kwarg("k" + i, "x".repeat(1_000)));
        }
        client.looksAway();
        int kept = Json.write(run.portal().kept(client.id()).data().serverData()).length();
        assertTrue(kept > 10_000 && kept < 20_000, "kept " + kept + " characters");
    }

    // MSDP.

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "commands ->"
                    + " [\"COMMANDS\",[\"LIST\",\"REPORT\",\"RESET\",\"SEND\",\"UNREPORT\"],{}]",
                "LISTS -> [\"LISTS\",[\"COMMANDS\",\"LISTS\",\"CONFIGURABLE_VARIABLES\","
                    + "\"REPORTABLE_VARIABLES\",\"REPORTED_VARIABLES\",\"SENDABLE_VARIABLES\"],{}]",
                "CONFIGURABLE_VARIABLES ->"
                        + " [\"CONFIGURABLE_VARIABLES\",[\"CLIENT_NAME\",\"CLIENT_VERSION\"],{}]",
                "REPORTABLE_VARIABLES ->"
                        + " [\"REPORTABLE_VARIABLES\",[\"HEALTH\",\"ROOM\",\"CHARACTER_NAME\"],{}]",
                "sendable_variables ->"
                        + " [\"SENDABLE_VARIABLES\",[\"HEALTH\",\"ROOM\",\"CHARACTER_NAME\"],{}]",
                "REPORTED_VARIABLES -> [\"REPORTED_VARIABLES\",[],{}]",
            })
    void listIsSentUnderItsOwnName(String list, String sent) {
        client.sends("msdp_list", list).sees(sent).seesNothing();
    }

    @Test
    void severalListsMayBeAskedForAtOnce() {
        client.sends("MSDP_LIST", List.of("REPORTED_VARIABLES", "NO_SUCH"), "reported_variables");
        client.sees("[\"REPORTED_VARIABLES\",[],{}]", "[\"REPORTED_VARIABLES\",[],{}]");
        client.seesNothing();
    }

    @Test
    void reportSendsTheValueAtOnceAndWhenItChanges() {
        client.sends("msdp_report", "health").sees("[\"HEALTH\",[100],{}]");
        changesTo(90);
        changesTo(90);
        client.sees("[\"HEALTH\",[90],{}]").seesNothing();
    }

    @Test
    void severalValuesMayBeReported() {
        client.sends("msdp_report", List.of("HEALTH", "MANA"), "ROOM");
        client.sees("[\"HEALTH\",[100],{}]", "[\"ROOM\",[{\"VNUM\":1}],{}]");
        client.sends("msdp_list", "REPORTED_VARIABLES");
        client.sees("[\"REPORTED_VARIABLES\",[\"HEALTH\",\"ROOM\"],{}]").seesNothing();
    }

    @Test
    void valueThatIsNotThereIsReportedWithoutAnArgumentUntilItIs() {
        client.sends("msdp_report", "CHARACTER_NAME").sees("[\"CHARACTER_NAME\",[],{}]");
        client.types("in").sees(Visitor.PROMPT);
        run.handler().run(() -> game.session(client.id()).changed("CHARACTER_NAME"));
        client.sees("[\"CHARACTER_NAME\",[\"anna\"],{}]");
    }

    @Test
    void reportEndsWhenItIsTakenBack() {
        client.sends("msdp_report", "HEALTH").sees("[\"HEALTH\",[100],{}]");
        client.sends("msdp_unreport", List.of("Health", "NO_SUCH"));
        changesTo(90);
        client.seesNothing();
    }

    @Test
    void valueThatChangedWhileItWasNotReportedIsReportedAnew() {
        client.sends("msdp_report", "HEALTH").sees("[\"HEALTH\",[100],{}]");
        client.sends("msdp_unreport", "HEALTH");
        changesTo(90);
        client.sends("msdp_report", "HEALTH").sees("[\"HEALTH\",[90],{}]");
        changesTo(100);
        client.sees("[\"HEALTH\",[100],{}]").seesNothing();
    }

    @Test
    void sendSendsTheValueOnce() {
        client.sends("msdp_send", "health", "ROOM", "NO_SUCH");
        client.sees("[\"HEALTH\",[100],{}]", "[\"ROOM\",[{\"VNUM\":1}],{}]");
        changesTo(90);
        client.seesNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPORTED_VARIABLES", "reportable_variables"})
    void resetEndsAllReports(String list) {
        client.sends("msdp_report", "HEALTH", "ROOM").looksAway();
        client.sends("msdp_reset", list);
        client.sends("msdp_list", "REPORTED_VARIABLES").sees("[\"REPORTED_VARIABLES\",[],{}]");
    }

    @Test
    void resetOfSomethingElseEndsNoReport() {
        client.sends("msdp_report", "HEALTH").looksAway();
        client.sends("msdp_reset", "COMMANDS").sends("msdp_reset").seesNothing();
        changesTo(90);
        client.sees("[\"HEALTH\",[90],{}]");
    }

    @Test
    void monitorAndReportOfOneValueBothTell() {
        client.sends("msdp_report", "HEALTH").sends("monitor", "HEALTH").looksAway();
        changesTo(90);
        client.sees("[\"HEALTH\",[90],{}]", "[\"monitor\",[],{\"name\":\"HEALTH\",\"value\":90}]");
    }

    // What one client may take up.

    @Test
    void oneMessageAsksForTheSameOnce() {
        Object[] names = Collections.nCopies(1_000, "health").toArray();
        client.sends("msdp_send", names).sees("[\"HEALTH\",[100],{}]").seesNothing();
        client.sends("msdp_report", names).sees("[\"HEALTH\",[100],{}]").seesNothing();
        client.sends("msdp_list", Collections.nCopies(1_000, "reported_variables").toArray());
        client.sees("[\"REPORTED_VARIABLES\",[\"HEALTH\"],{}]").seesNothing();
        assertEquals(0, run.meters().count("refused names"));
    }

    @Test
    void namesBeyondMeasureAreNotHeeded() {
        Object[] names = IntStream.range(0, 257).mapToObj(i -> "V" + i).toArray();
        names[256] = "HEALTH";
        client.sends("msdp_send", names).seesNothing();
        assertEquals(1, run.meters().count("refused names"));
    }

    @Test
    void whatASessionMayWatchAndHaveRepeatedIsBounded() throws Exception {
        ScriptedGame large =
                new ScriptedGame()
                        .atStart(
                                host -> {
                                    for (int i = 0; i < 200; i++) {
                                        host.variable("V" + i, _ -> 1);
                                        host.repeatable("r" + i, (_, _) -> {});
                                    }
                                });
        Object[] names = IntStream.range(0, 200).mapToObj(i -> "v" + i).toArray();
        try (RunningGame game = RunningGame.start(large)) {
            Visitor visitor = game.visitor().sees("Welcome.");
            visitor.sends("monitor", names).sends("monitor", names);
            visitor.sends("msdp_report", names).looksAway();
            visitor.sends("unmonitor", "v1").sends("monitor", "v199").sends("monitored");
            assertTrue(visitor.next().endsWith("\"V127\",\"V199\"],{}]"));
            assertEquals(2 * 72 + 72, game.meters().count("refused watched"));
            for (int i = 0; i < 20; i++) {
                visitor.sends("repeat", "r" + i).sends("repeat", "r0");
            }
            for (int i = Repeats.MAX_REPEATED; i < 20; i++) {
                visitor.sees("[\"repeat\",[\"Too much is being repeated already.\"],{}]");
            }
            visitor.sends("unrepeat", "r3").sends("repeat", "r19").seesNothing();
            assertEquals(4, game.meters().count("refused repeats"));
        }
    }

    @Test
    void settingsThatSwellInMemoryAreNotKept() {
        List<Object> swelling = Collections.nCopies(1_000, List.of(1L));
        client.sends(CommandTuple.of("webclient_options").kwarg("k", swelling));
        client.sees("[\"webclient_options\",[],{}]");
        assertEquals(1, run.meters().count("refused webclient_options"));
    }

    @Test
    void windowIsNoLargerThanTelnetCanSay() {
        client.sends(options("SCREENWIDTH", Integer.MAX_VALUE)).seesNothing();
        assertEquals(65_535, run.portal().kept(client.id()).facts().width());
    }

    // Hostile clients.

    @Test
    void nothingThatAClientSendsFailsInHisSight() {
        for (String name : ALL) {
            for (Object value : strangeValues()) {
                List<CommandTuple> inputs = new ArrayList<>();
                inputs.add(CommandTuple.of(name, value));
                inputs.add(CommandTuple.of(name, value, value, value));
                inputs.add(CommandTuple.of(name, "HEALTH", value));
                inputs.add(CommandTuple.of(name, "tick", value));
                inputs.add(
                        CommandTuple.of(name)
                                .kwarg("name", value)
                                .kwarg("password", value)
                                .kwarg("callback", value)
                                .kwarg("interval", value)
                                .kwarg("stop", value)
                                .kwarg("get", value)
                                .kwarg("options", value)
                                .kwarg("", value));
                inputs.forEach(client::sends);
            }
        }
        client.looksAway();
        List<String> failures =
                run.portal().commands(client.id()).stream()
                        .map(CommandTuple::toString)
                        .filter(told -> told.contains("did not work"))
                        .toList();
        assertEquals(List.of(), failures);
        client.types("hello").sees("You said hello.", Visitor.PROMPT);
    }

    private static List<@Nullable Object> strangeValues() {
        Object deepList = "x";
        Object deepTable = "x";
        for (int i = 0; i < Values.MAX_DEPTH; i++) {
            deepList = List.of(deepList);
            deepTable = Map.of("k", deepTable);
        }
        return Arrays.asList(
                null,
                true,
                "",
                " ",
                "HEALTH",
                "tick",
                "x".repeat(100_000),
                "|r{{}\u0000\ud800",
                -1,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                BigInteger.TEN.pow(500),
                1e300,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                List.of(),
                List.of("HEALTH", List.of("ROOM")),
                Arrays.asList(null, null),
                Map.of(),
                Map.of("name", "HEALTH"),
                deepList,
                deepTable);
    }

    private void changesTo(int now) {
        run.rest(); // what was asked for before is known by then
        health.set(now);
        run.handler().run(() -> game.session(client.id()).changed("health"));
        run.rest();
    }

    private List<String> told(String what) {
        return game.told().stream().filter(one -> one.startsWith(what + " ")).toList();
    }

    private static CommandTuple options(String key, Object value) {
        return CommandTuple.of("client_options").kwarg(key, value);
    }

    private static Map<String, @Nullable Object> table(String json) throws Exception {
        return Json.read(json) instanceof Map<?, ?> map ? Values.table(map) : Map.of();
    }
}
