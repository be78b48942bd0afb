package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

/**
 * MCCP2: everything that we send after {@code IAC SB MCCP2 IAC SE} is one zlib stream
 * (tintin.mudhalla.net/protocols/mccp), which ends when the client sends DONT.
 */
final class Mccp2 implements TelnetOption {
    private static final String SOURCE = "MCCP2";

    @Override
    public int code() {
        return Telnet.MCCP2;
    }

    @Override
    public String name() {
        return "mccp2";
    }

    @Override
    public Stance stance() {
        return Stance.WE_OFFER;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        link.subnegotiate();
        link.compress(true);
        link.learned(Fact.MCCP2, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.compress(false);
        link.learned(Fact.MCCP2, false, SOURCE);
    }
}
