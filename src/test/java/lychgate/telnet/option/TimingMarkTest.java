package lychgate.telnet.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.Meters;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.testing.RecordingLink;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class TimingMarkTest {
    private final List<Duration> measured = new ArrayList<>();
    private long now = -5;
    private final TimingMark option = new TimingMark(new Context());
    private final RecordingLink link = new RecordingLink(option);

    @Test
    void itIsAQuestionAndNoState() {
        assertEquals(Stance.MARK, option.stance());
    }

    @Test
    void roundTripIsMeasuredWhenTheOpeningIsOver() {
        link.hear(new Inbound.Settled()).did("DO", "Settled[]");
        now += 12_345_678;
        link.enable(Side.THEM).did("round-trip-ms: 12 (TIMING-MARK)");
        assertEquals(List.of(Duration.ofNanos(12_345_678)), measured);
    }

    @Test
    void noIsAsGoodAnAnswerAsYes() {
        link.hear(new Inbound.Settled()).did("DO", "Settled[]");
        link.disable(Side.THEM).did("round-trip-ms: 0 (TIMING-MARK)");
    }

    @Test
    void answerWithoutAQuestionMeasuresNothing() {
        link.enable(Side.THEM).did();
        link.hear(new Inbound.Settled()).did("DO", "Settled[]");
        link.enable(Side.THEM).did("round-trip-ms: 0 (TIMING-MARK)");
        link.disable(Side.THEM).did();
        assertEquals(1, measured.size());
    }

    @Test
    void roundTripIsMeasuredAgainWhenItIsTime() {
        link.hear(new Inbound.Settled()).did("DO", "Settled[]");
        link.enable(Side.THEM).did("round-trip-ms: 0 (TIMING-MARK)");
        link.send(new Outbound.Measure()).did("DONT", "DO", "measure");
        now += 7_000_000;
        link.disable(Side.THEM).did("round-trip-ms: 7 (TIMING-MARK)");
        link.disable(Side.THEM).did(); // the other answer, to DONT and to DO
        assertEquals(List.of(Duration.ZERO, Duration.ofMillis(7)), measured);
    }

    @Test
    void nothingIsAskedBeforeTheLastQuestionHasBeenAnswered() {
        link.send(new Outbound.Measure()).did("measure"); // the opening is not over
        link.hear(new Inbound.Settled()).did("DO", "Settled[]");
        link.send(new Outbound.Measure()).did("measure");
        link.enable(Side.THEM).did("round-trip-ms: 0 (TIMING-MARK)");
        link.send(new Outbound.Measure()).did("DONT", "DO", "measure");
        link.send(new Outbound.Measure()).did("measure");
    }

    private final class Context implements OptionContext, Meters {
        @Override
        public Map<String, List<String>> mssp() {
            return Map.of();
        }

        @Override
        public boolean trusted() {
            return false;
        }

        @Override
        public Meters meters() {
            return this;
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void roundTrip(Duration time) {
            measured.add(time);
        }
    }
}
