package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;

import java.nio.charset.StandardCharsets;

/**
 * MXP: links in the text, as tags (zuggsoft.com/zmud/mxp.htm). The client is told to take no tag
 * but where we say so; how links are then written is the renderer's affair.
 */
final class Mxp implements TelnetOption {
    /** "Lock locked": no tag is taken, in this line or any other, until we say otherwise. */
    private static final byte[] LOCKED = "\u001b[7z".getBytes(StandardCharsets.US_ASCII);

    private static final String SOURCE = "MXP";

    @Override
    public int code() {
        return Telnet.MXP;
    }

    @Override
    public String name() {
        return "mxp";
    }

    @Override
    public Stance stance() {
        return Stance.WE_OFFER;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        link.subnegotiate();
        link.write(new TelnetEvent.Data(LOCKED.clone()));
        link.learned(Fact.MXP, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.MXP, false, SOURCE);
    }
}
