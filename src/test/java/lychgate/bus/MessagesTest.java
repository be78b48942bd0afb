package lychgate.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.session.Activity;
import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.ColourDepth;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.Fact;
import lychgate.session.GameData;
import lychgate.session.Login;
import lychgate.session.Origin;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;
import lychgate.session.TerminalNames;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class MessagesTest {
    private static final long ID = (7L << 51) + 12_345;
    private static final Instant NOW = Instant.parse("2026-11-28T20:00:00.123456789Z");

    private static final ClientFacts FACTS =
            ClientFacts.NONE
                    .with(Fact.WIDTH, 132, "naws")
                    .with(Fact.CLIENT, "Mudlet", "ttype")
                    .with(Fact.COLOURS, ColourDepth.TRUECOLOR, "mtts")
                    .with(Fact.SCREENREADER, true, "player")
                    .with(Fact.TERMINAL_NAMES, new TerminalNames(List.of("a", "b"), true), "ttype")
                    .with(Fact.NAWS, true, "telnet")
                    .with(Fact.SGA, false, "telnet")
                    .with(Fact.flag("SOMETHING"), List.of(1L, "x"), "game");

    private static final SessionSync SESSION =
            new SessionSync(
                    ID,
                    new Origin("telnet-tls", "2001:db8::7", "key", new Claim("Ann", true)),
                    FACTS,
                    new Login(true, -3L, "Änn", 9L),
                    new Activity(NOW, NOW.plusSeconds(1), NOW.minusSeconds(2), 42),
                    new GameData(values(), Map.of("puppet", "#7")));

    static final List<ToGame> TO_GAME =
            List.of(
                    new ToGame.Opened(
                            SessionSync.opened(ID, "ssh", "192.0.2.1", ClientFacts.NONE, NOW),
                            true,
                            false),
                    new ToGame.Present(SESSION, true, false, false),
                    new ToGame.Arrived(SESSION, false, true),
                    new ToGame.AllPresent(),
                    new ToGame.Facts(ID, FACTS),
                    new ToGame.Settled(ID),
                    new ToGame.Input(ID, 7, List.of(CommandTuple.text("look"), oob())),
                    new ToGame.Writable(ID, false),
                    new ToGame.Closed(ID, "|rgone|n"),
                    new ToGame.Parting(ID),
                    new ToGame.Present(SESSION, true, false, true));

    static final List<ToPortal> TO_PORTAL =
            List.of(
                    new ToPortal.Ready(),
                    new ToPortal.Output(
                            List.of(ID, ID + 1, ID - 5, 3L),
                            List.of(CommandTuple.text("☃"), oob())),
                    new ToPortal.Answered(ID, 3),
                    new ToPortal.LoggedIn(ID, 12, "Ann"),
                    new ToPortal.Changed(
                            ID,
                            List.of(
                                    new SessionChange.FactsLearned(FACTS),
                                    new SessionChange.FactsForgotten(
                                            List.of(Fact.CLIENT, Fact.flag("X"))),
                                    new SessionChange.LoginChanged(Login.NONE),
                                    new SessionChange.ActivityChanged(
                                            new Activity(NOW, NOW, NOW, 0)),
                                    new SessionChange.BrowserKeyChanged(null),
                                    new SessionChange.ServerDataChanged(values()),
                                    new SessionChange.OthersChanged(values()))),
                    new ToPortal.Reloaded(123_456_789L),
                    new ToPortal.Ended(ID, "You idled.", Departure.IDLE),
                    new ToPortal.Moved(ID, "east"),
                    new ToPortal.Parted(ID));

    private static CommandTuple oob() {
        return new CommandTuple(
                "Char.Vitals",
                Arrays.asList(null, true, false, 1L, -1L, Long.MIN_VALUE, 1.5, "x", values()),
                values());
    }

    private static Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("nothing", null);
        values.put("large", BigInteger.TWO.pow(100).negate());
        values.put("list", Arrays.asList("a", null, List.of(), Map.of()));
        values.put("pi", Math.PI);
        values.put("", Long.MAX_VALUE);
        return values;
    }

    @ParameterizedTest
    @FieldSource("TO_GAME")
    void messageToTheGameArrivesAsItWasSent(ToGame message) throws MalformedException {
        assertEquals(message, Messages.toGame(Messages.encode(message)));
    }

    @ParameterizedTest
    @FieldSource("TO_PORTAL")
    void messageToThePortalArrivesAsItWasSent(ToPortal message) throws MalformedException {
        assertEquals(message, Messages.toPortal(Messages.encode(message)));
    }

    /** Golden: processes of different versions must read each other's bytes. */
    @Test
    void bytesOfEachPartAreTheseForEver() {
        assertBytes(
                "06 ac02 07 01 0474657874 01 06046c6f6f6b 00",
                Messages.encode(new ToGame.Input(300, 7, List.of(CommandTuple.text("look")))));
        assertBytes(
                "02 02 d804 02 01 0474657874 01 06026869 00",
                Messages.encode(
                        new ToPortal.Output(
                                List.of(300L, 301L), List.of(CommandTuple.text("hi")))));
        assertBytes("03 ac02 02", Messages.encode(new ToPortal.Answered(300, 2)));
        assertBytes(
                "06 01 01 01 0178 05 00 01 02 0301 0300 00",
                Messages.encode(new ToGame.Input(1, 1, List.of(command()))),
                "null, false, true, -1, 0");
    }

    private static CommandTuple command() {
        return new CommandTuple("x", Arrays.asList(null, false, true, -1L, 0L), Map.of());
    }

    private static void assertBytes(String hex, byte[] bytes) {
        assertBytes(hex, bytes, "bytes");
    }

    private static void assertBytes(String hex, byte[] bytes, String what) {
        assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(bytes), what);
    }

    @Test
    void whatAFutureVersionAddsAtTheEndIsIgnored() throws MalformedException {
        byte[] longer = Arrays.copyOf(Messages.encode(TO_GAME.get(5)), 40);
        assertEquals(TO_GAME.get(5), Messages.toGame(longer));
    }

    @Test
    void shoutToSeventeenThousandTakesLittleMoreThanTwoBytesForEach() throws MalformedException {
        List<Long> ids = java.util.stream.LongStream.range(ID, ID + 17_000).boxed().toList();
        ToPortal.Output shout = new ToPortal.Output(ids, List.of(CommandTuple.text("Hear!")));
        byte[] bytes = Messages.encode(shout);
        assertTrue(bytes.length < 17_100, bytes.length + " bytes");
        assertEquals(shout, Messages.toPortal(bytes));
    }

    @Test
    void whoIsPresentWasToldOfTheAbsenceIfTheirPortalDoesNotSay() throws MalformedException {
        byte[] now = Messages.encode(new ToGame.Present(SESSION, true, false, false));
        byte[] before = Arrays.copyOf(now, now.length - 1);
        assertEquals(new ToGame.Present(SESSION, true, false, true), Messages.toGame(before));
    }

    @Test
    void valueThatMeansNothingHereStaysBehind() throws MalformedException {
        SessionSync odd =
                SESSION.with(new GameData(Map.of("a", 1L), Map.of("b", 2L, "odd", new Object())));
        ToGame.Present read =
                (ToGame.Present)
                        Messages.toGame(Messages.encode(new ToGame.Present(odd, true, true, true)));
        assertEquals(new GameData(Map.of("a", 1L), Map.of("b", 2L)), read.session().data());
    }

    @Test
    void bytesThatAreNoMessageAreRefusedWhateverTheyAre() {
        Random random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            byte[] whole =
                    random.nextBoolean()
                            ? Messages.encode(TO_GAME.get(random.nextInt(TO_GAME.size())))
                            : Messages.encode(TO_PORTAL.get(random.nextInt(TO_PORTAL.size())));
            byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int j = random.nextInt(4); j > 0 && broken.length > 0; j--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                Messages.toGame(broken);
            } catch (MalformedException e) {
                assertTrue(!String.valueOf(e.getMessage()).isEmpty());
            }
            try {
                Messages.toPortal(broken);
            } catch (MalformedException e) {
                assertTrue(!String.valueOf(e.getMessage()).isEmpty());
            }
        }
    }

    @Test
    void valueNestedTooDeeplyIsRefused() {
        byte[] bytes = new byte[200];
        byte[] head = HexFormat.of().parseHex("06010101017801");
        System.arraycopy(head, 0, bytes, 0, head.length);
        for (int i = head.length; i + 1 < bytes.length; i += 2) {
            bytes[i] = 7;
            bytes[i + 1] = 1;
        }
        assertThrows(MalformedException.class, () -> Messages.toGame(bytes));
    }

    @Test
    void greetingArrivesAsItWasSent() throws MalformedException {
        Greeting greeting = new Greeting(1_764_000_000_000L, "gate-1.example.org", 4711);
        assertEquals(greeting, Greeting.of(greeting.toBytes()));
        assertArrayEquals(greeting.toBytes(), Greeting.of(greeting.toBytes()).toBytes());
        assertThrows(MalformedException.class, () -> Greeting.of(new byte[3]));
    }

    @Test
    void singleNullStaysANull() throws MalformedException {
        ToGame.Input input =
                new ToGame.Input(
                        1,
                        1,
                        List.of(new CommandTuple("x", Collections.singletonList(null), Map.of())));
        assertEquals(input, Messages.toGame(Messages.encode(input)));
    }

    private static ByteOutput facts(int count) {
        ByteOutput out = new ByteOutput(64).octet(4).number(ID).number(count);
        for (int i = 0; i < count; i++) {
            out.text("F" + i).text("").octet(2);
        }
        return out;
    }

    @Test
    void clientHasSoManyFactsAndNotMore() throws MalformedException {
        ToGame.Facts most = (ToGame.Facts) Messages.toGame(facts(256).toBytes());
        assertEquals(256, most.facts().known().size());
        assertArrayEquals(facts(256).toBytes(), Messages.encode(most));
        assertThrows(MalformedException.class, () -> Messages.toGame(facts(257).toBytes()));
    }

    @Test
    void messageOfMoreFactsThanAnyClientHasIsRefusedAtOnce() {
        byte[] hostile = facts(1_500_000).toBytes();
        assertTrue(hostile.length < Incoming.MAX_MESSAGE);
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThrows(MalformedException.class, () -> Messages.toGame(hostile)));
    }

    @Test
    void factThatIsToldTwiceIsTheLaterOne() throws MalformedException {
        byte[] twice =
                new ByteOutput(64)
                        .octet(4)
                        .number(ID)
                        .number(2)
                        .text("x")
                        .text("a")
                        .octet(2)
                        .text("x")
                        .text("b")
                        .octet(1)
                        .toBytes();
        ClientFacts once = ClientFacts.NONE.with(Fact.flag("x"), false, "b");
        assertEquals(new ToGame.Facts(ID, once), Messages.toGame(twice));
    }

    @Test
    void changesAreBoundedAndWhatTheyForget() throws MalformedException {
        assertEquals(64, changed(64).changes().size());
        assertThrows(MalformedException.class, () -> changed(65));
        assertEquals(1, forgetting(256).changes().size());
        assertThrows(MalformedException.class, () -> forgetting(257));
    }

    private static ToPortal.Changed changed(int count) throws MalformedException {
        ByteOutput out = new ByteOutput(64).octet(5).number(ID).number(count);
        for (int i = 0; i < count; i++) {
            out.octet(5).flag(false); // the browser's key
        }
        return (ToPortal.Changed) Messages.toPortal(out.toBytes());
    }

    private static ToPortal.Changed forgetting(int count) throws MalformedException {
        ByteOutput out = new ByteOutput(64).octet(5).number(ID).number(1).octet(2).number(count);
        for (int i = 0; i < count; i++) {
            out.text("F" + i);
        }
        return (ToPortal.Changed) Messages.toPortal(out.toBytes());
    }

    @Test
    void oneMessageIsForSoManySessionsAndNotForMore() throws MalformedException {
        List<CommandTuple> commands = List.of(CommandTuple.text("Hear!"));
        List<Long> most = java.util.stream.LongStream.rangeClosed(1, 65_536).boxed().toList();
        ToPortal.Output shout = new ToPortal.Output(most, commands);
        assertEquals(shout, Messages.toPortal(Messages.encode(shout)));
        List<Long> more = java.util.stream.LongStream.rangeClosed(1, 65_537).boxed().toList();
        byte[] bytes = Messages.encode(new ToPortal.Output(more, commands));
        assertThrows(MalformedException.class, () -> Messages.toPortal(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "telnet",
                "telnet-tls",
                "ssh",
                "websocket",
                "ajax",
                "ircbot",
                "my_game.v2:tls",
                "x"
            })
    void protocolHasAShortKey(String key) throws MalformedException {
        ToGame.Opened opened = (ToGame.Opened) Messages.toGame(opened(key, "192.0.2.1"));
        assertEquals(key, opened.session().origin().protocolKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "ajax/comet",
                "telnet\n",
                "t\u00e9lnet",
                "{x}",
                "abcdefghijklmnopqrstuvwxyz-0123456"
            })
    void anotherKeyOfAProtocolIsRefused(String key) {
        assertThrows(MalformedException.class, () -> Messages.toGame(opened(key, "192.0.2.1")));
    }

    @Test
    void addressIsOneShortLine() throws MalformedException {
        for (String right : List.of("", "#lobby@irc", "2001:db8::7%eth0", "x".repeat(255))) {
            ToGame.Opened opened = (ToGame.Opened) Messages.toGame(opened("ssh", right));
            assertEquals(right, opened.session().origin().address());
        }
        for (String wrong : List.of("192.0.2.1\nforged", "\u001b[2J", "x".repeat(256))) {
            assertThrows(MalformedException.class, () -> Messages.toGame(opened("ssh", wrong)));
        }
    }

    /** As the other portal would write it, whatever it is. */
    private static byte[] opened(String protocol, String address) {
        byte[] right =
                Messages.encode(
                        new ToGame.Opened(
                                SessionSync.opened(ID, "ssh", "", ClientFacts.NONE, NOW),
                                true,
                                true));
        int from = new ByteOutput(64).octet(1).number(ID).size();
        int to = from + new ByteOutput(64).text("ssh").text("").size();
        return new ByteOutput(64)
                .raw(right, 0, from)
                .text(protocol)
                .text(address)
                .raw(right, to, right.length - to)
                .toBytes();
    }

    @Test
    void sessionOfAPluginThatCallsItsProtocolOddlyTravels() throws MalformedException {
        String odd = "my plugin/\u00e9" + "x".repeat(40);
        SessionSync sync =
                SessionSync.opened(ID, odd, "a\nb" + "y".repeat(300), ClientFacts.NONE, NOW);
        ToGame.Opened read =
                (ToGame.Opened)
                        Messages.toGame(Messages.encode(new ToGame.Opened(sync, true, true)));
        assertEquals("my_plugin__" + "x".repeat(21), read.session().origin().protocolKey());
        assertEquals("a_b" + "y".repeat(252), read.session().origin().address());
    }

    @Test
    void numberHasSoManyBytesAndNotMore() throws MalformedException {
        BigInteger most = BigInteger.ONE.shiftLeft(8 * 2_048 - 2);
        ToGame.Input input = input(most);
        assertEquals(input, Messages.toGame(Messages.encode(input)));
        byte[] more = Messages.encode(input(most.shiftLeft(8)));
        assertThrows(MalformedException.class, () -> Messages.toGame(more));
    }

    private static ToGame.Input input(Object arg) {
        return new ToGame.Input(1, 1, List.of(new CommandTuple("x", List.of(arg), Map.of())));
    }

    @Test
    void namesOfATerminalAreTexts() {
        byte[] numbers =
                new ByteOutput(64)
                        .octet(4)
                        .number(ID)
                        .number(1)
                        .text("terminal-names")
                        .text("")
                        .raw(HexFormat.of().parseHex("07020701030202"), 0, 7)
                        .toBytes();
        assertThrows(MalformedException.class, () -> Messages.toGame(numbers));
    }

    @Test
    void nameOfAMachineIsOneShortLine() throws MalformedException {
        Greeting longest = new Greeting(1, "x".repeat(255), 2);
        assertEquals(longest, Greeting.of(longest.toBytes()));
        for (String wrong : List.of("x".repeat(256), "a\nb")) {
            Greeting greeting = new Greeting(1, wrong, 2);
            Claimant claimant = new Claimant(greeting, Claimant.Standing.HOLDS, 3);
            assertThrows(MalformedException.class, () -> Greeting.of(greeting.toBytes()));
            assertThrows(MalformedException.class, () -> Claimant.of(claimant.toBytes()));
        }
    }
}
