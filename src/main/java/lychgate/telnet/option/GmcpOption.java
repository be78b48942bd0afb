package lychgate.telnet.option;

import lychgate.oob.Gmcp;
import lychgate.oob.GmcpCore;
import lychgate.oob.MalformedException;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.Verb;

/**
 * GMCP: carries out-of-band commands in the notation of {@link Gmcp}.
 *
 * <p>When the game has been restarted, the offer is repeated although it was accepted: upon that
 * Mudlet sends Hello again, and the new game learns what the old one knew.
 *
 * <p>Of the package Core, the portal itself answers {@code Ping}, consumes {@code KeepAlive} and
 * {@code Goodbye}, and sends {@code Goodbye} with the reason before it ends a session: they concern
 * the connection. {@code Hello} (the command {@code client_options}) and {@code Supports} go to the
 * game, and what they say about the client is kept.
 */
final class GmcpOption implements TelnetOption {
    private static final String SOURCE = "GMCP";

    private final GmcpCore core = new GmcpCore();

    @Override
    public int code() {
        return Telnet.GMCP;
    }

    @Override
    public String name() {
        return "gmcp";
    }

    @Override
    public Stance stance() {
        return Stance.WE_OFFER;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        link.learned(Fact.GMCP, true, SOURCE);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        link.learned(Fact.GMCP, false, SOURCE);
    }

    @Override
    public void received(byte[] payload, OptionLink link) {
        try {
            core.received(Gmcp.decode(payload), new Client(link));
        } catch (MalformedException e) {
            link.malformed(e.kind(name()));
        }
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (!link.on(Side.US)) {
            return false;
        }
        switch (message) {
            case Outbound.Oob(CommandTuple command) -> {
                link.subnegotiate(Gmcp.encode(command));
                return true;
            }
            case Outbound.Reloaded() ->
                    link.write(new TelnetEvent.Negotiation(Verb.WILL, Telnet.GMCP));
            case Outbound.Goodbye(String reason) when !reason.isEmpty() ->
                    link.subnegotiate(Gmcp.encode(CommandTuple.of("goodbye", reason)));
            default -> {} // not carried by GMCP
        }
        return false;
    }

    /** What the core of GMCP wants done, over telnet. */
    private record Client(OptionLink link) implements GmcpCore.Client {
        @Override
        public void answer(CommandTuple command) {
            link.subnegotiate(Gmcp.encode(command));
        }

        @Override
        public void deliver(CommandTuple command) {
            link.deliver(new Inbound.Oob(command));
        }

        @Override
        public <T> void learned(Fact<T> fact, T value, String source) {
            link.learned(fact, value, source);
        }

        @Override
        public void alive() {
            link.deliver(new Inbound.Alive());
        }

        @Override
        public void malformed(String kind) {
            link.malformed(kind);
        }
    }
}
