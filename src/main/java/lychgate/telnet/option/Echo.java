package lychgate.telnet.option;

import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

/**
 * ECHO: while we claim to echo (and do not), the client does not display what is typed: this is how
 * a password is asked for (RFC 857).
 *
 * <p>Never at the opening: a client that sees it there masks everything. And whether or not the
 * client acknowledged the last time: TinTin++, telnetlib3 and MUSHclient do not.
 *
 * <p>A terminal that requests it itself (PuTTY, telnet after {@code mode character}) sends each
 * character as it is typed without displaying it: then we do echo, except passwords.
 */
final class Echo implements TelnetOption {
    private boolean hiding;
    private boolean echoing;

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
    public void enabled(Side side, OptionLink link) {
        if (!hiding) {
            echo(true, link);
        }
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        if (echoing) {
            echo(false, link);
        }
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (message instanceof Outbound.Echo(boolean shown)) {
            hiding = !shown;
            if (!echoing) {
                link.request(Side.US, hiding);
            }
        }
        return false;
    }

    private void echo(boolean on, OptionLink link) {
        echoing = on;
        link.pass(new Outbound.RemoteEcho(on));
    }
}
