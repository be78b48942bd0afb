package lychgate.transport.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.CommandTuple;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.Trace.Event;
import lychgate.session.Trace.Follower;
import lychgate.session.Trace.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class TapTest {
    private final TraceMemory memory = new TraceMemory(TraceMemory.BYTES);
    private long now;
    private boolean settled = true;
    private final Tap tap = new Tap(() -> now, memory, () -> settled);

    @Test
    void beforeLoginOnlyTheFirstWordOfALineIsSeen() {
        types("connect rowan hunter2\r\n");
        types("who\r\n");
        assertEquals(List.of("< connect ***\r\n", "< who\r\n"), kept());
    }

    @Test
    void afterLoginLinesAreSeen() {
        tap.loggedIn();
        types("say hello there\r\n");
        assertEquals(List.of("< say hello there\r\n"), kept());
    }

    @ParameterizedTest
    @ValueSource(strings = {"password old = new1", "@userpassword rowan=new1", "passwd x new1"})
    void commandThatSetsAPasswordIsItsFirstWordAfterLoginToo(String line) {
        tap.loggedIn();
        types(line + "\r\n");
        assertEquals(List.of("< " + line.split(" ", -1)[0] + " ***\r\n"), kept());
    }

    @Test
    void whatIsTypedUnseenIsNot() {
        tap.loggedIn();
        asks(false);
        types("hunter2\r\n");
        asks(true);
        types("look\r\n");
        assertEquals(
                List.of("< ***\r\n", "< look\r\n"),
                kept().stream().filter(line -> line.startsWith("<")).toList());
    }

    @Test
    void keysAreMaskedOneByOneAndTellNoLength() {
        for (char key : "connect rowan hunter2\r".toCharArray()) {
            types(String.valueOf(key));
        }
        assertEquals("connect ***\r", typed());
    }

    @Test
    void lineWhoseEditingHidesWhatIsTheFirstWordIsMaskedFromThere() {
        types("hun");
        types("\u0001");
        types("connect rowan ter2\r");
        assertEquals("hun***\r", typed());
    }

    /** The keys edit the line to one that begins with {@code password}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pasw\bsword old = hunter2",
                "pasw\u007fsword old = hunter2",
                "\u0001password old = hunter2",
                "pas\told = hunter2",
                "pasw x\b\b\bsword old = hunter2",
                "look\u0015password old = hunter2",
                "say \u00e9\u00e9\u0003password old = hunter2"
            })
    void lineWhoseFirstWordIsEditedMayBeAPassword(String line) {
        tap.loggedIn();
        types(line + "\r");
        assertFalse(typed().contains("hunter2"), typed());
        assertTrue(typed().endsWith("***\r"), typed());
    }

    @Test
    void lineInWhichOnlyLaterWordsAreEditedIsSeen() {
        tap.loggedIn();
        types("say helo\b\bllo there\r");
        assertEquals("say helo\b\bllo there\r", typed());
    }

    @Test
    void eraseAtTheStartOfALineMasksNothing() {
        tap.loggedIn();
        types("\b\u007f look\b\u007f\r");
        types("\u007flook\r");
        assertEquals("\b\u007f look***\r\u007flook\r", typed());
    }

    @Test
    void commandThatEditsALineThatWaitsWaitsForIt() {
        tap.loggedIn();
        settled = false;
        types("pasx");
        tap.edited((byte) 247);
        tap.dealt();
        types("sword old = hunter2\r\n");
        settled = true;
        assertEquals(List.of("< pasx", "< \ufffd", "< ***\r\n"), kept());
    }

    @Test
    void whatIsTypedAheadWaitsForTheGame() {
        tap.loggedIn();
        settled = true;
        tap.typed(bytes("password\r\nhunter2\r\nhunter3\r\n"));
        settled = false;
        tap.dealt();
        asks(false);
        settled = true;
        tap.settle();
        asks(true);
        assertEquals("password\r\n***\r\n***\r\n", typed());
    }

    @Test
    void whatIsTypedAheadIsSeenOnceTheGameHasDealtWithItWithoutAPassword() {
        tap.loggedIn();
        tap.typed(bytes("look\r\nsay hello\r\n"));
        settled = false;
        tap.dealt();
        assertEquals(List.of("< look\r\n"), kept());
        tap.shown(bytes("A hall.\r\n"));
        settled = true;
        assertEquals(List.of("< look\r\n", "< say hello\r\n", "> A hall.\r\n"), kept());
    }

    @Test
    void whatIsTypedWhileAnotherLineWaitsMayBeThePasswordThatItAsksFor() {
        types("connect rowan\r\n");
        settled = false;
        types("hunter2\r\n");
        asks(false);
        settled = true;
        assertEquals("connect ***\r\n***\r\n", typed());
    }

    @Test
    void moreThanABoundTypedAheadIsMasked() {
        tap.loggedIn();
        settled = false;
        for (int i = 0; i <= Tap.MAX_WAITING; i++) {
            types("secret" + i + "\r\n");
        }
        assertEquals("***\r\n".repeat(Tap.MAX_WAITING + 1), typed());
    }

    @Test
    void echoOfTheGameIsMaskedUntilALineIsSeen() {
        types("conect rowan hunter2\r\n");
        tap.shown(bytes("No command 'conect rowan hunter2'. hunter2?\r\n"));
        tap.loggedIn();
        types("look\r\n");
        tap.shown(bytes("You see hunter2.\r\n"));
        assertEquals(
                List.of(
                        "< conect ***\r\n",
                        "> No command 'conect ***'. ***?\r\n",
                        "< look\r\n",
                        "> You see hunter2.\r\n"),
                kept());
    }

    @Test
    void echoInHtmlAndJsonIsMasked() {
        types("connect rowan a<b>&\"c\r\n");
        tap.shown(bytes("a&lt;b&gt;&amp;&quot;c"));
        tap.wire(false, Kind.MESSAGE, bytes("[\"text\",[\"a<b>&\\\"c\"],{}]"));
        assertEquals(List.of("> ***", "> [\"text\",[\"***\"],{}]"), kept().subList(1, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pa||ss{{x",
                "pa|ss{x",
                "[\"text\",[\"a\\\\b\\\"c\"]]",
                "[\"text\",[\"&lt;b\\\\&quot;\"]]",
                "[\"text\",[\"||<b\\\"\"]]",
                "||&lt;b\"" // MXP
            })
    void echoInAnyFormIsMasked(String said) {
        for (String secret : List.of("pa|ss{x", "a\\b\"c", "<b\\\"", "|<b\"")) {
            types("connect " + secret + "\r\n");
        }
        tap.shown(bytes(said));
        String masked = kept().getLast();
        assertTrue(masked.equals("> ***") || masked.equals("> [\"text\",[\"***\"]]"), masked);
    }

    @Test
    void wordThatIsMaskedWhereATextIsCutIsNotShownInPart() {
        String secret = "hunter2".repeat(15);
        types("connect " + secret + "\r\n");
        tap.wire(false, Kind.MESSAGE, bytes(secret.repeat(100)));
        tap.shown(bytes("no " + secret.repeat(2)), 1);
        assertEquals(List.of("> " + "***".repeat(9), "> no ******"), kept().subList(1, 3));
        List<Event> events = new ArrayList<>();
        tap.follow(collecting(events), true);
        settled = false;
        types("x\r\n");
        tap.shown(bytes(secret.repeat(100)));
        settled = true;
        tap.settle();
        assertEquals(
                "***".repeat(Tap.MAX_WAITING_BYTES / 2 / secret.length()),
                new String(events.getLast().payload(), StandardCharsets.UTF_8));
    }

    @Test
    void longTextDoesNotMaskTheInputThatWaits() {
        tap.loggedIn();
        List<Event> events = new ArrayList<>();
        tap.follow(collecting(events), true);
        settled = false;
        types("look\r\n");
        tap.shown(bytes("x".repeat(100_000)));
        settled = true;
        tap.settle();
        assertEquals("look\r\n", new String(events.get(0).payload(), StandardCharsets.UTF_8));
        assertEquals(100_000, events.get(1).payload().length + events.get(1).left());
        assertTrue(events.get(1).payload().length <= Tap.MAX_WAITING_BYTES);
    }

    @Test
    void longCommandCountsWhatIsLeftOfIt() {
        tap.loggedIn();
        command("Char.Items", "x".repeat(5000));
        tap.sent(bytes("y".repeat(100)), 900);
        List<Event> events = new ArrayList<>();
        tap.follow(collecting(events), false);
        assertEquals(5011, events.get(0).payload().length + events.get(0).left());
        assertEquals(900, events.get(1).left());
    }

    @Test
    void newestEventsAreKeptWhenMemoryIsExhausted() {
        Tap poor = new Tap(() -> now, new TraceMemory(EventRing.FIRST_BYTES), () -> true);
        for (int i = 0; i < 10; i++) {
            for (int n = 0; n < 45; n++) {
                poor.note(true, "a");
            }
            poor.note(true, i + "x".repeat(EventRing.MAX_PAYLOAD - 1));
            assertEquals("< " + i, kept(poor).getLast().substring(0, 3));
        }
    }

    @Test
    void outputThatEchoesKeysIsWhatTheGameSaysBeforeLogin() {
        tap.echoes(true);
        tap.handedOut(List.of(CommandTuple.text("Welcome.")), false);
        tap.shown(bytes("Welcome.\r\n"));
        types("connect rowan hunter2");
        tap.shown(bytes("hunter2"));
        assertEquals(List.of("> text Welcome.", "< connect ***"), kept());
    }

    @Test
    void commandsThatCarryPasswordsAreTheirNames() {
        tap.loggedIn();
        command("Char.Login.Credentials", "{\"password\":\"hunter2\"}");
        command("Char.Items.Inv", "1");
        assertEquals(List.of("< Char.Login.Credentials ***", "< Char.Items.Inv 1"), kept());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "Text", "Core.Text", "REPORT text"})
    void lineThatComesAsACommandIsItsName(String name) {
        tap.loggedIn();
        command(name, "\"password old = new1\"");
        command("Char.Context", "1");
        assertEquals(List.of("< " + name + " ***", "< Char.Context 1"), kept());
    }

    @Test
    void commandThatIsMaskedIsNotWritten() {
        tap.commanded(
                "Char.Login",
                Kind.MESSAGE,
                () -> {
                    throw new IllegalStateException("written");
                },
                bytes("***"));
        tap.dealt();
        assertEquals(List.of("< ***"), kept());
    }

    @Test
    void commandsBeforeLoginAreTheirNamesButForWhatAClientSaysOfItself() {
        command("External.Discord.Hello", "{\"user\":\"rowan\"}");
        command("Core.Hello", "{\"client\":\"Mudlet\"}");
        assertEquals(
                List.of("< External.Discord.Hello ***", "< Core.Hello {\"client\":\"Mudlet\"}"),
                kept());
    }

    @Test
    void memoryIsBoundedPerSessionAndInAll() {
        tap.loggedIn();
        for (int i = 0; i < 10_000; i++) {
            types("say " + i + "\r\n");
        }
        assertEquals(EventRing.MAX_BYTES, memory.taken());
        assertEquals("< say 9999\r\n", kept().getLast());
        tap.closed("");
        assertEquals(0, memory.taken());
        TraceMemory none = new TraceMemory(EventRing.FIRST_BYTES - 1);
        Tap poor = new Tap(() -> now, none, () -> true);
        poor.note(true, "here");
        assertEquals(List.of(), kept(poor));
    }

    @Test
    void longTextIsKeptInItsBeginning() {
        tap.shown(bytes("x".repeat(1000)));
        List<Event> events = new ArrayList<>();
        tap.follow(collecting(events), false);
        assertEquals(EventRing.MAX_PAYLOAD, events.getFirst().payload().length);
        assertEquals(1000 - EventRing.MAX_PAYLOAD, events.getFirst().left());
    }

    @Test
    void followerGetsAllOfWhatComesLaterUntilTheEnd() {
        List<Event> events = new ArrayList<>();
        tap.shown(bytes("before"));
        tap.follow(collecting(events), true);
        tap.shown(bytes("x".repeat(1000)));
        tap.closed("done");
        assertEquals(3, events.size());
        assertEquals(1000, events.get(1).payload().length);
    }

    private void types(String text) {
        tap.typed(bytes(text));
        tap.dealt();
    }

    private void command(String name, String payload) {
        tap.commanded(name, Kind.MESSAGE, () -> bytes(name + " " + payload), bytes(name + " ***"));
        tap.dealt();
    }

    private void asks(boolean echo) {
        OutputOptions options = OutputOptions.NONE.with(OutputOption.ECHO, echo);
        tap.handedOut(
                List.of(
                        CommandTuple.of(CommandTuple.PROMPT, "")
                                .kwarg(CommandTuple.OPTIONS, options.table())),
                false);
    }

    private String typed() {
        StringBuilder all = new StringBuilder();
        kept().stream()
                .filter(line -> line.startsWith("<"))
                .forEach(l -> all.append(l.substring(2)));
        return all.toString();
    }

    private List<String> kept() {
        return kept(tap);
    }

    private static List<String> kept(Tap tap) {
        List<Event> events = new ArrayList<>();
        tap.follow(collecting(events), false);
        return events.stream()
                .map(
                        event ->
                                (event.fromClient() ? "< " : "> ")
                                        + new String(event.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Follower collecting(List<Event> events) {
        return new Follower() {
            @Override
            public void happened(Event event) {
                events.add(event);
            }

            @Override
            public void ended() {}
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
