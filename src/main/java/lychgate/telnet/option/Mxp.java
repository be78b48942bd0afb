package lychgate.telnet.option;

import lychgate.session.ColourDepth;
import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;

import java.nio.charset.StandardCharsets;

/**
 * MXP: links in the text, as tags (zuggsoft.com/zmud/mxp.htm). Before the first text the client is
 * told to accept tags only where we announce them; how links are written is up to the renderer. A
 * client without ANSI is sent neither escape sequences nor links.
 */
final class Mxp implements TelnetOption {
    /** "Lock locked": no tag is accepted, in this line or any other, until we announce one. */
    private static final byte[] LOCKED = "\u001b[7z".getBytes(StandardCharsets.US_ASCII);

    private static final String SOURCE = "MXP";

    private boolean locked;
    private boolean plain;

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
        locked = false;
        link.subnegotiate();
        link.learned(Fact.MXP, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.MXP, false, SOURCE);
    }

    @Override
    public boolean receive(Inbound message, OptionLink link) {
        if (message instanceof Inbound.Learned(var known) && known.fact().equals(Fact.COLOURS)) {
            plain = known.value() == ColourDepth.NONE;
        }
        return false;
    }

    @Override
    public boolean heedsTexts() {
        return true;
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (!locked
                && !plain
                && link.on(Side.US)
                && (message instanceof Outbound.Text || message instanceof Outbound.Prompt)) {
            locked = true;
            link.write(new TelnetEvent.Data(LOCKED.clone()));
        }
        return false;
    }
}
