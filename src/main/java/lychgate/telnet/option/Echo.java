package lychgate.telnet.option;

import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

/**
 * ECHO: while we say that we echo (and do not), the client shows nothing of what is typed: that is
 * how a password is asked for (RFC 857).
 *
 * <p>Never at the opening: a client that sees it there masks everything. And whether or not the
 * client acknowledged the last time: TinTin++, telnetlib3 and MUSHclient do not.
 */
final class Echo implements TelnetOption {
    @Override
    public int code() {
        return Telnet.ECHO;
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Stance stance() {
        return Stance.OPEN_LOOP;
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (message instanceof Outbound.Echo(boolean shown)) {
            link.request(Side.US, !shown);
        }
        return false;
    }
}
