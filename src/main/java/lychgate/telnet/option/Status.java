package lychgate.telnet.option;

import lychgate.telnet.ByteBuilder;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent.Negotiation;

/** STATUS: tells a client that asks which options we consider to be on (RFC 859). */
final class Status implements TelnetOption {
    private static final byte IS = 0;
    private static final byte SEND = 1;

    @Override
    public int code() {
        return Telnet.STATUS;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public Stance stance() {
        return Stance.WE_SERVE;
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        if (payload.length != 1 || payload[0] != SEND) {
            link.malformed(name());
            return;
        }
        ByteBuilder status = new ByteBuilder();
        status.add(IS);
        for (Negotiation agreed : link.agreed()) {
            status.add(agreed.verb().code());
            status.add(agreed.option());
        }
        link.subnegotiate(status.take());
    }
}
