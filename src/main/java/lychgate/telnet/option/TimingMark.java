package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

import java.time.Duration;

/**
 * TIMING-MARK: a question that is answered when all before it has been dealt with (RFC 860). Asked
 * once, when the opening is over, it tells how long the way to the client and back is; no is as
 * good an answer as yes. A client that asks is answered, by the negotiator.
 */
final class TimingMark implements TelnetOption {
    private static final String SOURCE = "TIMING-MARK";

    private final OptionContext context;
    private long askedAt;
    private boolean asked;

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
            asked = true;
            askedAt = context.nanoTime();
            link.request(Side.THEM, true);
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

    private void answered(OptionLink link) {
        if (asked) {
            asked = false;
            Duration time = Duration.ofNanos(context.nanoTime() - askedAt);
            context.meters().roundTrip(time);
            link.learned(
                    Fact.ROUND_TRIP, Math.clamp(time.toMillis(), 0, Integer.MAX_VALUE), SOURCE);
        }
    }
}
