package lychgate.telnet.option;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewEnvironTest {
    private static final String NAMED =
            "IAC SB NEW_ENVIRON 01 00 'CHARSET' 00 'CLIENT_NAME' 00 'CLIENT_VERSION' 00 'MTTS' 00"
                    + " 'TERMINAL_TYPE' 03 'OSC_HYPERLINKS' 03 'OSC_HYPERLINKS_SEND' 03"
                    + " 'SCREEN_READER' 03 'TRUECOLOR' IAC SE";

    private final NewEnviron option = new NewEnviron(() -> false);
    private final RecordingLink link = new RecordingLink(option);

    @Test
    void clientIsAskedForEverythingForEveryVarAndByName() {
        link.enable(Side.THEM)
                .did("IAC SB NEW_ENVIRON 01 IAC SE", "IAC SB NEW_ENVIRON 01 00 IAC SE", NAMED);
    }

    @Test
    void proxyThatIsBelievedIsAskedForTheAddress() {
        RecordingLink proxy = new RecordingLink(new NewEnviron(() -> true));
        proxy.enable(Side.THEM)
                .did(
                        "IAC SB NEW_ENVIRON 01 IAC SE",
                        "IAC SB NEW_ENVIRON 01 00 IAC SE",
                        NAMED.replace(
                                " 03 'OSC_HYPERLINKS' ", " 00 'IPADDRESS' 03 'OSC_HYPERLINKS' "));
        proxy.receive("00 00 'IPADDRESS' 01 '203.0.113.5'")
                .did("address: 203.0.113.5 (NEW-ENVIRON)");
    }

    @Test
    void addressIsNotBelievedFromAnybodyElse() {
        link.receive("00 00 'IPADDRESS' 01 '203.0.113.5'").did("malformed untrusted_address");
    }

    @Test
    void answerOfTinTinWithItsEmptyNamesIsRead() {
        link.receive(
                        "00 00 'CHARSET' 01 'UTF-8' 00 00 'CLIENT_NAME' 01 'TinTin++' 00 00"
                                + " 'CLIENT_VERSION' 01 '2.02.20 ' 00 00 'MTTS' 01 '783' 00 00"
                                + " 'TERMINAL_TYPE' 01 'xterm-256color'")
                .did(
                        "charset: UTF-8 (NEW-ENVIRON)",
                        "client: TinTin++ (NEW-ENVIRON)",
                        "version: 2.02.20 (NEW-ENVIRON)",
                        "colours: 16777216 (MTTS)",
                        "screenreader: false (MTTS)",
                        "utf-8: true (MTTS)",
                        "vt100: true (MTTS)",
                        "mouse: false (MTTS)",
                        "palette: false (MTTS)",
                        "proxy: false (MTTS)",
                        "mnes: true (MTTS)",
                        "mslp: false (MTTS)",
                        "terminal: xterm-256color (NEW-ENVIRON)");
    }

    @ParameterizedTest
    @CsvSource({
        "03 'OSC_HYPERLINKS' 01 '1',      hyperlinks: true (NEW-ENVIRON)",
        "03 'OSC_HYPERLINKS' 01 '0',      hyperlinks: false (NEW-ENVIRON)",
        "03 'OSC_HYPERLINKS_SEND' 01 '1', command-links: true (NEW-ENVIRON)",
        "03 'SCREEN_READER' 01 '1',       screenreader: true (NEW-ENVIRON)",
        "03 'TRUECOLOR' 01 '1',           colours: 16777216 (NEW-ENVIRON)",
        "00 'client_name' 01 'Mudlet',    client: Mudlet (NEW-ENVIRON)",
        "00 'TERM' 01 'Xterm',            terminal: xterm (NEW-ENVIRON)",
        "03 'CHARSET' 01 'ISO 8859-1',    charset: ISO-8859-1 (NEW-ENVIRON)",
    })
    void variableIsAFactWithItsSource(String variable, String fact) {
        link.receive("00 " + variable).did(fact);
        link.receive("02 " + variable).did(fact); // INFO: it has changed
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "00 00 'USER' 01 'root'",
                "00 03 'CLIENT_NAME'",
                "00 00 'CLIENT_NAME' 01",
                "00 00 01 00 01 03 01",
                "00 03 'TRUECOLOR' 01 '0'",
            })
    void variablesWithoutValueOrMeaningSayNothing(String payload) {
        link.receive(payload).did();
    }

    @Test
    void escapedByteIsPartOfTheText() {
        link.receive("00 00 'CLIENT_NAME' 01 'a' 02 'b' 02 02 'c' 1b '[5m'")
                .did("client: abc[5m (NEW-ENVIRON)");
    }

    @Test
    void longValueIsCut() {
        link.receive("00 00 'CLIENT_NAME' 01 '" + "x".repeat(1_000) + "'")
                .did("client: " + "x".repeat(128) + " (NEW-ENVIRON)");
    }

    @Test
    void variablesBeyondMeasureAreNotLookedAt() {
        String known = " 00 'CLIENT_NAME' 01 'x'";
        link.receive("00" + " 00 'FOO' 01 'bar'".repeat(127) + known)
                .did("client: x (NEW-ENVIRON)");
        link.receive("00" + " 00 'FOO' 01 'bar'".repeat(128) + known)
                .did("malformed new-environ_variables");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "05 00 'X'", "00 'X'", "00 01 'X'"})
    void whatIsNoAnswerIsCounted(String payload) {
        link.receive(payload).did("malformed new-environ");
    }

    @Test
    void charsetThatWeDoNotHaveIsCounted() {
        link.receive("00 00 'CHARSET' 01 'UTF-16'").did("malformed new-environ");
    }

    @Test
    void openingAwaitsOneAnswerThatSaysSomethingOrThreeThatSayNothing() {
        link.enable(Side.THEM);
        assertTrue(option.asking());
        link.receive("00");
        link.receive("00 03 'CLIENT_NAME'");
        assertTrue(option.asking());
        link.receive("00");
        assertFalse(option.asking());

        link.enable(Side.THEM);
        link.receive("00 00 'LANG' 01 'en'");
        assertFalse(option.asking());
    }
}
