package lychgate.telnet.option;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.Telnet;

import java.time.Duration;

/**
 * TIMING-MARK: a request that is answered when everything before it has been processed (RFC 860).
 * Sent after the opening and then periodically, it measures the round trip to the client; no is as
 * good an answer as yes. None is sent before the last has been answered, so a client that never
 * answers is sent only one. A client's own requests are answered by the negotiator.
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
            link.request(Side.THEM, false); // TinTin++ does not answer a second DO without a DONT
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

    /** The first answer counts: a client that also answers DONT (MUSHclient) answers twice. */
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
