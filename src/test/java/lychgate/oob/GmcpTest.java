package lychgate.oob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.Seeded;
import lychgate.session.CommandTuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Commands are written as JSON here: {@code ["name",[args],{kwargs}]}. */
class GmcpTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "[\"cmd_name\",[],{}] -> Cmd.Name",
                "[\"cmd_name\",[\"arg\"],{}] -> Cmd.Name \"arg\"",
                "[\"cmd_na_me\",[\"a\",1],{}] -> Cmd.Na.Me [\"a\",1]",
                "[\"cmd_name\",[],{\"k\":\"v\"}] -> Cmd.Name {\"k\":\"v\"}",
                "[\"cmdname\",[\"arg\"],{\"k\":\"v\"}] -> Core.Cmdname [[\"arg\"],{\"k\":\"v\"}]",
                "[\"cmd_name\",[\"a\",2],{\"k\":1}] -> Cmd.Name [[\"a\",2],{\"k\":1}]",
                "[\"cmd\",[],{}] -> Core.Cmd",
                "[\"ping\",[5],{}] -> Core.Ping 5",
                "[\"foo_bar\",[null],{}] -> Foo.Bar null",
                "[\"foo_bar\",[\"\"],{}] -> Foo.Bar \"\"",
                "[\"foo_bar\",[0],{}] -> Foo.Bar 0",
                "[\"foo_bar\",[\"grüße 😀\"],{}] -> Foo.Bar \"grüße 😀\"",
                "[\"char_HP\",[7],{}] -> Char.HP 7",
                "[\"cMD_Name\",[],{}] -> Cmd.Name",
                "[\"HEALTH\",[90],{}] -> Core.HEALTH 90",
                "[\"Char.Items.List\",[],{}] -> Char.Items.List",
                "[\"_core_\",[],{}] -> .Core.",
                "[\"client_options\",[\"x\"],{}] -> Core.Supports.Get \"x\"",
                "[\"get_inputfuncs\",[],{}] -> Core.Commands.Get",
                "[\"get_value\",[\"x\"],{}] -> Char.Value.Get \"x\"",
                "[\"repeat\",[\"x\"],{}] -> Char.Repeat.Update \"x\"",
                "[\"monitor\",[\"x\"],{}] -> Char.Monitor.Update \"x\"",
            })
    void commandIsWritten(String command, String message) throws Exception {
        assertEquals(message, new String(Gmcp.encode(command(command)), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "Foo.Bar -> [\"foo_bar\",[],{}]",
                "Foo.Bar \"a\" -> [\"foo_bar\",[\"a\"],{}]",
                "Foo.Bar null -> [\"foo_bar\",[null],{}]",
                "Foo.Bar [] -> [\"foo_bar\",[],{}]",
                "Cmd.Na.Me [\"a\",1] -> [\"cmd_na_me\",[\"a\",1],{}]",
                "Foo.Bar {\"k\":\"v\"} -> [\"foo_bar\",[],{\"k\":\"v\"}]",
                "Core.Cmdname [[\"a\"],{\"k\":\"v\"}] -> [\"cmdname\",[\"a\"],{\"k\":\"v\"}]",
                "Foo.Bar [[\"a\",2],{\"k\":[1]}] -> [\"foo_bar\",[\"a\",2],{\"k\":[1]}]",
                "Foo.Bar [[1],[2]] -> [\"foo_bar\",[[1],[2]],{}]",
                "CORE.CMD 1 -> [\"cmd\",[1],{}]",
                "FOO.bAr 1 -> [\"foo_bar\",[1],{}]",
                "Foo.A_b -> [\"foo_a_b\",[],{}]",
                "Core.Supports.Set [\"Char 1\"] -> [\"supports_set\",[\"Char 1\"],{}]",
                "Foo.Bar{\"k\":1} -> [\"foo_bar\",[],{\"k\":1}]",
                "Foo.Bar[1,2] -> [\"foo_bar\",[1,2],{}]",
                "core.hello {\"client\":\"X\"} -> [\"client_options\",[],{\"client\":\"X\"}]",
                "Core.Supports.Get -> [\"client_options\",[],{}]",
                "Core.Commands.Get -> [\"get_inputfuncs\",[],{}]",
                "Char.Value.Get \"name\" -> [\"get_value\",[\"name\"],{}]",
                "Char.Repeat.Update \"x\" -> [\"repeat\",[\"x\"],{}]",
                "Char.Monitor.Update \"x\" -> [\"monitor\",[\"x\"],{}]",
            })
    void messageIsRead(String message, String command) throws Exception {
        assertEquals(command, Json.write(decode(message)));
    }

    @Test
    void whiteSpaceAroundTheBodyIsNoPartOfIt() throws Exception {
        assertEquals(CommandTuple.of("foo_bar"), decode("Foo.Bar "));
        assertEquals(CommandTuple.of("foo_bar").kwarg("k", 1), decode("Foo.Bar \n  {\"k\": 1}  "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Core.",
                ".",
                "...",
                "{\"a\":1}",
                "[1]",
                "Foo.Bar {bad",
                "Foo.Bar [1,2",
                "Foo.Bar {\"a\":1}}",
                "Foo.Bar nan",
                "Foo.Bar 1e999999",
                "Foo.Bar 1 2"
            })
    void whatIsNoMessageIsMalformed(String message) {
        assertThrows(MalformedException.class, () -> decode(message));
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        byte[] bytes = "Foo.Bar \"a?b\"".getBytes(StandardCharsets.UTF_8);
        bytes[10] = (byte) 0xff;
        assertThrows(MalformedException.class, () -> Gmcp.decode(bytes));
    }

    @Test
    void whateverIsReadNothingElseIsThrown() {
        Seeded.times(
                5_000,
                random -> {
                    byte[] bytes =
                            Seeded.bytes(
                                    random,
                                    random.nextInt(30),
                                    'F',
                                    '.',
                                    ' ',
                                    '{',
                                    '[',
                                    '"',
                                    '1',
                                    ',');
                    try {
                        Gmcp.decode(bytes);
                    } catch (MalformedException e) {
                        assertEquals(0, e.getStackTrace().length, () -> Arrays.toString(bytes));
                    }
                });
    }

    private static CommandTuple decode(String message) throws MalformedException {
        return Gmcp.decode(message.getBytes(StandardCharsets.UTF_8));
    }

    static CommandTuple command(String json) throws MalformedException {
        return CommandTuples.read(json);
    }
}
