package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;

/**
 * SGA: suppresses the go-ahead that otherwise marks the end of a prompt (RFC 858). Only if the
 * client requests it: together with ECHO it would mean character mode.
 */
final class Sga implements TelnetOption {
    private static final String SOURCE = "SGA";

    @Override
    public int code() {
        return Telnet.SGA;
    }

    @Override
    public String name() {
        return "sga";
    }

    @Override
    public Stance stance() {
        return Stance.ON_DEMAND;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        link.learned(Fact.SGA, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.SGA, false, SOURCE);
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (message instanceof Outbound.GoAhead) {
            link.write(new TelnetEvent.Command(Telnet.GA));
            return true;
        }
        if (message instanceof Outbound.Prompt prompt && !prompt.marked() && !link.on(Side.US)) {
            link.pass(prompt.withMark());
            link.write(new TelnetEvent.Command(Telnet.GA));
            return true;
        }
        return false;
    }
}
