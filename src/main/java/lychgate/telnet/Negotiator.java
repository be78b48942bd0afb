package lychgate.telnet;

import lychgate.telnet.TelnetEvent.Negotiation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Agrees on options by the Q method of RFC 1143, for all options of one connection, on both sides.
 * No other place answers WILL, WONT, DO or DONT. Not thread safe.
 *
 * <p>Real clients forced two additions. A client that never answers must not hold an option for
 * ever: after {@link #ANSWER_TIMEOUT_MILLIS} a question counts as unanswered, and a late yes is
 * then taken without another answer. And options of {@link Stance#OPEN_LOOP} do not wait for
 * answers at all: they count what the client has not acknowledged, so that an acknowledgement of
 * something said earlier is not taken for a new wish.
 */
public final class Negotiator {
    /** How long a client may take to answer: twice what the slowest round trip should need. */
    public static final long ANSWER_TIMEOUT_MILLIS = 3_000;

    /**
     * How long a client may take to acknowledge what was said without waiting. A session whose
     * output makes no progress for a minute ends, so nothing is under way much longer. Generous,
     * since the price of giving up early is a password that is shown.
     */
    public static final long ACKNOWLEDGEMENT_TIMEOUT_MILLIS = 60_000;

    /**
     * Answers given in a minute; what is asked beyond is ignored. More than twice what a client
     * needs that asks for everything and then changes its mind.
     */
    public static final int MAX_ANSWERS_PER_MINUTE = 512;

    private static final long MINUTE_MILLIS = 60_000;

    private enum State {
        NO,
        YES,
        /** We said no and wait for the answer. */
        WANT_NO,
        /** We said no, wait for the answer, and will then say yes. */
        WANT_NO_THEN_YES,
        /** We said yes and wait for the answer. */
        WANT_YES,
        /** We said yes, wait for the answer, and will then say no. */
        WANT_YES_THEN_NO,
        /** The client said yes to what we shall offer last; we say yes when we come to it. */
        ASKED_EARLY,
        /** We said yes and waited long enough. As good as no; a late yes needs no answer. */
        UNANSWERED,
        /** The same, but it is no longer wanted: a late yes is answered by no. */
        UNANSWERED_THEN_NO;

        boolean waiting() {
            return switch (this) {
                case WANT_NO, WANT_NO_THEN_YES, WANT_YES, WANT_YES_THEN_NO -> true;
                case NO, YES, ASKED_EARLY, UNANSWERED, UNANSWERED_THEN_NO -> false;
            };
        }
    }

    /**
     * What follows from something said: at most one answer and one change.
     *
     * @param answer to be sent to the client
     * @param change that the option must be told of
     * @param ignored the client has asked too much
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

    /** Open-loop: how much of what we said last, which was yes and no by turns, has no answer. */
    private final int[] unacknowledged;

    /** Open-loop: whether our last word was yes. */
    private final BitSet saidYes = new BitSet();

    private final BitSet refused = new BitSet();
    private final BitSet spoken = new BitSet();
    private long minuteBegan;
    private int answersThisMinute;

    /**
     * @param stances the options that we know, in the order in which they are to be spoken of at
     *     the opening; whatever else is asked for is refused
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

    /** What is said at the opening, unasked. */
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

    /** Whether the option is agreed on. */
    public boolean on(int option, Side side) {
        int i = indexOf(option);
        return i >= 0 && state(i, side) == State.YES;
    }

    /** What is agreed on: WILL what we do, DO what the client does. In the order of the options. */
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

    /** Whether no answer is awaited. */
    public boolean settled() {
        for (State state : states) {
            if (state.waiting()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Wants an option on or off; whether anything is said for it depends on what was said before.
     */
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

    /** Hears what the client said. */
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

    /** Gives up on answers that did not come; says what is to be sent after all. */
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
            // A client that answers no with yes: RFC 1143 takes it at its first word.
            case WANT_NO -> become(i, side, State.NO);
            case WANT_NO_THEN_YES -> become(i, side, State.YES, null, true);
            case YES, ASKED_EARLY -> Reaction.NOTHING;
        };
    }

    /** Says it at once, whether or not the last has been acknowledged; but nothing twice. */
    private Reaction requestOpenly(int i, Side side, boolean on, long now) {
        int at = at(i, side);
        if (on == saidYes.get(at)) {
            return Reaction.NOTHING;
        }
        forgetAcknowledgements(at, now);
        since[at] = now;
        if (on || states[at] == State.YES) {
            unacknowledged[at]++;
        } // else the client has refused what we now take back: there is nothing to acknowledge
        saidYes.set(at, on);
        return become(i, side, on ? State.YES : State.NO, say(i, side, on), on);
    }

    /**
     * Acknowledgements come in the order of what they acknowledge, though some clients leave some
     * of them out. What acknowledges nothing is a wish of the client's own.
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
            unacknowledged[at] = 0; // it is not what we said last, but the contrary
            if (saidYesLast) {
                return become(i, side, State.NO, null, false); // refused: that needs no answer
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
            return become(i, side, State.YES, null, true); // refused before, taken after all
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

    /** RFC 860: we answer whoever asks; the client's answer, yes or no, is the mark. */
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

    /** Says no once to what we do not do; the same question again is not answered again. */
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
