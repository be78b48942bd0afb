package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

/** NAWS: the size of the client's window, at the beginning and whenever it changes (RFC 1073). */
final class Naws implements TelnetOption {
    private static final String SOURCE = "NAWS";

    @Override
    public int code() {
        return Telnet.NAWS;
    }

    @Override
    public String name() {
        return "naws";
    }

    @Override
    public Stance stance() {
        return Stance.WE_ASK;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        link.learned(Fact.NAWS, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.NAWS, false, SOURCE);
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        if (payload.length != 4) {
            link.malformed(name());
            return;
        }
        learn(Fact.WIDTH, payload, 0, link);
        learn(Fact.HEIGHT, payload, 2, link);
    }

    private static void learn(Fact<Integer> fact, byte[] payload, int at, OptionLink link) {
        int size = (payload[at] & 0xff) << 8 | (payload[at + 1] & 0xff);
        if (size > 0) { // RFC 1073: zero means unspecified
            link.learned(fact, size, SOURCE);
        }
    }
}
