package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;

/** EOR: prompts end with {@code IAC EOR} (RFC 885) instead of a go-ahead. */
final class Eor implements TelnetOption {
    private static final String SOURCE = "EOR";

    @Override
    public int code() {
        return Telnet.END_OF_RECORD;
    }

    @Override
    public String name() {
        return "eor";
    }

    @Override
    public Stance stance() {
        return Stance.WE_OFFER;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        link.learned(Fact.EOR, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.EOR, false, SOURCE);
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (message instanceof Outbound.GoAhead && link.on(Side.US)) {
            link.write(new TelnetEvent.Command(Telnet.EOR));
            return true;
        }
        if (message instanceof Outbound.Prompt prompt && !prompt.marked() && link.on(Side.US)) {
            link.pass(prompt.withMark());
            link.write(new TelnetEvent.Command(Telnet.EOR));
            return true;
        }
        return false;
    }
}
