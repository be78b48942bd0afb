package lychgate.telnet.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {
    private final RecordingLink link = new RecordingLink(new Status());

    @Test
    void itIsGivenToWhoeverAsksAndNeverAskedFor() {
        assertEquals(Stance.WE_SERVE, new Status().stance());
    }

    @Test
    void clientThatAsksIsToldWhatIsAgreedOn() {
        link.enable(Side.US).receive("01").did("IAC SB STATUS 00 fb 05 IAC SE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00 fb 05", "01 01"})
    void whatIsNoQuestionIsCounted(String payload) {
        link.enable(Side.US).receive(payload).did("malformed status");
    }
}
