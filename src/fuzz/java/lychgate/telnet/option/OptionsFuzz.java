package lychgate.telnet.option;

import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.OutputOptions;
import lychgate.telnet.Negotiator;
import lychgate.telnet.OptionChange;
import lychgate.telnet.Side;
import lychgate.telnet.Stance;
import lychgate.telnet.TelnetDecoder;
import lychgate.telnet.TelnetEvent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All options of a connection, with what a client sends, and what the game says at each command of
 * telnet that is none of theirs: nothing is thrown, and for each byte not more than a certain
 * amount is sent back.
 */
public final class OptionsFuzz {
    /** Bytes that may be sent for each that comes: WILL is answered by a table (MSSP). */
    private static final int MAX_RATIO = 1_000;

    /** What is said to the client. */
    private static final List<Outbound> SAID =
            List.of(
                    new Outbound.Text("words", OutputOptions.NONE),
                    new Outbound.Prompt("> ", OutputOptions.NONE, false),
                    new Outbound.Oob(CommandTuple.of("foo_bar", 1)),
                    new Outbound.Echo(false),
                    new Outbound.Echo(true),
                    new Outbound.LoggedIn(),
                    new Outbound.Reloaded(),
                    new Outbound.Measure(),
                    new Outbound.GoAhead(),
                    new Outbound.Goodbye("done"));

    private OptionsFuzz() {}

    /** What a client sends. */
    public static void fuzzerTestOneInput(byte[] input) {
        new Connection().receive(input);
    }

    private static final class Connection {
        private final List<TelnetOption> options = TelnetOptions.fresh(new FixedContext(), true);
        private final Negotiator negotiator = new Negotiator(stances());
        private final List<Runnable> later = new ArrayList<>();
        private long sent;

        private Map<Integer, Stance> stances() {
            Map<Integer, Stance> stances = new LinkedHashMap<>();
            options.forEach(option -> stances.put(option.code(), option.stance()));
            return stances;
        }

        void receive(byte[] input) {
            negotiator.opening(0);
            TelnetDecoder decoder = new TelnetDecoder(64 * 1024);
            ByteBuffer in = ByteBuffer.wrap(input);
            for (TelnetEvent event = decoder.next(in); event != null; event = decoder.next(in)) {
                receive(event);
                List<Runnable> due = List.copyOf(later);
                later.clear(); // what they put in is for the next time
                due.forEach(Runnable::run);
            }
            if (sent > (long) MAX_RATIO * (input.length + 1)) {
                throw new AssertionError(sent + " bytes for " + input.length);
            }
        }

        private void receive(TelnetEvent event) {
            switch (event) {
                case TelnetEvent.Negotiation said -> react(negotiator.received(said, 0));
                case TelnetEvent.Subnegotiation(int code, byte[] payload) ->
                        options.stream()
                                .filter(option -> option.code() == code)
                                .forEach(option -> option.received(payload, link(option)));
                case TelnetEvent.Data(byte[] bytes) ->
                        receive(new Inbound.Line(new String(bytes, StandardCharsets.UTF_8)), 0);
                case TelnetEvent.Command(int code) ->
                        send(SAID.get(code % SAID.size()), options.size() - 1);
                case TelnetEvent.Malformed _ -> {}
            }
        }

        private void receive(Inbound message, int from) {
            for (TelnetOption option : options.subList(from, options.size())) {
                if (option.receive(message, link(option))) {
                    return;
                }
            }
        }

        private void send(Outbound message, int from) {
            for (int i = from; i >= 0; i--) {
                if (options.get(i).send(message, link(options.get(i)))) {
                    return;
                }
            }
        }

        private void react(Negotiator.Reaction reaction) {
            if (reaction.change() instanceof OptionChange(int code, Side side, boolean on)) {
                for (TelnetOption option : options) {
                    if (option.code() == code && on) {
                        option.enabled(side, link(option));
                    } else if (option.code() == code) {
                        option.disabled(side, link(option));
                    }
                }
            }
            sent += reaction.answer() == null ? 0 : 3;
        }

        private OptionLink link(TelnetOption option) {
            return new OptionLink() {
                @Override
                public boolean on(Side side) {
                    return negotiator.on(option.code(), side);
                }

                @Override
                public List<TelnetEvent.Negotiation> agreed() {
                    return negotiator.agreed();
                }

                @Override
                public void subnegotiate(byte... payload) {
                    sent += payload.length;
                }

                @Override
                public void write(TelnetEvent event) {
                    sent += 3;
                }

                @Override
                public void compress(boolean compressed) {}

                @Override
                public void inflate() {}

                @Override
                public void pass(Outbound message) {
                    send(message, options.indexOf(option) - 1);
                }

                @Override
                public void request(Side side, boolean on) {
                    react(negotiator.request(option.code(), side, on, 0));
                }

                @Override
                public <T> void learned(Fact<T> fact, T value, String source) {
                    if (!fact.type().isInstance(value)) {
                        throw new AssertionError(fact + " cannot be " + value);
                    }
                }

                @Override
                public void deliver(Inbound message) {
                    receive(message, options.indexOf(option) + 1);
                }

                @Override
                public void malformed(String kind) {}

                @Override
                public void after(Duration delay, Runnable then) {
                    later.add(then);
                }
            };
        }
    }
}
