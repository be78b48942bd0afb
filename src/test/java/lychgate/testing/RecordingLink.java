package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.Fact;
import lychgate.telnet.Side;
import lychgate.telnet.TelnetEvent;
import lychgate.telnet.option.Inbound;
import lychgate.telnet.option.OptionLink;
import lychgate.telnet.option.Outbound;
import lychgate.telnet.option.TelnetOption;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An option's link without a connection, which records what the option does, in order. */
public final class RecordingLink implements OptionLink {
    private final TelnetOption option;
    private final Set<Side> on = EnumSet.noneOf(Side.class);
    private final List<String> done = new ArrayList<>();
    private final List<String> unshown = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();

    public RecordingLink(TelnetOption option) {
        this.option = option;
    }

    /** The option is agreed on. */
    public RecordingLink enable(Side side) {
        on.add(side);
        option.enabled(side, this);
        return this;
    }

    /** The option is over. */
    public RecordingLink disable(Side side) {
        on.remove(side);
        option.disabled(side, this);
        return this;
    }

    /** The client says something for the option, in the words of {@link Wire}. */
    public RecordingLink receive(String words) {
        option.received(Wire.bytes(words), this);
        return this;
    }

    /** A message is on its way; what the option lets go on is written down as passed. */
    public RecordingLink send(Outbound message) {
        if (!option.send(message, this)) {
            pass(message);
        }
        return this;
    }

    /** The client said something; what the option lets go on is written down as delivered. */
    public RecordingLink hear(Inbound message) {
        if (!option.receive(message, this)) {
            deliver(message);
        }
        return this;
    }

    /** What was to be done later is done now. */
    public RecordingLink later() {
        List<Runnable> now = List.copyOf(later);
        later.clear();
        now.forEach(Runnable::run);
        return this;
    }

    /** What has been done so far is of no interest. */
    public RecordingLink forget() {
        done.clear();
        return this;
    }

    /** Exactly this has been done since the last look. */
    public RecordingLink did(String... expected) {
        assertEquals(List.of(expected), List.copyOf(done));
        done.clear();
        return this;
    }

    /** Exactly this has been learned that is shown to nobody. */
    public RecordingLink learnedUnshown(String... expected) {
        assertEquals(List.of(expected), List.copyOf(unshown));
        return this;
    }

    @Override
    public boolean on(Side side) {
        return on.contains(side);
    }

    @Override
    public List<TelnetEvent.Negotiation> agreed() {
        return on.stream()
                .map(side -> new TelnetEvent.Negotiation(side.verb(true), option.code()))
                .toList();
    }

    @Override
    public void subnegotiate(byte... payload) {
        write(new TelnetEvent.Subnegotiation(option.code(), payload));
    }

    @Override
    public void write(TelnetEvent event) {
        done.add(Wire.words(event));
    }

    @Override
    public void compress(boolean compressed) {
        done.add(compressed ? "compressed" : "plain");
    }

    @Override
    public void inflate() {
        done.add("inflating");
    }

    @Override
    public void pass(Outbound message) {
        done.add(
                switch (message) {
                    case Outbound.Prompt prompt ->
                            (prompt.marked() ? "marked prompt " : "prompt ") + prompt.markup();
                    case Outbound.Text text -> "text " + text.markup();
                    case Outbound.Oob oob -> "oob " + oob.command().name();
                    case Outbound.Echo echo -> echo.shown() ? "shown" : "hidden";
                    case Outbound.RemoteEcho echo -> echo.on() ? "echoing" : "no longer echoing";
                    case Outbound.LoggedIn() -> "logged in";
                    case Outbound.Reloaded() -> "reloaded";
                    case Outbound.Measure() -> "measure";
                    case Outbound.GoAhead() -> "go-ahead";
                    case Outbound.Goodbye(String reason) -> "goodbye " + reason;
                });
    }

    @Override
    public void request(Side side, boolean wanted) {
        done.add(side.verb(wanted).name());
    }

    @Override
    public <T> void learned(Fact<T> fact, T value, String source) {
        (fact.shown() ? done : unshown).add(fact.name() + ": " + value + " (" + source + ")");
    }

    @Override
    public void deliver(Inbound message) {
        done.add(message.toString());
    }

    @Override
    public void malformed(String kind) {
        done.add("malformed " + kind);
    }

    @Override
    public void after(Duration delay, Runnable then) {
        done.add("in " + delay.toMillis() + " ms");
        later.add(then);
    }
}
