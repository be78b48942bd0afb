package lychgate.transport.web.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.OutputOptions;
import lychgate.text.RenderStyle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rows are those of Evennia's documentation, "Out-of-Band messaging", section "Web client";
 * what it says nothing of is as Evennia 5.0.1 does it.
 */
class V1Test {
    private static final V1 FORMAT = new V1();
    private static final RenderStyle STYLE =
            style(ClientFacts.NONE.with(Fact.COLOURS, ColourDepth.TRUECOLOR, "test"));

    record Row(CommandTuple command, String json) {}

    private static RenderStyle style(ClientFacts facts) {
        return RenderStyle.of(facts, OutputOptions.NONE);
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(CommandTuple.of("cmdname"), "[\"cmdname\",[],{}]"),
                new Row(CommandTuple.of("cmdname", "arg"), "[\"cmdname\",[\"arg\"],{}]"),
                new Row(CommandTuple.of("cmdname", "arg", 1), "[\"cmdname\",[\"arg\",1],{}]"),
                new Row(
                        CommandTuple.of("cmdname").kwarg("key", "value"),
                        "[\"cmdname\",[],{\"key\":\"value\"}]"),
                new Row(
                        CommandTuple.of("cmdname", "arg", 1).kwarg("key", "value"),
                        "[\"cmdname\",[\"arg\",1],{\"key\":\"value\"}]"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void commandIsItsRow(Row row) {
        assertEquals(new Message.Text(row.json), FORMAT.command(row.command));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowIsItsCommand(Row row) {
        assertEquals(
                List.of(new Received.Command(row.command)),
                FORMAT.read(new Message.Text(row.json)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowMayComeInABinaryMessage(Row row) {
        assertEquals(
                List.of(new Received.Command(row.command)),
                FORMAT.read(Message.Binary.utf8(row.json)));
    }

    @Test
    void textIsHtml() {
        assertEquals(
                new Message.Text(
                        "[\"text\",[\"<span class=\\\"color-009\\\">&lt;b&gt;</span>\"],{}]"),
                FORMAT.text(CommandTuple.text("|r<b>|n"), STYLE));
    }

    @Test
    void textKeepsWhatEvenniaSaysOfItButForItsOptions() {
        CommandTuple look =
                CommandTuple.text("a room")
                        .kwarg("type", "look")
                        .kwarg("options", Map.of("raw", false));
        assertEquals(
                new Message.Text("[\"text\",[\"a room\"],{\"type\":\"look\"}]"),
                FORMAT.text(look, STYLE));
    }

    @Test
    void textForAScreenReaderIsWords() {
        RenderStyle words = style(ClientFacts.NONE.with(Fact.SCREENREADER, true, "test"));
        assertEquals(
                new Message.Text("[\"text\",[\"a &lt;b&gt;\"],{}]"),
                FORMAT.text(CommandTuple.text("|ra|n <b>----"), words));
    }

    @Test
    void textWithoutColourKeepsItsLinks() {
        assertEquals(
                new Message.Text(
                        "[\"text\",[\"a <a href=\\\"#\\\" class=\\\"command\\\""
                                + " data-command=\\\"n\\\">b</a>\"],{}]"),
                FORMAT.text(
                        CommandTuple.text("|ra|n |lcn|lt|rb|n|le"),
                        style(ClientFacts.NONE.with(Fact.NOCOLOR, true, "test"))));
    }

    @Test
    void textWithoutMarkupParsedIsStillEscaped() {
        assertEquals(
                new Message.Text("[\"text\",[\"|r&lt;b&gt;\"],{}]"),
                FORMAT.text(
                        CommandTuple.text("|r<b>"),
                        style(ClientFacts.NONE.with(Fact.RAW, true, "test"))));
    }

    @Test
    void promptThatAsksUnseenSaysSo() {
        CommandTuple prompt = CommandTuple.of("prompt", "Password:");
        assertEquals(
                new Message.Text("[\"prompt\",[\"Password:\"],{\"type\":\"password\"}]"),
                FORMAT.prompt(prompt, STYLE, true));
        assertEquals(
                new Message.Text("[\"prompt\",[\"Password:\"],{}]"),
                FORMAT.prompt(prompt, STYLE, false));
    }

    @ParameterizedTest
    @CsvSource({
        "look, look",
        "a\\nb, a|b",
        "a\\r\\nb\\n, a|b",
        "\\n, ''",
        "'', ''",
        "' a ', ' a '"
    })
    void everyLineOfATextIsOne(String typed, String lines) {
        List<Received> expected =
                Stream.of(lines.split("\\|", -1)).<Received>map(Received.Line::new).toList();
        assertEquals(expected, FORMAT.read(new Message.Text("[\"text\",[\"" + typed + "\"],{}]")));
    }

    @Test
    void optionsOfAClientAreIgnored() {
        assertEquals(
                List.of(new Received.Command(CommandTuple.of("foo").kwarg("k", 1))),
                FORMAT.read(new Message.Text("[\"foo\",[],{\"options\":{},\"k\":1}]")));
    }

    @Test
    void clientMayAskToBeClosed() {
        assertEquals(
                List.of(new Received.Leaves()),
                FORMAT.read(new Message.Text("[\"websocket_close\",[],{}]")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{",
                "[]",
                "null",
                "1",
                "\"text\"",
                "[\"text\"]",
                "[\"text\",[\"look\"]]",
                "[1,[],{}]",
                "[null,[],{}]",
                "[\"\",[],{}]",
                "[\"text\",{},[]]",
                "[\"text\",\"look\",{}]",
                "[\"text\",[],{}]",
                "[\"text\",[null],{}]",
                "[\"text\",[{\"a\":1}],{}]",
                "[\"text\",[\"look\"],{}] x"
            })
    void whatIsNoRowIsMalformed(String json) {
        assertEquals(List.of(new Received.Malformed("v1")), FORMAT.read(new Message.Text(json)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"options", "Self"})
    void noClientSpeaksForThePortal(String name) {
        assertEquals(
                List.of(new Received.Malformed("reserved_name")),
                FORMAT.read(new Message.Text("[\"" + name + "\",[],{}]")));
    }

    // Coming back.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"resume\":true} | Asks[]",
                "{\"ack\":7} | Acknowledges[shown=7]",
                "{\"ping\":7} | Pings[number=7]",
                "{\"resume\":\"a.b\",\"ack\":7,\"epoch\":\"e\",\"cseq\":3}"
                        + " | Returns[token=a.b, epoch=e, shown=7]",
                "{\"resume\":\"a.b\"} | Returns[token=a.b, epoch=, shown=0]"
            })
    void whatAClientSaysOfItsSessionIsForThePortal(String kwargs, String message) {
        assertEquals(
                "[Session[message=" + message + "]]",
                FORMAT.read(new Message.Text("[\"session\",[]," + kwargs + "]")).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"resume\":false}",
                "{\"resume\":1}",
                "{\"ack\":-1}",
                "{\"ack\":\"7\"}",
                "{\"ack\":1.5}",
                "{\"resume\":\"a.b\",\"ack\":-1}"
            })
    void sessionMessageWithoutSenseIsMalformed(String kwargs) {
        assertEquals(
                List.of(new Received.Malformed("session")),
                FORMAT.read(new Message.Text("[\"session\",[]," + kwargs + "]")));
    }

    @Test
    void numberOfAnInputIsReadAndNoneOfTheGamesBusiness() {
        Format numbered = FORMAT.numbered();
        assertEquals(
                List.of(
                        new Received.Numbered(5),
                        new Received.Line("north"),
                        new Received.Line("look")),
                numbered.read(new Message.Text("[\"text\",[\"north\\nlook\"],{\"cseq\":5}]")));
        assertEquals(
                List.of(
                        new Received.Numbered(6),
                        new Received.Command(CommandTuple.of("foo", "a").kwarg("k", "v"))),
                numbered.read(new Message.Text("[\"foo\",[\"a\"],{\"k\":\"v\",\"cseq\":6}]")));
    }

    @Test
    void keywordOfThatNameIsTheGamesForWhoDoesNotComeBack() {
        assertEquals(
                List.of(new Received.Command(CommandTuple.of("foo").kwarg("cseq", 6L))),
                FORMAT.read(new Message.Text("[\"foo\",[],{\"cseq\":6}]")));
    }

    @Test
    void bytesThatAreNoCharactersAreMalformed() {
        assertEquals(
                List.of(new Received.Malformed("v1")),
                FORMAT.read(new Message.Binary(new byte[] {'[', (byte) 0xff})));
    }
}
