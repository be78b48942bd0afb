package lychgate.transport.telnet;

import lychgate.session.ClientFacts;
import lychgate.session.Fact;
import lychgate.telnet.OptionChange;
import lychgate.telnet.Side;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.TelnetEvent.Negotiation;
import lychgate.telnet.TelnetEvent.Subnegotiation;
import lychgate.telnet.option.Inbound;
import lychgate.telnet.option.OptionLink;
import lychgate.telnet.option.Outbound;
import lychgate.telnet.option.TelnetOption;
import lychgate.transport.Conversation;

import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Adapts one option to the filter chain: passes it its messages and carries out its requests. */
final class OptionFilter extends IoFilterAdapter implements OptionLink {
    private final TelnetOption option;
    private final int place;
    private final NegotiationFilter negotiation;
    private final Shortcuts shortcuts;
    private final Conversation conversation;
    private final Set<Side> on = EnumSet.noneOf(Side.class);
    private @Nullable NextFilter next;
    private @Nullable IoSession session;

    /**
     * @param place index of the option in the chain
     */
    OptionFilter(
            TelnetOption option,
            int place,
            NegotiationFilter negotiation,
            Shortcuts shortcuts,
            Conversation conversation) {
        this.option = option;
        this.place = place;
        this.negotiation = negotiation;
        this.shortcuts = shortcuts;
        this.conversation = conversation;
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter nextFilter) {
        next = nextFilter;
        session = chain.getSession();
    }

    @Override
    public void messageReceived(NextFilter up, IoSession ioSession, Object message) {
        switch (message) {
            case OptionChange(int code, Side side, boolean wanted) when code == option.code() ->
                    changed(side, wanted);
            case Subnegotiation(int code, byte[] payload) when code == option.code() ->
                    option.received(payload, this);
            case Inbound inbound when option.receive(inbound, this) -> {}
            case Inbound.Line line -> shortcuts.lineUp(place, line, up, ioSession);
            default -> up.messageReceived(ioSession, message);
        }
    }

    @Override
    public void filterWrite(NextFilter down, IoSession ioSession, WriteRequest request) {
        if (request.getMessage() instanceof Outbound message && option.send(message, this)) {
            return;
        }
        if (request.getMessage() instanceof Outbound.Text text) {
            shortcuts.textDown(place, text, ioSession);
        } else {
            down.filterWrite(ioSession, request);
        }
    }

    @Override
    public boolean on(Side side) {
        return on.contains(side);
    }

    @Override
    public List<Negotiation> agreed() {
        return negotiation.agreed();
    }

    @Override
    public void subnegotiate(byte... payload) {
        write(new Subnegotiation(option.code(), payload));
    }

    @Override
    public void write(TelnetEvent event) {
        down(event);
    }

    @Override
    public void compress(boolean compressed) {
        down(new StreamRequest.Compress(compressed));
    }

    @Override
    public void inflate() {
        down(new StreamRequest.Inflate());
    }

    @Override
    public void pass(Outbound message) {
        down(message);
    }

    @Override
    public void request(Side side, boolean wanted) {
        down(new OptionRequest(option.code(), side, wanted));
    }

    @Override
    public <T> void learned(Fact<T> fact, T value, String source) {
        deliver(new Inbound.Learned(new ClientFacts.Known<>(fact, value, source)));
    }

    @Override
    public void deliver(Inbound message) {
        if (next != null) {
            next.messageReceived(session, message);
        }
    }

    @Override
    public void malformed(String kind) {
        conversation.meters().malformed(kind);
    }

    @Override
    public void after(Duration delay, Runnable then) {
        conversation.later(delay, then);
    }

    private void changed(Side side, boolean wanted) {
        if (wanted) {
            on.add(side);
            option.enabled(side, this);
        } else {
            on.remove(side);
            option.disabled(side, this);
        }
    }

    private void down(Object message) {
        if (next != null) {
            next.filterWrite(session, new DefaultWriteRequest(message));
        }
    }
}
