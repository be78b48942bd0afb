package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

/**
 * MCCP3: everything that the client sends after its {@code IAC SB MCCP3 IAC SE} is one zlib stream
 * (tintin.mudhalla.net/protocols/mccp).
 *
 * <p>Offered after the opening: Mudlet ignores what is offered after it, and a client that answers
 * it with compression should not have to compress its terminal's name.
 */
final class Mccp3 implements TelnetOption {
    private static final String SOURCE = "MCCP3";

    @Override
    public int code() {
        return Telnet.MCCP3;
    }

    @Override
    public String name() {
        return "mccp3";
    }

    @Override
    public Stance stance() {
        return Stance.WE_OFFER_LAST;
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        link.inflate();
        link.learned(Fact.MCCP3, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.MCCP3, false, SOURCE);
    }
}
