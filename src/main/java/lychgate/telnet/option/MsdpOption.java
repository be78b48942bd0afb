package lychgate.telnet.option;

import lychgate.oob.MalformedException;
import lychgate.oob.Msdp;
import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

/** MSDP: carries out-of-band commands in the notation of {@link Msdp}, for clients without GMCP. */
final class MsdpOption implements TelnetOption {
    private static final String SOURCE = "MSDP";

    @Override
    public int code() {
        return Telnet.MSDP;
    }

    @Override
    public String name() {
        return "msdp";
    }

    @Override
    public Stance stance() {
        return Stance.WE_OFFER;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        link.learned(Fact.MSDP, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.MSDP, false, SOURCE);
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        try {
            Msdp.decode(payload).forEach(command -> link.deliver(new Inbound.Oob(command)));
        } catch (MalformedException e) {
            link.malformed(e.kind(name()));
        }
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (message instanceof Outbound.Oob oob && link.on(Side.US)) {
            link.subnegotiate(Msdp.encode(oob.command()));
            return true;
        }
        return false;
    }
}
