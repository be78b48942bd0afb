package lychgate.telnet.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetOptionTest {
    private static final String REQUEST =
            "IAC SB CHARSET 01 ';UTF-8;US-ASCII;ISO-8859-1;ISO-8859-15;windows-1252;windows-1251;"
                    + "KOI8-R;IBM437;GBK;Big5' IAC SE";

    private final CharsetOption option = new CharsetOption();
    private final RecordingLink link = new RecordingLink(option);

    @Test
    void itIsOfferedAndTakenOnEitherSide() {
        assertEquals(Stance.WE_OFFER_EITHER, option.stance());
    }

    @Test
    void requestNamesUtf8First() {
        link.enable(Side.US).did(REQUEST);
        assertTrue(option.asking());
        link.receive("02 'UTF-8'").did("charset: UTF-8 (CHARSET)");
        assertFalse(option.asking());
    }

    @Test
    void clientThatRefusesTheOfferIsAskedForItOnce() {
        link.disable(Side.US).did("DO");
        link.disable(Side.US).did();
        link.disable(Side.THEM).did();
    }

    @Test
    void clientThatOnlyTakesTheQuestionIsRequestedToo() {
        link.disable(Side.US).did("DO");
        link.enable(Side.THEM).did(REQUEST);
        link.receive("02 'ISO-8859-1'").did("charset: ISO-8859-1 (CHARSET)");
    }

    @Test
    void requestIsMadeOnceThoughBothSidesAgree() {
        link.enable(Side.US).did(REQUEST);
        link.enable(Side.THEM).did();
    }

    @Test
    void rejectedRequestChangesNothing() {
        link.enable(Side.US).did(REQUEST);
        link.receive("03").did();
        assertFalse(option.asking());
    }

    @Test
    void whatWasNotOfferedCannotBeAccepted() {
        link.enable(Side.US).did(REQUEST);
        link.receive("02 'UTF-16'").did("malformed charset");
        link.receive("02 'koi8-r'").did("charset: KOI8-R (CHARSET)");
        link.receive("02 'UTF-8'").did("malformed charset"); // accepted already
    }

    @ParameterizedTest
    @CsvSource({
        "01 ';UTF-16;cp1251;UTF-8', cp1251, windows-1251",
        "01 ' latin1 UTF-8', latin1, ISO-8859-1",
        "01 '[TTABLE]' 01 ';KOI8-R', KOI8-R, KOI8-R",
        "01 '.UTF-8', UTF-8, UTF-8",
    })
    void requestOfTheClientGetsItsFirstThatWeHave(String request, String named, String set) {
        link.enable(Side.THEM).did(REQUEST).receive("03").did();
        link.receive(request)
                .did("IAC SB CHARSET 02 '" + named + "' IAC SE", "charset: " + set + " (CHARSET)");
    }

    @Test
    void requestOfTheClientForWhatWeDoNotHaveIsRejected() {
        link.enable(Side.THEM).did(REQUEST).receive("03").did();
        link.receive("01 ';UTF-16;EBCDIC'").did("IAC SB CHARSET 03 IAC SE");
    }

    @Test
    void setsBeyondMeasureAreNotLookedAt() {
        link.enable(Side.THEM).did(REQUEST).receive("03").did();
        link.receive("01 '" + ";x".repeat(63) + ";UTF-8'")
                .did("IAC SB CHARSET 02 'UTF-8' IAC SE", "charset: UTF-8 (CHARSET)");
        link.receive("01 '" + ";x".repeat(64) + ";UTF-8'")
                .did("malformed charset_names", "IAC SB CHARSET 03 IAC SE");
    }

    @Test
    void ofTwoRequestsAtATimeOursWins() {
        link.enable(Side.US).did(REQUEST);
        link.receive("01 ';ISO-8859-1'").did("IAC SB CHARSET 03 IAC SE");
        link.receive("02 'UTF-8'").did("charset: UTF-8 (CHARSET)");
    }

    @Test
    void translationTableIsRefused() {
        link.enable(Side.US).did(REQUEST);
        link.receive("04 01 ';a;1'").did("IAC SB CHARSET 05 IAC SE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "09", "01", "01 ';'", "01 '[TTABLE]'", "01 '[TTABLE]' 01", "02"})
    void whatMeansNothingIsCounted(String payload) {
        link.enable(Side.US).did(REQUEST);
        link.receive(payload).did("malformed charset");
    }
}
