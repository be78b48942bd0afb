package lychgate.nats;

import lychgate.bus.Claimant;
import lychgate.bus.Claimant.Standing;
import lychgate.bus.Greeting;
import lychgate.bus.SignOfLife;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * The claim of this process to what only one may have, and what becomes of it.
 *
 * <pre>
 *             connected             nobody has it, or silence
 *     IDLE ─────────────► ASKING ─────────────────────────────► TAKEN
 *      ▲                  │ │ ▲            connected            │ │
 *      │   disconnected   │ │ └─────────────────────────────────┘ │
 *      ├──────────────────┘ │          disconnected               │
 *      ├──────────────────────────────────────────────────────────┤
 *      │                    │   another prevails                  │
 *      └────────────────────┴─────────────► LOST ◄────────────────┘
 * </pre>
 *
 * <p>What was taken is remembered while the connection is lost, and asked for again afterwards.
 *
 * <p>Not thread safe. The time is handed in: {@code now} in nanoseconds of a clock that only goes
 * forward, {@code wall} in milliseconds since 1970, which other machines have too.
 */
final class Claim {
    /** How long a holder may not answer: then it is frozen or out of reach, and is replaced. */
    static final Duration SILENCE = SignOfLife.SILENCE;

    /** How long a holder that has been disconnected waits for the answer of a successor. */
    static final Duration SILENCE_ON_RETURN = Duration.ofMillis(500);

    private final Greeting who;
    private State state = new Idle(null);

    /** What has become of the claim. */
    private sealed interface State {}

    /** There is no connection; {@code before} it was lost, it was taken. */
    private record Idle(@Nullable Taken before) implements State {}

    private record Asking(long since, @Nullable Taken before) implements State {}

    /**
     * @param wall when it was taken
     * @param holdsFrom when nobody can come back any more who had it before
     */
    private record Taken(long wall, long holdsFrom) implements State {}

    private record Lost(Claimant to) implements State {}

    Claim(Greeting who) {
        this.who = who;
    }

    /** Whether this process may act as what it claims to be. */
    boolean isTaken() {
        return state instanceof Taken;
    }

    boolean isAsking() {
        return state instanceof Asking;
    }

    /** To whom it was lost; null while it is not. */
    @Nullable Claimant lostTo() {
        return state instanceof Lost(Claimant to) ? to : null;
    }

    /** What this process says of itself. */
    Claimant claimant(long now) {
        Taken taken = taken();
        if (taken == null) {
            return new Claimant(who, Standing.ASKS, 0);
        }
        boolean holds = now - taken.holdsFrom >= 0;
        return new Claimant(who, holds ? Standing.HOLDS : Standing.NEW, taken.wall);
    }

    /** There is a connection: others must be asked, whether or not they were before. */
    void connected(long now) {
        if (!(state instanceof Lost)) {
            state = new Asking(now, taken());
        }
    }

    void disconnected() {
        if (!(state instanceof Lost)) {
            state = new Idle(taken());
        }
    }

    /** Nobody has it who is connected. */
    void nobody(long now, long wall) {
        if (state instanceof Asking(_, Taken before)) {
            state = before == null ? new Taken(wall, now + SILENCE.toNanos()) : before;
        }
    }

    /** The question was not answered in time; if it is to be asked again, this goes on asking. */
    void silence(long now, long wall) {
        if (state instanceof Asking(long since, Taken before)) {
            if (before == null && now - since >= SILENCE.toNanos()) {
                state = new Taken(wall, now);
            } else if (before != null && now - since >= SILENCE_ON_RETURN.toNanos()) {
                state = before;
            }
        }
    }

    /** Another claims it, and has answered the question of this one. */
    void answered(Claimant other, long now, long wall) {
        met(other, now);
        nobody(now, wall); // the other one ends
    }

    /** Another claims it. */
    void met(Claimant other, long now) {
        boolean isOther = !other.who().equals(who); // its own may have come round a cluster
        if (isOther && !(state instanceof Lost) && !claimant(now).prevailsOver(other)) {
            state = new Lost(other);
        }
    }

    private @Nullable Taken taken() {
        return switch (state) {
            case Idle(Taken before) -> before;
            case Asking(_, Taken before) -> before;
            case Taken taken -> taken;
            case Lost _ -> null;
        };
    }
}
