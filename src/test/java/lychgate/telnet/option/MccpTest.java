package lychgate.telnet.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;

class MccpTest {
    @Test
    void compressionBeginsBehindItsMarkAndEndsWhenTheClientWantsNoMore() {
        RecordingLink link = new RecordingLink(new Mccp2());
        link.enable(Side.US).did("IAC SB MCCP2 IAC SE", "compressed", "mccp2: true (MCCP2)");
        link.disable(Side.US).did("plain", "mccp2: false (MCCP2)");
    }

    @Test
    void inflationBeginsBehindTheMarkOfTheClientAndNotWhenItAgrees() {
        RecordingLink link = new RecordingLink(new Mccp3());
        link.enable(Side.US).did();
        link.receive("").did("inflating", "mccp3: true (MCCP3)");
        link.disable(Side.US).did("mccp3: false (MCCP3)");
    }

    @Test
    void whatTheClientWouldCompressIsOfferedLast() {
        assertEquals(Stance.WE_OFFER_LAST, new Mccp3().stance());
    }
}
