package lychgate.transport.telnet;

import lychgate.session.Feature;
import lychgate.session.Meters;
import lychgate.telnet.Negotiator;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.TelnetEvent.Negotiation;
import lychgate.telnet.TelnetEvent.Subnegotiation;
import lychgate.telnet.option.Inbound;
import lychgate.telnet.option.TelnetOption;

import org.apache.mina.core.filterchain.IoFilterAdapter;
import org.apache.mina.core.filterchain.IoFilterChain;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.core.write.DefaultWriteRequest;
import org.apache.mina.core.write.WriteRequest;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Negotiates all options (RFC 1143): below it are WILL, WONT, DO and DONT, above it options that
 * are enabled or disabled. Reports when the opening negotiation has settled.
 */
final class NegotiationFilter extends IoFilterAdapter {
    /**
     * Timeout of the opening negotiation. It is checked once a second, so that the last offers are
     * made within three seconds, whatever the client does.
     */
    private static final long SETTLE_MILLIS = 1_500;

    private final List<TelnetOption> options;
    private final Negotiator negotiator;
    private final Meters meters;
    private @Nullable NextFilter next;
    private @Nullable IoSession session;
    private long openedAt;
    private boolean settled;
    private volatile boolean pending = true;

    NegotiationFilter(List<TelnetOption> options, Meters meters) {
        Map<Integer, Stance> stances = new LinkedHashMap<>();
        options.forEach(option -> stances.put(option.code(), option.stance()));
        this.options = options;
        this.negotiator = new Negotiator(stances);
        this.meters = meters;
    }

    @Override
    public void onPostAdd(IoFilterChain chain, String name, NextFilter nextFilter) {
        next = nextFilter;
        session = chain.getSession();
    }

    @Override
    public void sessionOpened(NextFilter up, IoSession ioSession) {
        openedAt = now();
        negotiator.opening(openedAt).forEach(this::write);
        up.sessionOpened(ioSession);
        checkSettled();
    }

    @Override
    public void messageReceived(NextFilter up, IoSession ioSession, Object message) {
        switch ((TelnetEvent) message) {
            case Negotiation said -> react(negotiator.received(said, now()));
            case Subnegotiation sub when !agreed(sub.option()) ->
                    meters.malformed("unexpected_subnegotiation");
            case TelnetEvent event -> up.messageReceived(ioSession, event);
        }
        checkSettled();
    }

    @Override
    public void filterWrite(NextFilter down, IoSession ioSession, WriteRequest request) {
        if (request.getMessage() instanceof OptionRequest(int option, Side side, boolean on)) {
            react(negotiator.request(option, side, on, now()));
        } else {
            down.filterWrite(ioSession, request);
        }
    }

    /**
     * Whether answers are outstanding, so that {@link #expire} must be called. Any thread may call.
     */
    boolean isPending() {
        return pending;
    }

    /** Stops waiting for overdue answers. On the mailbox. */
    void expire() {
        negotiator.expire(now()).forEach(this::write);
        checkSettled();
    }

    /** What became of each option. */
    List<Feature> features() {
        return negotiator.features();
    }

    /** The enabled options. */
    List<Negotiation> agreed() {
        return negotiator.agreed();
    }

    private boolean agreed(int option) {
        return negotiator.on(option, Side.US) || negotiator.on(option, Side.THEM);
    }

    private void react(Negotiator.Reaction reaction) {
        if (reaction.answer() != null) {
            write(reaction.answer());
        }
        if (reaction.change() != null && next != null) {
            next.messageReceived(session, reaction.change());
        }
        if (reaction.ignored()) {
            meters.malformed("negotiation_storm");
        }
        pending = true;
    }

    private void checkSettled() {
        if (!settled && next != null && (isQuiet() || now() - openedAt >= SETTLE_MILLIS)) {
            settled = true;
            next.messageReceived(session, new Inbound.Settled());
            sendLastOffers();
        }
        boolean open = !settled || !negotiator.settled();
        if (pending != open) { // avoids a volatile write for each line
            pending = open;
        }
    }

    private boolean isQuiet() {
        return negotiator.settled() && options.stream().noneMatch(TelnetOption::asking);
    }

    private void sendLastOffers() {
        for (TelnetOption option : options) {
            if (option.stance() == Stance.WE_OFFER_LAST) {
                react(negotiator.request(option.code(), Side.US, true, now()));
            }
        }
    }

    private void write(Negotiation negotiation) {
        if (next != null) {
            next.filterWrite(session, new DefaultWriteRequest(negotiation));
        }
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
