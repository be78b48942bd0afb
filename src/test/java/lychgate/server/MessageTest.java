package lychgate.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.session.OutputOption;
import lychgate.text.Markup;
import lychgate.text.PlayerText;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commands are written as JSON: name, arguments, keyword arguments. */
class MessageTest {

    private record CharVitals(int hp, int maxHp) {}

    private record Item(String name, @Nullable Markup look) {}

    private record Bag(String owner, List<Item> items, CharVitals vitals) {}

    private record Shops(Map<String, Item> byName) {}

    private record CommChannelText(String talker, PlayerText text) {}

    private record Quiet() {}

    private record Login(Secret password) {}

    // msg("Hello"), msg(text="Hello").

    @Test
    void wordsAreTheCommandText() {
        assertSays("[\"text\",[\"Hello\"],{}]", Message.text("Hello"));
    }

    @Test
    void wordsMayBeSentUnderTheNameOfTheirCommand() {
        assertEquals(Message.text("Hello").command(), Message.oob("text").arg("Hello").command());
    }

    @Test
    void wordsAreSentAsMarkupIsWritten() {
        assertSays(
                "[\"text\",[\"|rred|n: ||b\"],{}]",
                Message.text(Markup.of("|rred|n: {}", new PlayerText("|b"))));
    }

    @Test
    void promptIsACommandOfItsOwn() {
        assertSays("[\"prompt\",[\"> \"],{}]", Message.prompt("> "));
        assertSays("[\"prompt\",[\"|w> |n\"],{}]", Message.prompt(Markup.of("|w> |n")));
    }

    // msg(cmdname=((args), {kwargs})) and its shorter forms.

    @Test
    void commandMayHaveNoArgumentsAtAll() {
        assertSays("[\"cmdname\",[],{}]", Message.oob("cmdname"));
    }

    @Test
    void nullIsOneArgument() {
        assertSays("[\"cmdname\",[null],{}]", Message.oob("cmdname").arg(null));
    }

    @Test
    void commandMayHaveOneArgument() {
        assertSays("[\"cmdname\",[\"arg\"],{}]", Message.oob("cmdname").arg("arg"));
    }

    @Test
    void commandMayHaveSeveralArguments() {
        assertSays("[\"cmdname\",[\"a\",1,null],{}]", Message.oob("cmdname").args("a", 1, null));
    }

    @Test
    void argumentsAreAddedInTheirOrder() {
        assertEquals(
                Message.oob("cmdname").args("a", "b", "c").command(),
                Message.oob("cmdname").arg("a").args("b", "c").command());
    }

    @Test
    void listIsOneArgument() {
        assertSays(
                "[\"cmdname\",[[\"a\",\"b\"]],{}]", Message.oob("cmdname").arg(List.of("a", "b")));
    }

    @Test
    void commandMayHaveKeywordsOnly() {
        assertSays(
                "[\"cmdname\",[],{\"key\":\"value\",\"other\":null}]",
                Message.oob("cmdname").kwarg("key", "value").kwarg("other", null));
    }

    @Test
    void commandMayHaveArgumentsAndKeywords() {
        assertSays(
                "[\"cmdname\",[\"arg\",2],{\"key\":[true]}]",
                Message.oob("cmdname").args("arg", 2).kwarg("key", List.of(true)));
    }

    @Test
    void laterValueOfAKeywordTakesThePlaceOfTheEarlier() {
        assertSays("[\"x\",[],{\"k\":2}]", Message.oob("x").kwarg("k", 1).kwarg("k", 2));
    }

    @Test
    void commandThatIsThereAlreadyIsSentAsItIs() {
        CommandTuple command = CommandTuple.of("foo", 1).kwarg("k", "v");
        assertEquals(command, Message.of(command).command());
    }

    @Test
    void messageIsNotChangedByWhatIsAddedToIt() {
        Message begun = Message.oob("x").arg(1);
        begun.arg(2).kwarg("k", "v").raw();
        assertSays("[\"x\",[1],{}]", begun);
    }

    @Test
    void commandWithoutANameIsNone() {
        assertThrows(IllegalArgumentException.class, () -> Message.oob(""));
    }

    @Test
    void whatNoClientCouldReadIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> Message.oob("x").arg(Thread.currentThread()));
    }

    // Records as events.

    @Test
    void recordIsACommandOfItsNameWithItsComponentsAsKeywords() {
        assertSays(
                "[\"char_vitals\",[],{\"hp\":90,\"max_hp\":100}]",
                Message.of(new CharVitals(90, 100)));
    }

    @Test
    void recordWithoutComponentsHasNoKeywords() {
        assertSays("[\"quiet\",[],{}]", Message.of(new Quiet()));
    }

    @Test
    void recordsInsideAreTablesAndListsAreLists() {
        Bag bag =
                new Bag(
                        "anna",
                        List.of(new Item("lamp", Markup.of("|yold|n")), new Item("key", null)),
                        new CharVitals(90, 100));
        assertSays(
                "[\"bag\",[],{\"owner\":\"anna\",\"items\":"
                    + "[{\"name\":\"lamp\",\"look\":\"|yold|n\"},{\"name\":\"key\",\"look\":null}],"
                    + "\"vitals\":{\"hp\":90,\"max_hp\":100}}]",
                Message.of(bag));
    }

    @Test
    void recordsInATableAreTables() {
        assertSays(
                "[\"shops\",[],{\"by_name\":{\"smith\":{\"name\":\"nail\",\"look\":null}}}]",
                Message.of(new Shops(Map.of("smith", new Item("nail", null)))));
    }

    @Test
    void recordsMayBeArgumentsAndKeywords() {
        assertSays(
                "[\"x\",[{\"hp\":1,\"max_hp\":2}],{\"all\":[[{\"hp\":3,\"max_hp\":4}]]}]",
                Message.oob("x")
                        .arg(new CharVitals(1, 2))
                        .kwarg("all", List.of(Set.of(new CharVitals(3, 4)))));
    }

    @Test
    void wordsOfAPlayerInAnEventAreWhatHeTyped() {
        assertSays(
                "[\"comm_channel_text\",[],{\"talker\":\"anna\",\"text\":\"|rhi {{\"}]",
                Message.of(new CommChannelText("anna", new PlayerText("|rhi {{"))));
    }

    @Test
    void secretIsSentToNobody() {
        Login login = new Login(new Secret("xyzzy"));
        assertThrows(IllegalArgumentException.class, () -> Message.of(login));
        assertThrows(
                IllegalArgumentException.class, () -> Message.oob("x").arg(new Secret("xyzzy")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Message.oob("x").kwarg("y", List.of(Map.of("z", new Secret("xyzzy")))));
    }

    // Options.

    @Test
    void optionsAreATableAmongTheKeywords() {
        assertSays("[\"text\",[\"|rx\"],{\"options\":{\"raw\":true}}]", Message.text("|rx").raw());
        assertSays(
                "[\"text\",[\"|rx\"],{\"options\":{\"nocolor\":true}}]",
                Message.text("|rx").noColour());
    }

    @Test
    void everyOptionHasItsNameInTheTable() {
        Message message = Message.text("x");
        List<String> names = new ArrayList<>();
        for (OutputOption option : OutputOption.values()) {
            message = message.option(option, false);
            names.add(option.key());
        }
        assertEquals(
                List.of(
                        "raw",
                        "nocolor",
                        "screenreader",
                        "ansi",
                        "xterm256",
                        "truecolor",
                        "mxp",
                        "wrap",
                        "echo"),
                names);
        Object table = message.command().kwargs().get("options");
        assertEquals(names, table instanceof Map<?, ?> map ? List.copyOf(map.keySet()) : table);
    }

    @Test
    void laterWordOnAnOptionCounts() {
        assertSays(
                "[\"prompt\",[\"Password: \"],{\"options\":{\"echo\":false}}]",
                Message.prompt("Password: ")
                        .option(OutputOption.ECHO, true)
                        .option(OutputOption.ECHO, false));
    }

    @Test
    void optionsStandBesideOtherKeywords() {
        assertSays(
                "[\"text\",[\"x\"],{\"type\":\"say\",\"options\":{\"raw\":true}}]",
                Message.text("x").raw().kwarg("type", "say"));
    }

    @Test
    void messageWithoutOptionsHasNoTableOfThem() {
        assertTrue(Message.text("x").command().kwargs().isEmpty());
    }

    private static void assertSays(String json, Message message) {
        assertEquals(json, Json.write(message.command()));
    }
}
