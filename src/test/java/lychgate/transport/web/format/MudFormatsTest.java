package lychgate.transport.web.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.OutputOptions;
import lychgate.text.RenderStyle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The formats of mudstandards.org/websocket as of 2025-12-06: binary messages carry what is typed
 * and shown, text messages what is out of band. The commands are those of the customer's table of
 * GMCP; how an envelope is read is as Evennia 6.1 does it.
 */
class MudFormatsTest {
    private static final MudJson JSON = new MudJson();
    private static final MudGmcp GMCP = new MudGmcp();
    private static final RenderStyle STYLE =
            RenderStyle.of(
                    ClientFacts.NONE.with(Fact.COLOURS, ColourDepth.XTERM256, "test"),
                    OutputOptions.NONE);

    private static final CommandTuple NONE = CommandTuple.of("cmd_name");
    private static final CommandTuple ONE = CommandTuple.of("cmd_name", "arg");
    private static final CommandTuple TWO = CommandTuple.of("cmd_na_me", "arg", 1);
    private static final CommandTuple KEYS = CommandTuple.of("cmd_name").kwarg("k", "v");
    private static final CommandTuple BOTH = CommandTuple.of("cmdname", "arg").kwarg("k", "v");

    // What is shown.

    @Test
    void textIsAnsiInABinaryMessageAndEndsItsLines() {
        CommandTuple text = CommandTuple.text("|rred|n\nblue");
        String shown = "\u001b[1m\u001b[31mred\u001b[0m\r\nblue\u001b[0m\r\n";
        for (Format format : List.of(JSON, GMCP, Terminal.BINARY)) {
            assertEquals(shown, binary(format.text(text, STYLE)));
        }
        assertEquals(new Message.Text(shown), Terminal.TEXT.text(text, STYLE));
    }

    @Test
    void promptHasNoLineEnd() {
        CommandTuple prompt = CommandTuple.of("prompt", "> ");
        assertEquals("> ", binary(GMCP.prompt(prompt, STYLE, false)));
        assertEquals("> ", binary(Terminal.BINARY.prompt(prompt, STYLE, true)));
        assertEquals(new Message.Text("> "), Terminal.TEXT.prompt(prompt, STYLE, false));
        assertEquals(
                new Message.Text("{\"proto\":\"prompt\",\"id\":\"\",\"data\":\"> \"}"),
                JSON.prompt(prompt, STYLE, false));
    }

    // What is out of band.

    @Test
    void commandIsGmcp() {
        assertEquals("Cmd.Name", gmcp(NONE));
        assertEquals("Cmd.Name \"arg\"", gmcp(ONE));
        assertEquals("Cmd.Na.Me [\"arg\",1]", gmcp(TWO));
        assertEquals("Cmd.Name {\"k\":\"v\"}", gmcp(KEYS));
        assertEquals("Core.Cmdname [[\"arg\"],{\"k\":\"v\"}]", gmcp(BOTH));
    }

    @Test
    void commandIsGmcpInAnEnvelope() {
        assertEquals("{\"proto\":\"gmcp\",\"id\":\"Cmd.Name\",\"data\":\"\"}", json(NONE));
        assertEquals(
                "{\"proto\":\"gmcp\",\"id\":\"Cmd.Name\",\"data\":\"\\\"arg\\\"\"}", json(ONE));
        assertEquals(
                "{\"proto\":\"gmcp\",\"id\":\"Core.Cmdname\","
                        + "\"data\":\"[[\\\"arg\\\"],{\\\"k\\\":\\\"v\\\"}]\"}",
                json(BOTH));
    }

    @Test
    void terminalHasNoPlaceForCommands() {
        assertNull(Terminal.BINARY.command(ONE));
        assertNull(Terminal.TEXT.command(ONE));
    }

    @Test
    void gmcpIsACommand() {
        assertEquals(command(NONE), GMCP.read(new Message.Text("Cmd.Name")));
        assertEquals(command(TWO), GMCP.read(new Message.Text("Cmd.Na.Me [\"arg\", 1]")));
        assertEquals(command(KEYS), GMCP.read(new Message.Text("Cmd.Name {\"k\": \"v\"}")));
        assertEquals(command(BOTH), GMCP.read(new Message.Text(gmcp(BOTH))));
        assertEquals(List.of(new Received.Malformed("gmcp")), GMCP.read(new Message.Text("A.B {")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'proto':'gmcp','id':'A.B','data':'[\\'a\\',1]'} | ['a_b',['a',1],{}]",
                "{'proto':'gmcp','id':'A.B','data':['a',1]} | ['a_b',['a',1],{}]",
                "{'proto':'gmcp','id':'A.B','data':{'k':1}} | ['a_b',[],{'k':1}]",
                "{'proto':'gmcp','id':' A.B ','data':''} | ['a_b',[],{}]",
                "{'proto':'gmcp','id':'A.B'} | ['a_b',[],{}]",
                "{'proto':'a_b','data':'{\\'k\\':1}'} | ['a_b',[],{'k':1}]",
                "{'proto':'x','id':'a_b','data':'[1,2]'} | ['a_b',[1,2],{}]",
                "{'proto':'x','id':'a_b','data':'5'} | ['a_b',[5],{}]",
                "{'proto':'x','id':'a_b','data':'no JSON'} | ['a_b',['no JSON'],{}]",
                "{'id':'a_b','more':1} | ['a_b',[],{}]",
            })
    void envelopeIsACommand(String envelope, String row) {
        List<Received> expected = new V1().read(new Message.Text(row.replace('\'', '"')));
        assertInstanceOf(Received.Command.class, expected.getFirst());
        assertEquals(expected, JSON.read(new Message.Text(envelope.replace('\'', '"'))));
    }

    @Test
    void envelopeMayBeTypedText() {
        assertEquals(
                List.of(new Received.Line("look"), new Received.Line("n")),
                JSON.read(
                        new Message.Text(
                                "{\"proto\":\"text\",\"id\":\"\",\"data\":\"look\\nn\"}")));
    }

    /** Asked for in github.com/taranion/mudstandards/issues/6. */
    @Test
    void envelopeMayBeTheSizeOfTheWindow() {
        assertEquals(
                List.of(new Received.Size(80, 24)),
                JSON.read(
                        new Message.Text(
                                "{\"proto\":\"terminal\",\"id\":\"size\","
                                        + "\"data\":{\"cols\":80,\"rows\":24}}")));
    }

    @Test
    void envelopeMayEndTheSession() {
        assertEquals(
                List.of(new Received.Leaves()),
                JSON.read(new Message.Text("{\"proto\":\"websocket_close\"}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{\"proto\":1}",
                "{\"proto\":{\"a\":1},\"id\":[],\"data\":{}}",
                "{\"proto\":\"gmcp\",\"id\":\"\",\"data\":\"x\"}",
                "{\"proto\":\"terminal\",\"id\":\"size\",\"data\":{\"cols\":0,\"rows\":24}}",
                "{\"proto\":\"terminal\",\"id\":\"size\",\"data\":\"80x24\"}",
                "{\"proto\":\"terminal\",\"id\":\"colour\",\"data\":\"\"}",
                "{\"proto\":\"x\"} {}"
            })
    void whatIsNoEnvelopeIsMalformed(String json) {
        assertEquals(List.of(new Received.Malformed("json")), JSON.read(new Message.Text(json)));
    }

    // What is typed.

    @ParameterizedTest
    @CsvSource({"look, look", "look\\r\\n, look", "\\r\\n, ''", "a\\r\\nb\\r\\n, a|b", "é, é"})
    void linesOfABinaryMessageAreTyped(String typed, String lines) {
        List<Received> expected =
                Stream.of(lines.split("\\|", -1)).<Received>map(Received.Line::new).toList();
        for (Format format : List.of(JSON, GMCP, Terminal.BINARY, Terminal.TEXT)) {
            assertEquals(expected, format.read(Message.Binary.utf8(typed.translateEscapes())));
        }
        assertEquals(expected, Terminal.BINARY.read(new Message.Text(typed.translateEscapes())));
    }

    @Test
    void emptyMessageIsNotEnter() {
        assertEquals(List.of(), Terminal.BINARY.read(new Message.Binary(new byte[0])));
    }

    @Test
    void whatIsNotUtf8IsMalformed() {
        byte[] bytes = {(byte) 0xff, (byte) 0xfe};
        assertEquals(
                List.of(new Received.Malformed("terminal")),
                Terminal.BINARY.read(new Message.Binary(bytes)));
    }

    private static List<Received> command(CommandTuple command) {
        return List.of(new Received.Command(command));
    }

    private static String gmcp(CommandTuple command) {
        return assertInstanceOf(Message.Text.class, GMCP.command(command)).text();
    }

    private static String json(CommandTuple command) {
        return assertInstanceOf(Message.Text.class, JSON.command(command)).text();
    }

    private static String binary(Message message) {
        return new String(
                assertInstanceOf(Message.Binary.class, message).bytes(), StandardCharsets.UTF_8);
    }
}
