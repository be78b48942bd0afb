package lychgate.telnet.option;

import lychgate.telnet.Side;

import org.junit.jupiter.api.Test;

class MxpTest {
    private final RecordingLink link = new RecordingLink(new Mxp());

    @Test
    void clientTakesNoTagsUntilItIsToldTo() {
        link.enable(Side.US).did("IAC SB MXP IAC SE", "1b '[7z'", "mxp: true (MXP)");
        link.disable(Side.US).did("mxp: false (MXP)");
    }
}
