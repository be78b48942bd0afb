package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

/**
 * LINEMODE: the client edits lines and sends complete ones, and its interrupt key is a telnet
 * command (RFC 1184). What it reports about its special characters is ignored.
 */
final class Linemode implements TelnetOption {
    private static final byte MODE = 1;
    private static final byte EDIT = 1;
    private static final byte TRAPSIG = 2;
    private static final String SOURCE = "LINEMODE";

    @Override
    public int code() {
        return Telnet.LINEMODE;
    }

    @Override
    public String name() {
        return "linemode";
    }

    @Override
    public Stance stance() {
        return Stance.WE_ASK;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        link.subnegotiate(MODE, (byte) (EDIT | TRAPSIG));
        link.learned(Fact.LINEMODE, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.LINEMODE, false, SOURCE);
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        if (payload.length < 2) {
            link.malformed(name());
        }
    }
}
