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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The control bytes are written as signs here: {@code $} VAR, {@code =} VAL, <code>{ }</code> a
 * table, {@code [ ]} an array.
 */
class MsdpTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "[\"cmd\",[],{}] -> $cmd=",
                "[\"cmd\",[\"arg\"],{}] -> $cmd=arg",
                "[\"cmd\",[\"a\",\"b\"],{}] -> $cmd=[=a=b]",
                "[\"cmd\",[],{\"k\":\"v\",\"l\":\"w\"}] -> $cmd={$k=v$l=w}",
                "[\"cmd\",[\"a\",\"b\"],{\"k\":\"v\"}] -> $cmd=[=a=b]$cmd={$k=v}",
                "[\"cmd\",[\"a\"],{\"k\":\"v\"}] -> $cmd=[=a]$cmd={$k=v}",
                "[\"Foo_barBaz\",[\"x\"],{}] -> $Foo_barBaz=x",
                "[\"cmd\",[5,1.5,true,false,null],{}] -> $cmd=[=5=1.5=1=0=]",
                "[\"cmd\",[\"a\",[\"b\",[\"c\"]]],{}] -> $cmd=[=a=[=b=[=c]]]",
                "[\"cmd\",[],{\"k\":{\"kk\":\"vv\"}}] -> $cmd={$k={$kk=vv}}",
                "[\"cmd\",[{\"k\":\"v\"}],{}] -> $cmd={$k=v}",
                "[\"cmd\",[[]],{}] -> $cmd=[]",
                "[\"cmd\",[\"grüße 😀\"],{}] -> $cmd=grüße 😀",
            })
    void commandIsWritten(String command, String message) throws Exception {
        assertEquals(message, shown(Msdp.encode(CommandTuples.read(command))));
    }

    @Test
    void controlBytesInsideAValueAreLeftOut() throws Exception {
        assertEquals(
                "$cmd=abcd",
                shown(
                        Msdp.encode(
                                CommandTuples.read(
                                        "[\"cmd\",[\"a\\u0002b\\u0001c\\u0000d\"],{}]"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "$cmd= -> [\"cmd\",[],{}]",
                "$cmd=arg -> [\"cmd\",[\"arg\"],{}]",
                "$c\0md=a\0rg -> [\"cmd\",[\"arg\"],{}]",
                "$cmd=[=a=b] -> [\"cmd\",[\"a\",\"b\"],{}]",
                "$cmd={$k=v$l=w} -> [\"cmd\",[],{\"k\":\"v\",\"l\":\"w\"}]",
                "$cmd=[=a=b]$cmd={$k=v} -> [\"cmd\",[\"a\",\"b\"],{\"k\":\"v\"}]",
                "$cmd={$k=v}$cmd=[=a] -> [\"cmd\",[\"a\"],{\"k\":\"v\"}]",
                "$cmd=[=a=b]$cmd=[=c] -> [\"cmd\",[\"a\",\"b\",\"c\"],{}]",
                "$cmd={$k=v}$cmd={$l=w} -> [\"cmd\",[],{\"k\":\"v\",\"l\":\"w\"}]",
                "$cmd=a=b -> [\"cmd\",[\"a\",\"b\"],{}]",
                "$aaa=1$bbb=2 -> [\"aaa\",[\"1\"],{}] [\"bbb\",[\"2\"],{}]",
                "$cmd={$k={$kk=vv}$l=w} -> [\"cmd\",[],{\"k\":{\"kk\":\"vv\"},\"l\":\"w\"}]",
                "$cmd=[=[=x]=y] -> [\"cmd\",[[\"x\"],\"y\"],{}]",
                "$cmd=[={$k=v}=y] -> [\"cmd\",[{\"k\":\"v\"},\"y\"],{}]",
                "$cmd={$k=[=a=b]} -> [\"cmd\",[],{\"k\":[\"a\",\"b\"]}]",
                "$cmd=[] -> [\"cmd\",[],{}]",
                "$cmd={} -> [\"cmd\",[],{}]",
                "$cmd={$k=$l=} -> [\"cmd\",[],{\"k\":\"\",\"l\":\"\"}]",
                "$my.cmd x=[=a] -> [\"my.cmd x\",[\"a\"],{}]",
                "$LIST=COMMANDS -> [\"msdp_list\",[\"COMMANDS\"],{}]",
                "$report=HEALTH=MANA -> [\"msdp_report\",[\"HEALTH\",\"MANA\"],{}]",
            })
    void messageIsRead(String message, String commands) throws Exception {
        assertEquals(
                commands,
                Msdp.decode(bytes(message)).stream()
                        .map(Json::write)
                        .collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "=",
                "$x",
                "$=",
                "x",
                "{",
                "]",
                "$x=[",
                "$x={$k",
                "$x={$k}",
                "$x={]",
                "$x={=v}",
                "$x=[a]",
                "$x=[$k=v]",
                "$x=}",
                "$\0=v",
                "plain"
            })
    void whatIsOutOfItsPlaceIsMalformed(String message) {
        assertThrows(MalformedException.class, () -> Msdp.decode(bytes(message)));
    }

    @Test
    void nothingSaidIsNoCommand() throws Exception {
        assertEquals(0, Msdp.decode(new byte[0]).size());
    }

    @Test
    void whatIsNestedTooDeeplyIsWrittenAsText() {
        Object value = "x";
        for (int depth = 0; depth < Msdp.MAX_DEPTH; depth++) {
            value = List.of(value);
        }
        int inTheTable = Msdp.MAX_DEPTH - 1;
        assertEquals(
                "$cmd={$k=" + "[=".repeat(inTheTable) + "[x]" + "]".repeat(inTheTable) + "}",
                shown(Msdp.encode(new CommandTuple("cmd", List.of(), Map.of("k", value)))));
    }

    @Test
    void nestingIsBoundedAndReadWithoutRecursion() throws Exception {
        String deep = "[=".repeat(Msdp.MAX_DEPTH) + "]".repeat(Msdp.MAX_DEPTH);
        Msdp.decode(bytes("$x=" + deep));
        assertThrows(MalformedException.class, () -> Msdp.decode(bytes("$x=[=" + deep + "]")));
        assertThrows(
                MalformedException.class, () -> Msdp.decode(bytes("$x=" + "[=".repeat(30_000))));
    }

    @Test
    void whateverIsReadNothingElseIsThrownAndWhatWasReadIsWrittenTheSame() {
        Seeded.times(
                5_000,
                random -> {
                    byte[] bytes = Seeded.bytes(random, random.nextInt(30), 1, 2, 3, 4, 5, 6, 'a');
                    try {
                        for (var command : Msdp.decode(bytes)) {
                            Msdp.encode(command);
                        }
                    } catch (MalformedException e) {
                        assertEquals(0, e.getStackTrace().length);
                    }
                });
    }

    private static byte[] bytes(String signs) {
        return signs.replace('$', '\u0001')
                .replace('=', '\u0002')
                .replace('{', '\u0003')
                .replace('}', '\u0004')
                .replace('[', '\u0005')
                .replace(']', '\u0006')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .replace('\u0001', '$')
                .replace('\u0002', '=')
                .replace('\u0003', '{')
                .replace('\u0004', '}')
                .replace('\u0005', '[')
                .replace('\u0006', ']');
    }
}
