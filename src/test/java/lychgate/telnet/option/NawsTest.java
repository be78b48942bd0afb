package lychgate.telnet.option;

import lychgate.telnet.Side;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;

class NawsTest {
    private final RecordingLink link = new RecordingLink(new Naws()).enable(Side.THEM);

    @Test
    void sizeIsLearnedAndLearnedAgainWhenItChanges() {
        link.receive("00 64 00 1e").did("width: 100 (NAWS)", "height: 30 (NAWS)");
        link.receive("00 85 00 28").did("width: 133 (NAWS)", "height: 40 (NAWS)");
    }

    @Test
    void sizeIsUnsigned() {
        link.receive("00 ff 02 00").did("width: 255 (NAWS)", "height: 512 (NAWS)");
    }

    @Test
    void zeroMeansThatTheClientDoesNotSay() {
        link.receive("00 00 00 1e").did("height: 30 (NAWS)");
    }

    @Test
    void otherLengthsAreCounted() {
        link.receive("00 64 00").did("malformed naws");
        link.receive("").did("malformed naws");
        link.receive("00 64 00 1e 00").did("malformed naws");
    }

    @Test
    void agreementAndRefusalAreKnownFromEachOther() {
        link.disable(Side.THEM).learnedUnshown("naws: true (NAWS)", "naws: false (NAWS)");
    }
}
