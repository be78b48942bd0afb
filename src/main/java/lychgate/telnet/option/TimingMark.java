package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

import java.time.Duration;

/**
 * TIMING-MARK: a question that is answered when all before it has been dealt with (RFC 860). Asked
 * when the opening is over, and again when it is time, it tells how long the way to the client and
 * back is; no is as good an answer as yes. No question is asked before the last has been answered,
 * so a client that never answers is asked once. A client that asks is answered, by the negotiator.
 */
final class TimingMark implements TelnetOption {
    private static final String SOURCE = "TIMING-MARK";

    private final OptionContext context;
    private long askedAt;
    private boolean asked;
    private boolean measured;

    TimingMark(OptionContext context) {
        this.context = context;
    }

    @Override
    public int code() {
        return Telnet.TIMING_MARK;
    }

    @Override
    public String name() {
        return "timing-mark";
    }

    @Override
    public Stance stance() {
        return Stance.MARK;
    }

    @Override
    public boolean receive(Inbound message, OptionLink link) {
        if (message instanceof Inbound.Settled) {
            ask(link);
        }
        return false;
    }

    @Override
    public boolean send(Outbound message, OptionLink link) {
        if (message instanceof Outbound.Measure && measured && !asked) {
            link.request(Side.THEM, false); // TinTin++ answers no second DO without a DONT between
            ask(link);
        }
        return false;
    }

    @Override
    public void enabled(Side side, OptionLink link) {
        answered(link);
    }

    @Override
    public void disabled(Side side, OptionLink link) {
        answered(link);
    }

    private void ask(OptionLink link) {
        asked = true;
        askedAt = context.nanoTime();
        link.request(Side.THEM, true);
    }

    /** The first answer counts: a client that answers DONT as well (MUSHclient) answers twice. */
    private void answered(OptionLink link) {
        if (asked) {
            asked = false;
            measured = true;
            Duration time = Duration.ofNanos(context.nanoTime() - askedAt);
            context.meters().roundTrip(time);
            link.learned(
                    Fact.ROUND_TRIP, Math.clamp(time.toMillis(), 0, Integer.MAX_VALUE), SOURCE);
        }
    }
}
