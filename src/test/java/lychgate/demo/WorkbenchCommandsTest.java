package lychgate.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.testing.RunningGame;
import lychgate.testing.Visitor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The commands for testing clients. */
class WorkbenchCommandsTest implements PlayedGatehouse {
    private final RunningGame game;

    WorkbenchCommandsTest(@TempDir Path folder) throws IOException {
        game = PlayedGatehouse.start(folder);
    }

    @Override
    public RunningGame game() {
        return game;
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
                List.of("Usage: oob foo_bar [\"a\",1] {\"k\":\"v\"}, with complete JSON."),
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
        assertEquals(List.of("Which prompt? prompt TEXT, or prompt off."), guest().asks("prompt"));
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
}
