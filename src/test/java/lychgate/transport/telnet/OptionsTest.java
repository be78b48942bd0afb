package lychgate.transport.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.telnet.Telnet;
import lychgate.testing.Await;
import lychgate.testing.RecordingPortal;
import lychgate.testing.TelnetPeer;
import lychgate.transport.telnet.front.ListeningTelnet;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Options over a real connection, each with as few others as can be. */
class OptionsTest {
    /** Connections are kept alive, but no test is silent for so many seconds. */
    private static final int NEVER_SILENT = 100_000;

    @AutoClose private ListeningTelnet telnet = new ListeningTelnet();

    // The opening.

    @Test
    void openingHasItsOrderAndNoEcho() {
        with(ListeningTelnet.ALL)
                .expects(
                        "IAC DO TTYPE IAC DO NAWS IAC DO LINEMODE IAC WILL MCCP2 IAC WILL MSSP"
                                + " IAC WILL CHARSET IAC DO NEW_ENVIRON IAC WILL END_OF_RECORD"
                                + " IAC WILL MXP IAC WILL MSDP IAC WILL GMCP")
                .expects("IAC DO TIMING_MARK IAC WILL MCCP3")
                .expectsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2e", "00", "55", "5d"})
    void optionThatIsNotSpokenIsRefusedOnBothSides(String option) {
        TelnetPeer peer = with(Set.of(Telnet.NAWS)).expects("IAC DO NAWS");
        peer.sends("IAC WILL " + option).expects("IAC DONT " + option);
        peer.sends("IAC DO " + option).expects("IAC WONT " + option);
        peer.sends("IAC WILL " + option + " IAC DO " + option).expectsNothing();
    }

    // MSSP.

    @Test
    void listOfGamesIsToldEitherWay() {
        TelnetPeer peer = with(Set.of(Telnet.MSSP)).expects("IAC WILL MSSP");
        peer.sends("IAC DO MSSP")
                .expects(
                        "IAC SB MSSP 01 'NAME' 02 'Test' 01 'GENRE' 02 'Fantasy' 02 'History'"
                                + " IAC SE");
        peer.types("MSSP-REQUEST")
                .expects(
                        "CR LF 'MSSP-REPLY-START' CR LF 'NAME' 09 'Test' CR LF 'GENRE' 09"
                                + " 'Fantasy' 09 'History' CR LF 'MSSP-REPLY-END' CR LF");
        telnet.game().portal().loggedIn(1, 7, "Rowan");
        peer.expectsNothing().types("MSSP-REQUEST");
        telnet.game().awaits("1 text MSSP-REQUEST");
    }

    // CHARSET.

    @Test
    void textIsInTheAgreedSetBothWays() {
        TelnetPeer peer = with(Set.of(Telnet.CHARSET)).expects("IAC WILL CHARSET");
        peer.sends("IAC DO CHARSET")
                .skipsTo("'Big5' IAC SE")
                .sends("IAC SB CHARSET 02 'windows-1251' IAC SE 'before' LF");
        telnet.game().awaits("1 text before");
        telnet.game().text(1, "яблоко ö 漢");
        peer.expects("IAC IAC e1 eb ee ea ee ' ? ?' CR LF");
        peer.sends("IAC IAC e1 eb ee ea ee LF");
        telnet.game().awaits("1 text яблоко");
        peer.sends("'яблоко' LF"); // it is UTF-8 all the same
        telnet.game().awaits("1 text яблоко");
        assertEquals(Map.of(), telnet.meters().counts("malformed"));
    }

    @Test
    void clientThatOnlyTakesTheQuestionGetsItBehindItsRefusal() {
        TelnetPeer peer = with(Set.of(Telnet.CHARSET)).expects("IAC WILL CHARSET");
        peer.sends("IAC DONT CHARSET").expects("IAC DO CHARSET");
        peer.sends("IAC WILL CHARSET").skipsTo("'Big5' IAC SE");
        peer.sends("IAC SB CHARSET 02 'ISO-8859-1' IAC SE f6 LF");
        telnet.game().awaits("1 text ö");
    }

    @Test
    void clientThatRefusesBothKeepsUtf8() {
        TelnetPeer peer = with(Set.of(Telnet.CHARSET)).expects("IAC WILL CHARSET");
        peer.sends("IAC DONT CHARSET").expects("IAC DO CHARSET");
        peer.sends("IAC WONT CHARSET").expectsNothing();
        telnet.game().text(1, "ö");
        peer.expectsLine("ö");
    }

    // NEW-ENVIRON.

    @Test
    void variablesAreFactsAndTheirChangesToo() {
        TelnetPeer peer = with(Set.of(Telnet.NEW_ENVIRON)).expects("IAC DO NEW_ENVIRON");
        peer.sends("IAC WILL NEW_ENVIRON").skipsTo("'TRUECOLOR' IAC SE");
        peer.sends("IAC SB NEW_ENVIRON 00 00 'CHARSET' 01 'KOI8-R' IAC SE c1 LF");
        telnet.game()
                .hears(
                        "1 connected",
                        "1 facts [charset: KOI8-R (NEW-ENVIRON)]",
                        "1 settled",
                        "1 text а");
        peer.sends("IAC SB NEW_ENVIRON 02 00 'CHARSET' 01 'UTF-8' IAC SE 'ö' LF");
        telnet.game().hears("1 facts [charset: UTF-8 (NEW-ENVIRON)]", "1 text ö");
    }

    @Test
    void addressThatAClientGivesItselfIsNotBelieved() {
        TelnetPeer peer = with(Set.of(Telnet.NEW_ENVIRON)).expects("IAC DO NEW_ENVIRON");
        peer.sends("IAC WILL NEW_ENVIRON IAC SB NEW_ENVIRON 00 00 'IPADDRESS' 01 '1.2.3.4' IAC SE");
        peer.types("on");
        telnet.game().awaits("1 text on");
        assertEquals(1L, telnet.meters().count("malformed untrusted_address"));
    }

    @Test
    void addressThatAProxyGivesIsBelievedWhereThatIsToBeBelieved() {
        telnet.close();
        telnet = new ListeningTelnet(RecordingPortal.ROOMY, 0, Set.of(Telnet.NEW_ENVIRON));
        telnet.portal().trusts("127.0.0.1");
        TelnetPeer peer = telnet.stranger().expects("IAC DO NEW_ENVIRON");
        peer.sends("IAC WILL NEW_ENVIRON").skipsTo("'IPADDRESS'");
        peer.sends("IAC SB NEW_ENVIRON 00 00 'IPADDRESS' 01 '1.2.3.4' IAC SE");
        telnet.game().awaits("1 facts [address: 1.2.3.4 (NEW-ENVIRON)]");
    }

    // Lines of clients that send characters.

    @Test
    void terminalWithoutLineModeMayCorrectWhatItTypes() {
        TelnetPeer peer = with(Set.of(Telnet.LINEMODE)).expects("IAC DO LINEMODE");
        peer.sends("IAC WONT LINEMODE");
        types(peer, "'l' 'o' 'k' 7f 'o' 'é' 08 'k' CR NUL");
        telnet.game().awaits("1 text look");
        peer.expectsNothing(); // it shows what it types
    }

    @Test
    void clientInLineModeIsTakenAtItsWord() {
        TelnetPeer peer = with(Set.of(Telnet.LINEMODE)).expects("IAC DO LINEMODE");
        peer.sends("IAC WILL LINEMODE").expects("IAC SB LINEMODE 01 03 IAC SE");
        types(peer, "'a' 7f 'b' LF");
        telnet.game().awaits("1 text ab"); // DEL is no text, and no key either
    }

    @Test
    void passwordAskedForAgainAtOnceStaysHiddenWhenTheClientAcknowledgesLate() {
        TelnetPeer peer = with(Set.of(Telnet.ECHO));
        telnet.game().awaits("1 connected");
        telnet.game().send(1, "prompt", "Password: ", false);
        peer.expects("IAC WILL ECHO 'Password: '").sends("IAC DO ECHO");
        telnet.game().send(1, "text", "Wrong.", true);
        telnet.game().send(1, "prompt", "Password: ", false);
        peer.expects("IAC WONT ECHO CR LF 'Wrong.' CR LF IAC WILL ECHO 'Password: '");
        peer.sends("IAC DONT ECHO IAC DO ECHO").expectsNothing();
        telnet.game().send(1, "text", "Welcome.", true);
        peer.expects("IAC WONT ECHO CR LF 'Welcome.' CR LF");
    }

    @Test
    void terminalThatAsksForEchoSeesWhatItTypesButNoPassword() {
        TelnetPeer peer = with(Set.of(Telnet.ECHO, Telnet.SGA));
        peer.sends("IAC DO ECHO IAC WILL SGA IAC DO SGA")
                .expects("IAC WILL ECHO IAC DO SGA IAC WILL SGA"); // as PuTTY begins
        peer.sends("'l'").expects("'l'").sends("'x'").expects("'x'");
        peer.sends("7f").expects("08 ' ' 08").sends("'ook' CR NUL").expects("'ook' CR LF");
        telnet.game().awaits("1 text look");
        telnet.game().send(1, "prompt", "Password: ", false);
        peer.expects("'Password: '").sends("'secrex' 7f 't' CR NUL").expects("CR LF");
        telnet.game().awaits("1 text secret");
        telnet.game().send(1, "text", "Welcome.", true);
        peer.expects("'Welcome.' CR LF").sends("'x'").expects("'x'");
        peer.sends("IAC DONT ECHO").expects("IAC WONT ECHO").sends("'y'").expectsNothing();
    }

    /** Nor is it drawn again: this is what screen readers and dumb terminals get. */
    @Test
    void textDoesNotRunIntoWhatIsBeingTyped() {
        TelnetPeer peer = with(Set.of(Telnet.ECHO, Telnet.SGA));
        peer.sends("IAC DO ECHO IAC WILL SGA IAC DO SGA")
                .expects("IAC WILL ECHO IAC DO SGA IAC WILL SGA");
        peer.sends("'l'").expects("'l'").sends("ESC '[A'").expectsNothing();
        telnet.game().text(1, "Bob waves.");
        peer.expects("CR LF 'Bob waves.' CR LF").sends("'o'").expects("'o'");
        telnet.game().text(1, "Bob leaves.");
        peer.expects("CR LF 'Bob leaves.' CR LF").sends("'ok' CR LF").expects("'ok' CR LF");
        telnet.game().awaits("1 text look");
    }

    @Test
    void lineIsEditedHereForATerminalThatAsksForEcho() {
        TelnetPeer peer =
                with(Set.of(Telnet.ECHO, Telnet.SGA, Telnet.TTYPE)).expects("IAC DO TTYPE");
        peer.sends("IAC DO ECHO IAC DO SGA").expects("IAC WILL ECHO IAC WILL SGA");
        peer.sends("IAC WILL TTYPE").expects("IAC SB TTYPE 01 IAC SE");
        peer.sends("IAC SB TTYPE 00 'XTERM' IAC SE")
                .expects("IAC SB TTYPE 01 IAC SE")
                .sends("IAC SB TTYPE 00 'XTERM' IAC SE");
        telnet.game().send(1, "prompt", "> ", true);
        peer.expects("ESC '[?2004h> '").sends("'lok'").expects("'lok'");
        peer.sends("ESC '[D'").expects("08").sends("'o'").expects("ESC '[Jok' 08");
        telnet.game().text(1, "It rains."); // above what is being typed
        peer.expects("CR ESC '[JIt rains.' CR LF '> look' 08");
        peer.sends("CR NUL").expects("ESC '[1C' CR LF");
        telnet.game().awaits("1 text look");
        telnet.game().send(1, "prompt", "Password: ", false);
        peer.expects("'Password: '")
                .sends("'abc'")
                .expects("'***'")
                .sends("CR LF")
                .expects("CR LF");
        telnet.game().awaits("1 text abc");
        peer.sends("04").expects("ESC '[?2004l'"); // Ctrl-D on an empty line leaves
        telnet.game().awaits("1 disconnected: ");
    }

    // MXP and hyperlinks.

    @Test
    void linksAreTagsOnlyWhereTheClientTakesThem() {
        TelnetPeer peer = with(Set.of(Telnet.MXP)).expects("IAC WILL MXP");
        telnet.game().text(1, "|lclook|ltLook|le <b>");
        peer.expectsLine("Look <b>");
        peer.sends("IAC DO MXP").expects("IAC SB MXP IAC SE");
        telnet.game().awaits("1 facts [mxp: true (MXP)]");
        telnet.game().text(1, "|lclook|ltLook|le");
        peer.expects("ESC '[7z'");
        peer.expectsLine("\u001b[4z<SEND HREF=\"look\">Look\u001b[4z</SEND>");
        telnet.game().text(1, "<b>");
        peer.expectsLine("\u001b[0z&lt;b&gt;");
        peer.sends("IAC DONT MXP").expects("IAC WONT MXP");
        telnet.game().text(1, "|lclook|ltLook|le");
        peer.expectsLine("Look");
    }

    @Test
    void hyperlinksAreSentToClientsThatAnnounceThem() {
        TelnetPeer peer = with(Set.of(Telnet.NEW_ENVIRON)).expects("IAC DO NEW_ENVIRON");
        peer.sends("IAC WILL NEW_ENVIRON").skipsTo("'TRUECOLOR' IAC SE");
        peer.sends("IAC SB NEW_ENVIRON 02 03 'OSC_HYPERLINKS' 01 '1' IAC SE").expectsNothing();
        telnet.game().text(1, "|luhttps://a.b|ltpage|le |lclook|ltLook|le");
        peer.expectsLine("\u001b]8;;https://a.b\u001b\\page\u001b]8;;\u001b\\ Look");
        peer.sends("IAC SB NEW_ENVIRON 02 03 'OSC_HYPERLINKS_SEND' 01 '1' IAC SE").expectsNothing();
        telnet.game().text(1, "|lclook|ltLook|le");
        peer.expectsLine("\u001b]8;;send:look\u001b\\Look\u001b]8;;\u001b\\");
        peer.sends("IAC SB NEW_ENVIRON 02 03 'OSC_HYPERLINKS' 01 '0' IAC SE").expectsNothing();
        telnet.game().text(1, "|lclook|ltLook|le");
        peer.expectsLine("Look");
    }

    // GMCP.

    @Test
    void reasonOfAnEndIsSaidOverGmcpBehindTheWords() {
        TelnetPeer peer =
                with(Set.of(Telnet.GMCP, Telnet.MSDP)).expects("IAC WILL MSDP IAC WILL GMCP");
        peer.sends("IAC DO GMCP IAC DO MSDP").expectsNothing();
        telnet.game().text(1, "Night falls.");
        telnet.game().disconnect(1, "|rBe kind|n, ö or not.");
        peer.expectsText(
                "Night falls.\r\n\u001b[1m\u001b[31mBe kind\u001b[0m, ö or not.\u001b[0m\r\n");
        peer.expects("IAC SB GMCP 'Core.Goodbye \"Be kind, ö or not.\"' IAC SE").expectsEnd();
    }

    @Test
    void endWithoutAReasonSaysNothingOverGmcp() {
        TelnetPeer peer = with(Set.of(Telnet.GMCP)).expects("IAC WILL GMCP");
        peer.sends("IAC DO GMCP").expectsNothing();
        telnet.game().disconnect(1, "");
        peer.expectsEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IAC DO MSDP", "IAC DONT GMCP", ""})
    void clientWithoutGmcpIsToldOfAnEndInWordsAlone(String answer) {
        TelnetPeer peer =
                with(Set.of(Telnet.GMCP, Telnet.MSDP)).expects("IAC WILL MSDP IAC WILL GMCP");
        peer.sends(answer).expectsNothing();
        telnet.game().disconnect(1, "Come again.");
        peer.expects("'Come again.' CR LF").expectsEnd();
        assertEquals(Map.of(), telnet.meters().counts("oob"));
    }

    // TIMING-MARK and STATUS.

    @ParameterizedTest
    @ValueSource(strings = {"WILL", "WONT"})
    void roundTripIsAskedForBehindTheOpeningAndIsAFact(String answer) {
        TelnetPeer peer = with(Set.of(Telnet.TIMING_MARK)).expects("IAC DO TIMING_MARK");
        peer.sends("IAC " + answer + " TIMING_MARK 'on' LF");
        telnet.game().awaits("1 text on");
        String fact = telnet.game().told("facts").getFirst();
        assertEquals(
                "1 facts [round-trip-ms: N (TIMING-MARK)]", fact.replaceAll("\\d+ \\(", "N ("));
        assertEquals(1L, telnet.meters().count("round trips"));
        peer.expectsNothing();
    }

    @Test
    void roundTripIsMeasuredEveryMinuteOfAClientThatAnswers() {
        TelnetPeer peer = with(Set.of(Telnet.TIMING_MARK), NEVER_SILENT);
        peer.expects("IAC DO TIMING_MARK").sends("IAC WONT TIMING_MARK");
        Await.equal(1L, () -> telnet.meters().count("round trips"));
        telnet.passes(Duration.ofSeconds(59));
        peer.expectsNothing();
        telnet.passes(Duration.ofSeconds(61));
        peer.expects("IAC DONT TIMING_MARK IAC DO TIMING_MARK");
        telnet.passes(Duration.ofSeconds(122)); // it is not asked twice at a time
        peer.expectsNothing().sends("IAC WONT TIMING_MARK");
        Await.equal(2L, () -> telnet.meters().count("round trips"));
        telnet.passes(Duration.ofSeconds(183));
        peer.expects("IAC DONT TIMING_MARK IAC DO TIMING_MARK");
    }

    @Test
    void clientThatDoesNotAnswerAMarkIsAskedForNoOther() {
        TelnetPeer peer = with(Set.of(Telnet.TIMING_MARK), NEVER_SILENT);
        peer.expects("IAC DO TIMING_MARK");
        telnet.passes(Duration.ofSeconds(61));
        peer.expectsNothing();
    }

    @Test
    void roundTripIsMeasuredOnceWhereConnectionsAreNotKeptAlive() {
        TelnetPeer peer = with(Set.of(Telnet.TIMING_MARK), 0);
        peer.expects("IAC DO TIMING_MARK").sends("IAC WONT TIMING_MARK");
        Await.equal(1L, () -> telnet.meters().count("round trips"));
        telnet.passes(Duration.ofSeconds(61));
        peer.expectsNothing();
    }

    @Test
    void markOfTheClientIsAnsweredBehindAllThatCameBeforeIt() {
        TelnetPeer peer = with(Set.of(Telnet.TIMING_MARK)).expects("IAC DO TIMING_MARK");
        for (int i = 0; i < 3; i++) {
            peer.sends("IAC AYT IAC DO TIMING_MARK");
            peer.expects("CR LF '[Test: yes]' CR LF IAC WILL TIMING_MARK");
        }
    }

    @Test
    void statusIsWhatIsAgreedOn() {
        TelnetPeer peer =
                with(Set.of(Telnet.STATUS, Telnet.NAWS, Telnet.SGA)).expects("IAC DO NAWS");
        peer.sends("IAC WILL NAWS IAC DO SGA IAC DO STATUS")
                .expects("IAC WILL SGA IAC WILL STATUS");
        peer.sends("IAC SB STATUS 01 IAC SE")
                .expects("IAC SB STATUS 00 fd NAWS fb STATUS fb SGA IAC SE");
        peer.sends("IAC WILL STATUS").expects("IAC DONT STATUS"); // its own is of no interest
    }

    /** A client of a service that speaks these options; nothing has been read yet. */
    private TelnetPeer with(Set<Integer> codes) {
        return with(codes, 0);
    }

    private TelnetPeer with(Set<Integer> codes, int nopSeconds) {
        telnet.close();
        telnet = new ListeningTelnet(RecordingPortal.ROOMY, nopSeconds, codes);
        return telnet.stranger();
    }

    /** Sends a byte, or what is between quotes, at a time, as somebody types. */
    private static void types(TelnetPeer peer, String words) {
        for (String key : words.split(" ", -1)) {
            peer.sends(key).expectsNothing();
        }
    }
}
