package lychgate.telnet.option;

import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinemodeTest {
    private final RecordingLink link = new RecordingLink(new Linemode());

    @Test
    void clientEditsLinesAndTrapsSignals() {
        link.enable(Side.THEM).did("IAC SB LINEMODE 01 03 IAC SE", "linemode: true (LINEMODE)");
        link.disable(Side.THEM).did("linemode: false (LINEMODE)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01 07", "03 01 00 00 03 62 03 04 02 0f", "03 00 03 00", "fc 02"})
    void whatTheClientSaysOfItsKeysAndModesIsPassedOver(String payload) {
        link.receive(payload).did();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01"})
    void whatIsCutOffIsCounted(String payload) {
        link.receive(payload).did("malformed linemode");
    }
}
