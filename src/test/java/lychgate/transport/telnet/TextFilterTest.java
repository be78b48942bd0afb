package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.plugin.Limits;
import lychgate.server.Message;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.testing.Await;
import lychgate.testing.TelnetPeer;
import lychgate.testing.Wire;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class TextFilterTest {
    private static final String TOO_LONG =
            "You entered a string that was too long. Please break it up into multiple parts.";

    private static final String COMPLETES = "completion: true (ECHO)";

    @AutoClose private final ListeningTelnet telnet = new ListeningTelnet(limits(), 0);
    private final TelnetPeer peer = telnet.peer();

    TextFilterTest() {
        telnet.game().hears("1 connected");
    }

    private static Limits limits() {
        return new Limits(0, 0, 0, 0, 20, 0, 0, 0, 0, 0);
    }

    // What is typed.

    @ParameterizedTest(name = "{0}")
    @CsvSource({"CR LF", "CR NUL", "CR", "LF"})
    void everyLineEndEndsALine(String end) {
        peer.sends("'one' " + end + " 'two' " + end);
        telnet.game().hears("1 text one", "1 text two");
    }

    @Test
    void linesAreTheSameHoweverTheyAreCut() {
        TelnetPeer other = telnet.peer();
        telnet.game().hears("2 connected");
        String words =
                "'one' CR LF 'two' CR NUL 'thr' NUL 'ee' LF IAC AYT CR LF IAC SB NAWS IAC IAC IAC"
                        + " SE IAC 'grüße 漢字 😀' CR 'x' LF";
        for (byte cut : Wire.bytes(words.replace("IAC '", "'"))) {
            peer.sends(new byte[] {cut});
            other.expectsNothing(); // by now it has been read
        }
        telnet.game()
                .hears(
                        "1 text one",
                        "1 text two",
                        "1 text three",
                        "1 text ",
                        "1 text grüße 漢字 😀",
                        "1 text x");
    }

    @Test
    void nulIsDropped() {
        peer.sends("NUL 'a' NUL 'b' NUL LF");
        telnet.game().hears("1 text ab");
    }

    @Test
    void byte255IsNoTextAndIsReplacedAndCounted() {
        peer.sends("'a' IAC IAC 'b' LF");
        telnet.game().hears("1 text a\ufffdb");
        assertEquals(Map.of("malformed charset", 1L), telnet.meters().counts("malformed"));
    }

    @Test
    void eraseCharacterAndEraseLineTakeBackWhatWasTyped() {
        peer.sends("'wrong' IAC EL 'righté' IAC EC 't' IAC EC LF");
        telnet.game().hears("1 text right");
    }

    @Test
    void areYouThereIsAnswered() {
        peer.sends("IAC AYT").expects("CR LF '[Test: yes]' CR LF");
    }

    @Test
    void longLineIsDroppedWithOneWarningAndTheSessionLives() {
        peer.types("x".repeat(20)).types("y".repeat(21)).types("z".repeat(10_000)).types("on");
        telnet.game().hears("1 text " + "x".repeat(20), "1 text on");
        peer.expectsLine(TOO_LONG).expectsLine(TOO_LONG).expectsNothing();
        assertEquals(Map.of("refused line_length", 2L), telnet.meters().counts("refused"));
    }

    @Test
    void lengthOfALineIsCountedInCharactersAndNotInBytes() {
        peer.types("😀".repeat(20)).types("😀".repeat(21)).types("on");
        telnet.game().hears("1 text " + "😀".repeat(20), "1 text on");
    }

    @Test
    void lineMayBeAsLongAsAnIntegerCounts() {
        Limits limits = new Limits(0, 0, 0, 0, Integer.MAX_VALUE, 0, 0, 0, 0, 0);
        try (ListeningTelnet wide = new ListeningTelnet(limits, 0)) {
            String line = "x".repeat(100_000);
            wide.peer().types(line);
            wide.game().hears("1 connected", "1 text " + line);
        }
    }

    // What is shown.

    @Test
    void bellAndNewPageOfTheGameReachTheClientAndThoseOfAPlayerDoNot() {
        telnet.game().awaits("1 connected");
        telnet.game().text(1, "ding\u0007\fdong");
        peer.expects("'ding' 07 0c 'dong' CR LF").sends("'a' 07 'b' 0c 'c' LF");
        telnet.game().awaits("1 text abc");
    }

    @Test
    void textIsALineOfItsOwn() {
        telnet.game().text(1, "one");
        telnet.game().text(1, "two\n");
        telnet.game().text(1, "three\nfour");
        telnet.game().text(1, "");
        peer.expects("'one' CR LF 'two' CR LF 'three' CR LF 'four' CR LF CR LF");
    }

    @Test
    void textIsShownIn256ColoursToAClientThatSaysNothing() {
        telnet.game().text(1, "|500red|n");
        peer.expects("ESC '[38;5;196mred' ESC '[0m' CR LF");
    }

    @Test
    void textIsShownAsTheClientIsKnownByThen() {
        peer.sends("IAC WILL TTYPE").expects("IAC SB TTYPE 01 IAC SE");
        peer.sends("IAC SB TTYPE 00 'DUMB' IAC SE").expects("IAC SB TTYPE 01 IAC SE");
        telnet.game().awaits("1 facts [terminal: dumb (TTYPE), colours: none (TTYPE)]");
        telnet.game().text(1, "|500red|n");
        peer.expects("'red' CR LF");
    }

    @Test
    void wordsThatComeBehindAPromptBeginOnANewLine() {
        telnet.game().prompt(1, "> ");
        telnet.game().text(1, "Bob waves.");
        telnet.game().text(1, "Bob leaves.");
        peer.expectsText("> \r\nBob waves.\r\nBob leaves.\r\n");
    }

    @Test
    void promptThatComesBehindAPromptBeginsOnANewLine() {
        telnet.game().prompt(1, "> ");
        telnet.game().prompt(1, "> ");
        peer.expectsText("> \r\n> ");
    }

    @Test
    void answerToWhatWasTypedBehindAPromptNeedsNoNewLine() {
        telnet.game().prompt(1, "> ");
        peer.expectsText("> ").types("look");
        telnet.game().hears("1 text look");
        telnet.game().text(1, "A room.");
        telnet.game().prompt(1, "> ");
        telnet.game().text(1, "Bob waves.");
        peer.expectsText("A room.\r\n> \r\nBob waves.\r\n");
    }

    @Test
    void answersToWhatWasTypedAheadNeedNoNewLine() {
        peer.types("one").types("two");
        telnet.game().hears("1 text one", "1 text two");
        for (String answer : List.of("1", "2")) {
            telnet.game().text(1, answer);
            telnet.game().prompt(1, "> ");
        }
        telnet.game().text(1, "Bob waves.");
        peer.expectsText("1\r\n> 2\r\n> \r\nBob waves.\r\n");
    }

    @Test
    void lineThatWasTooLongIsNotAwaitedToBeAnswered() {
        peer.types("x".repeat(21)).expectsLine(TOO_LONG);
        peer.types("y".repeat(1_000)).expectsLine(TOO_LONG);
        peer.types("look");
        telnet.game().hears("1 text look");
        telnet.game().prompt(1, "> ");
        telnet.game().text(1, "Bob waves.");
        peer.expectsText("> \r\nBob waves.\r\n");
    }

    @Test
    void warningBehindAPromptNeedsNoNewLine() {
        telnet.game().prompt(1, "> ");
        peer.expectsText("> ").types("x".repeat(1_000)).expectsLine(TOO_LONG);
    }

    // Wrapping.

    @Test
    void textIsWrappedForATerminalInCharacterMode() {
        peer.sends("IAC WILL NAWS IAC SB NAWS 00 0a 00 18 IAC SE");
        telnet.game().awaits("1 facts [width: 10 (NAWS), height: 24 (NAWS)]");
        telnet.game().text(1, "one two three");
        peer.expectsText("one two three\r\n");
        peer.sends("IAC DO ECHO");
        telnet.game().awaits("1 facts [width: 10 (NAWS), height: 24 (NAWS), wrap: true (ECHO)]");
        telnet.game().text(1, "one two three");
        peer.expectsText("one two\r\nthree\r\n");
        peer.sends("IAC SB NAWS 00 0d 00 18 IAC SE");
        telnet.game().awaits("1 facts [width: 13 (NAWS), height: 24 (NAWS), wrap: true (ECHO)]");
        telnet.game().text(1, "one two three");
        peer.expectsText("one two three\r\n");
        peer.sends("IAC DONT ECHO");
        telnet.game().awaits("1 facts [width: 13 (NAWS), height: 24 (NAWS), wrap: false (ECHO)]");
        telnet.game().text(1, "one two three four");
        peer.expectsText("one two three four\r\n");
    }

    @Test
    void gameMayWrapForClientsInLineModeToo() {
        peer.sends("IAC WILL NAWS IAC SB NAWS 00 0a 00 18 IAC SE");
        telnet.game().awaits("1 facts [width: 10 (NAWS), height: 24 (NAWS)]");
        telnet.game().send(1, Message.text("one two three").wrap().command());
        peer.expectsText("one two\r\nthree\r\n");
    }

    // Editing.

    @Test
    void wordsOfTheGameAreStillCompletedAfterAScreenReader() {
        peer.sends("IAC WILL TTYPE").expects("IAC SB TTYPE 01 IAC SE");
        peer.sends("IAC SB TTYPE 00 'XTERM' IAC SE IAC DO ECHO");
        Await.until(
                "editing",
                () -> telnet.game().told().stream().anyMatch(fact -> fact.contains(COMPLETES)));
        telnet.game().send(1, CommandTuple.of("commands", "look", "north"));
        for (boolean on : List.of(true, false)) {
            telnet.game().says(1, ClientFacts.NONE.with(Fact.SCREENREADER, on, "game"));
            telnet.game().text(1, "Screen reader: " + on);
            peer.skipsTo("'Screen reader: " + on + "'");
        }
        peer.sends("'no' 09 CR");
        telnet.game().awaits("1 text north ");
    }

    // What is typed unseen.

    @Test
    void passwordIsAskedForUnseenTwiceOfAClientThatNeverAcknowledges() {
        for (int i = 0; i < 2; i++) {
            telnet.game().send(1, "prompt", "Password: ", false);
            peer.expects("IAC WILL ECHO 'Password: ' IAC GA").types("secret");
            peer.expects("CR LF"); // which the client did not show
            telnet.game().hears("1 text secret");
            telnet.game().send(1, "text", "Welcome.", true);
            peer.expects("IAC WONT ECHO 'Welcome.' CR LF");
        }
    }

    @Test
    void passwordAskedForTwiceInARowStaysUnseen() {
        telnet.game().send(1, "prompt", "Password: ", false);
        peer.expects("IAC WILL ECHO 'Password: ' IAC GA").types("secret");
        telnet.game().send(1, "prompt", "Again: ", false);
        peer.expects("CR LF 'Again: ' IAC GA");
    }

    @Test
    void lineEndOfWhatWasSeenIsNotRepeated() {
        telnet.game().prompt(1, "> ");
        peer.expectsText("> ").expects("IAC GA").types("look");
        telnet.game().hears("1 text look");
        peer.expectsNothing();
    }

    @Test
    void lineEndOfALongPasswordIsShownToo() {
        telnet.game().send(1, "prompt", "Password: ", false);
        peer.expects("IAC WILL ECHO 'Password: ' IAC GA").types("x".repeat(1_000));
        peer.expects("CR LF").expectsLine(TOO_LONG);
    }
}
