package lychgate.telnet;

import lychgate.session.Feature;
import lychgate.telnet.TelnetEvent.Negotiation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Negotiates options by the Q method of RFC 1143, for all options of one connection, on both sides.
 * Nothing else answers WILL, WONT, DO or DONT. Not thread safe.
 *
 * <p>Real clients require two additions. A client that never answers must not block an option
 * forever: after {@link #ANSWER_TIMEOUT_MILLIS} a request counts as unanswered, and a late yes is
 * then accepted without another answer. And options of {@link Stance#OPEN_LOOP} do not wait for
 * answers at all: they count what the client has not acknowledged, so that an acknowledgement of
 * something sent earlier is not taken for a new request.
 */
public final class Negotiator {
    /** Time for a client to answer: twice what the slowest round trip should need. */
    public static final long ANSWER_TIMEOUT_MILLIS = 3_000;

    /**
     * Time for a client to acknowledge an open-loop option. A session whose output makes no
     * progress for a minute ends, so nothing is under way much longer. Generous, because the price
     * of giving up early is a password that is displayed.
     */
    public static final long ACKNOWLEDGEMENT_TIMEOUT_MILLIS = 60_000;

    /**
     * Maximum answers per minute; further requests are ignored. More than twice what a client needs
     * that requests everything and then changes its mind.
     */
    public static final int MAX_ANSWERS_PER_MINUTE = 512;

    private static final long MINUTE_MILLIS = 60_000;

    private enum State {
        NO,
        YES,
        /** We sent no, and wait for the answer. */
        WANT_NO,
        /** We sent no, wait for the answer, and will then send yes. */
        WANT_NO_THEN_YES,
        /** We sent yes, and wait for the answer. */
        WANT_YES,
        /** We sent yes, wait for the answer, and will then send no. */
        WANT_YES_THEN_NO,
        /** The client sent yes for an option that we offer last; we answer yes at that time. */
        ASKED_EARLY,
        /** We sent yes, and the answer timed out. Counts as no; a late yes needs no answer. */
        UNANSWERED,
        /** The same, but the option is no longer wanted: a late yes is answered with no. */
        UNANSWERED_THEN_NO;

        boolean waiting() {
            return switch (this) {
                case WANT_NO, WANT_NO_THEN_YES, WANT_YES, WANT_YES_THEN_NO -> true;
                case NO, YES, ASKED_EARLY, UNANSWERED, UNANSWERED_THEN_NO -> false;
            };
        }
    }

    /**
     * The consequences of a step: at most one answer and one change.
     *
     * @param answer to be sent to the client
     * @param change for the option to be told of
     * @param ignored the client exceeded its rate of requests
     */
    public record Reaction(
            @Nullable Negotiation answer, @Nullable OptionChange change, boolean ignored) {
        static final Reaction NOTHING = new Reaction(null, null, false);
        static final Reaction IGNORED = new Reaction(null, null, true);
    }

    private final int[] options;
    private final Stance[] stances;
    private final State[] states;
    private final long[] since;

    /**
     * Open-loop: how many of our messages, which alternate between yes and no, are unacknowledged.
     */
    private final int[] unacknowledged;

    /** Open-loop: whether our last message was yes. */
    private final BitSet saidYes = new BitSet();

    private final BitSet refused = new BitSet();
    private final BitSet spoken = new BitSet();
    private long minuteBegan;
    private int answersThisMinute;

    /**
     * @param stances the supported options, in the order of the opening; requests for any other are
     *     refused
     */
    public Negotiator(Map<Integer, Stance> stances) {
        Map<Integer, Stance> ordered = new LinkedHashMap<>(stances);
        this.options = ordered.keySet().stream().mapToInt(Integer::intValue).toArray();
        this.stances = ordered.values().toArray(Stance[]::new);
        this.states = new State[2 * options.length];
        this.since = new long[2 * options.length];
        this.unacknowledged = new int[2 * options.length];
        Arrays.fill(states, State.NO);
    }

    /** What is sent at the opening. */
    public List<Negotiation> opening(long nowMillis) {
        List<Negotiation> offers = new ArrayList<>();
        for (int i = 0; i < options.length; i++) {
            if (stances[i].offered()) {
                offers.add(ask(i, Side.US, nowMillis));
            }
            if (stances[i].asked()) {
                offers.add(ask(i, Side.THEM, nowMillis));
            }
        }
        return offers;
    }

    /** Whether the option is on. */
    public boolean on(int option, Side side) {
        int i = indexOf(option);
        return i >= 0 && state(i, side) == State.YES;
    }

    /** The options that are on: WILL for ours, DO for the client's. In the order of the options. */
    public List<Negotiation> agreed() {
        List<Negotiation> agreed = new ArrayList<>();
        for (int i = 0; i < options.length; i++) {
            for (Side side : Side.values()) {
                if (state(i, side) == State.YES) {
                    agreed.add(say(i, side, true));
                }
            }
        }
        return agreed;
    }

    /** What became of each option, for people. */
    public List<Feature> features() {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < options.length; i++) {
            if (stances[i] != Stance.MARK) {
                State us = state(i, Side.US);
                State them = state(i, Side.THEM);
                boolean on = us == State.YES || them == State.YES;
                String why = on ? "agreed" : whyNot(us, them, stances[i]);
                features.add(new Feature(TelnetNames.option(options[i]), on, why));
            }
        }
        return features;
    }

    private static String whyNot(State us, State them, Stance stance) {
        if (us.waiting() || them.waiting()) {
            return "asked, no answer yet";
        }
        if (us == State.UNANSWERED || them == State.UNANSWERED) {
            return "never answered by the client";
        }
        boolean asked = stance.offered() || stance.asked();
        return asked ? "refused by the client" : "not asked for by the client";
    }

    /** Whether no answer is awaited. */
    public boolean settled() {
        for (State state : states) {
            if (state.waiting()) {
                return false;
            }
        }
        return true;
    }

    /** Wants an option on or off; whether this sends anything depends on what was sent before. */
    public Reaction request(int option, Side side, boolean on, long nowMillis) {
        int i = indexOf(option);
        if (i < 0) {
            return Reaction.NOTHING;
        }
        State state = state(i, side);
        if (stances[i] == Stance.MARK) {
            return new Reaction(say(i, side, on), null, false);
        }
        spoken.set(i);
        if (stances[i] == Stance.OPEN_LOOP) {
            return requestOpenly(i, side, on, nowMillis);
        }
        return on ? requestOn(i, side, state, nowMillis) : requestOff(i, side, state, nowMillis);
    }

    /** Handles what the client sent. */
    public Reaction received(Negotiation said, long nowMillis) {
        Side side = Side.spokenOfBy(said.verb());
        int i = indexOf(said.option());
        if (i < 0) {
            return refuse(said.option(), side, said.verb().positive(), nowMillis);
        }
        if (stances[i] == Stance.MARK) {
            return receivedMark(i, side, said.verb().positive(), nowMillis);
        }
        if (stances[i] == Stance.OPEN_LOOP) {
            return receivedOpenly(i, side, said.verb().positive(), nowMillis);
        }
        State state = state(i, side);
        return said.verb().positive()
                ? receivedYes(i, side, state, nowMillis)
                : receivedNo(i, side, state, nowMillis);
    }

    /** Stops waiting for overdue answers; returns what to send now. */
    public List<Negotiation> expire(long nowMillis) {
        List<Negotiation> late = new ArrayList<>();
        for (int at = 0; at < states.length; at++) {
            if (!states[at].waiting() || nowMillis - since[at] < ANSWER_TIMEOUT_MILLIS) {
                continue;
            }
            Side side = at % 2 == 0 ? Side.US : Side.THEM;
            switch (states[at]) {
                case WANT_NO -> states[at] = State.NO;
                case WANT_YES -> states[at] = State.UNANSWERED;
                case WANT_YES_THEN_NO -> states[at] = State.UNANSWERED_THEN_NO;
                case WANT_NO_THEN_YES -> late.add(ask(at / 2, side, nowMillis));
                case NO, YES, ASKED_EARLY, UNANSWERED, UNANSWERED_THEN_NO -> {}
            }
        }
        return late;
    }

    private Reaction requestOn(int i, Side side, State state, long now) {
        return switch (state) {
            case NO, UNANSWERED, UNANSWERED_THEN_NO -> new Reaction(ask(i, side, now), null, false);
            case ASKED_EARLY -> become(i, side, State.YES, say(i, side, true), true);
            case WANT_NO -> become(i, side, State.WANT_NO_THEN_YES);
            case WANT_YES_THEN_NO -> become(i, side, State.WANT_YES);
            case YES, WANT_YES, WANT_NO_THEN_YES -> Reaction.NOTHING;
        };
    }

    private Reaction requestOff(int i, Side side, State state, long now) {
        return switch (state) {
            case YES -> {
                since[at(i, side)] = now;
                yield become(i, side, State.WANT_NO, say(i, side, false), false);
            }
            case WANT_NO_THEN_YES -> become(i, side, State.WANT_NO);
            case WANT_YES -> become(i, side, State.WANT_YES_THEN_NO);
            case UNANSWERED -> become(i, side, State.UNANSWERED_THEN_NO);
            case NO, ASKED_EARLY, WANT_NO, WANT_YES_THEN_NO, UNANSWERED_THEN_NO -> Reaction.NOTHING;
        };
    }

    private Reaction receivedYes(int i, Side side, State state, long now) {
        return switch (state) {
            case NO -> {
                if (!stances[i].allows(side)) {
                    yield refuse(options[i], side, true, now);
                }
                if (stances[i] == Stance.WE_OFFER_LAST && !spoken.get(i)) {
                    yield become(i, side, State.ASKED_EARLY);
                }
                yield mayAnswer(now)
                        ? become(i, side, State.YES, say(i, side, true), true)
                        : Reaction.IGNORED;
            }
            case WANT_YES, UNANSWERED -> become(i, side, State.YES, null, true);
            case WANT_YES_THEN_NO, UNANSWERED_THEN_NO -> {
                since[at(i, side)] = now;
                states[at(i, side)] = State.WANT_NO;
                yield new Reaction(say(i, side, false), null, false);
            }
            // A client that answers no with yes: RFC 1143 takes its answer at face value.
            case WANT_NO -> become(i, side, State.NO);
            case WANT_NO_THEN_YES -> become(i, side, State.YES, null, true);
            case YES, ASKED_EARLY -> Reaction.NOTHING;
        };
    }

    /** Sends it at once, whether or not the last was acknowledged; but nothing twice in a row. */
    private Reaction requestOpenly(int i, Side side, boolean on, long now) {
        int at = at(i, side);
        if (on == saidYes.get(at)) {
            return Reaction.NOTHING;
        }
        forgetAcknowledgements(at, now);
        since[at] = now;
        if (on || states[at] == State.YES) {
            unacknowledged[at]++;
        } // else the client refused what we now withdraw: there is nothing to acknowledge
        saidYes.set(at, on);
        return become(i, side, on ? State.YES : State.NO, say(i, side, on), on);
    }

    /**
     * Acknowledgements arrive in the order of what they acknowledge, though some clients omit some
     * of them. A message that acknowledges nothing is the client's own request.
     */
    private Reaction receivedOpenly(int i, Side side, boolean yes, long now) {
        int at = at(i, side);
        forgetAcknowledgements(at, now);
        boolean saidYesLast = saidYes.get(at);
        if (unacknowledged[at] > 0) {
            boolean oldest = saidYesLast == (unacknowledged[at] % 2 == 1);
            int acknowledged = yes == oldest ? 1 : 2;
            if (acknowledged <= unacknowledged[at]) {
                unacknowledged[at] -= acknowledged;
                return Reaction.NOTHING;
            }
            unacknowledged[at] = 0; // it contradicts our last message
            if (saidYesLast) {
                return become(i, side, State.NO, null, false); // a refusal, which needs no answer
            }
        }
        return yes ? wishedOpenly(i, side, now) : refusedOpenly(i, side, now);
    }

    private Reaction refusedOpenly(int i, Side side, long now) {
        int at = at(i, side);
        if (states[at] != State.YES) {
            refused.clear(at(options[i], side));
            return Reaction.NOTHING;
        }
        boolean answered = mayAnswer(now);
        if (answered) {
            saidYes.clear(at);
        }
        return become(i, side, State.NO, answered ? say(i, side, false) : null, false);
    }

    private Reaction wishedOpenly(int i, Side side, long now) {
        int at = at(i, side);
        if (states[at] == State.YES) {
            return Reaction.NOTHING;
        }
        if (saidYes.get(at)) {
            return become(i, side, State.YES, null, true); // refused before, accepted after all
        }
        if (side != Side.US || spoken.get(i)) {
            return refuse(options[i], side, true, now);
        }
        if (!mayAnswer(now)) {
            return Reaction.IGNORED;
        }
        saidYes.set(at);
        return become(i, side, State.YES, say(i, side, true), true);
    }

    private void forgetAcknowledgements(int at, long now) {
        if (now - since[at] >= ACKNOWLEDGEMENT_TIMEOUT_MILLIS) {
            unacknowledged[at] = 0;
        }
    }

    /** RFC 860: we answer every request; the client's answer, yes or no, is the mark. */
    private Reaction receivedMark(int i, Side side, boolean positive, long now) {
        if (side == Side.THEM) {
            return new Reaction(null, new OptionChange(options[i], side, positive), false);
        }
        if (!positive) {
            return Reaction.NOTHING;
        }
        return mayAnswer(now) ? new Reaction(say(i, side, true), null, false) : Reaction.IGNORED;
    }

    private Reaction receivedNo(int i, Side side, State state, long now) {
        return switch (state) {
            case YES ->
                    become(i, side, State.NO, mayAnswer(now) ? say(i, side, false) : null, false);
            case WANT_NO_THEN_YES -> new Reaction(ask(i, side, now), null, false);
            case WANT_YES, UNANSWERED -> become(i, side, State.NO, null, false);
            case WANT_NO, WANT_YES_THEN_NO, UNANSWERED_THEN_NO, ASKED_EARLY ->
                    become(i, side, State.NO);
            case NO -> {
                refused.clear(at(options[i], side));
                yield Reaction.NOTHING;
            }
        };
    }

    /** Refuses an unsupported option once; the same request again is not answered again. */
    private Reaction refuse(int option, Side side, boolean wanted, long now) {
        int bit = at(option, side);
        if (!wanted) {
            refused.clear(bit);
            return Reaction.NOTHING;
        }
        if (refused.get(bit)) {
            return Reaction.NOTHING;
        }
        if (!mayAnswer(now)) {
            return Reaction.IGNORED;
        }
        refused.set(bit);
        return new Reaction(new Negotiation(side.verb(false), option), null, false);
    }

    private boolean mayAnswer(long now) {
        if (now - minuteBegan >= MINUTE_MILLIS) {
            minuteBegan = now;
            answersThisMinute = 0;
        }
        return answersThisMinute++ < MAX_ANSWERS_PER_MINUTE;
    }

    private Negotiation ask(int i, Side side, long now) {
        states[at(i, side)] = State.WANT_YES;
        since[at(i, side)] = now;
        return say(i, side, true);
    }

    private Reaction become(int i, Side side, State next) {
        states[at(i, side)] = next;
        return Reaction.NOTHING;
    }

    private Reaction become(
            int i, Side side, State next, @Nullable Negotiation answer, boolean on) {
        states[at(i, side)] = next;
        return new Reaction(answer, new OptionChange(options[i], side, on), false);
    }

    private Negotiation say(int i, Side side, boolean on) {
        return new Negotiation(side.verb(on), options[i]);
    }

    private State state(int i, Side side) {
        return states[at(i, side)];
    }

    private int indexOf(int option) {
        for (int i = 0; i < options.length; i++) {
            if (options[i] == option) {
                return i;
            }
        }
        return -1;
    }

    private static int at(int i, Side side) {
        return 2 * i + (side == Side.US ? 0 : 1);
    }
}
