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
 *      ▲                  │ │ ▲      connected, was frozen      │ │
 *      │   disconnected   │ │ └─────────────────────────────────┘ │
 *      ├──────────────────┘ │          disconnected               │
 *      ├──────────────────────────────────────────────────────────┤
 *      │                    │   another prevails                  │
 *      └────────────────────┴─────────────► LOST ◄────────────────┘
 * </pre>
 *
 * <p>What was taken is remembered while the connection is lost, and asked for again afterwards. It
 * is a lease: a process that was frozen for so long that another may have taken its place asks
 * again, too, and has nothing meanwhile.
 *
 * <p>Not thread safe. The time is handed in: {@code now} in nanoseconds of a clock that only goes
 * forward, {@code wall} in milliseconds since 1970, which other machines have too.
 */
final class Claim {
    /** How long a holder may not answer: then it is frozen or out of reach, and is replaced. */
    static final Duration SILENCE = SignOfLife.SILENCE;

    /** How long a holder that has been disconnected waits for the answer of a successor. */
    static final Duration SILENCE_ON_RETURN = Duration.ofMillis(500);

    /**
     * How long it is held without having been renewed: shorter than {@link #SILENCE}, since a
     * question may have been sent when the last renewal was under way.
     */
    static final Duration LEASE = SILENCE.minusMillis(250);

    private final Greeting who;
    private State state = new Idle(null);
    private long renewed;

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

    /** When it is not held any more, if it is taken and not renewed before. */
    long heldUntil() {
        return renewed + LEASE.toNanos();
    }

    /**
     * This process runs, and goes on holding what it has; or asks anew, if that may be another's.
     */
    void renew(long now) {
        if (state instanceof Taken taken) {
            if (now - heldUntil() < 0) {
                renewed = now;
            } else {
                state = new Asking(now, taken);
            }
        }
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
            take(before == null ? new Taken(wall, now + SILENCE.toNanos()) : before, now);
        }
    }

    /** The question was not answered in time; if it is to be asked again, this goes on asking. */
    void silence(long now, long wall) {
        if (state instanceof Asking(long since, Taken before)) {
            if (before == null && now - since >= SILENCE.toNanos()) {
                take(new Taken(wall, now), now);
            } else if (before != null && now - since >= SILENCE_ON_RETURN.toNanos()) {
                take(before, now);
            }
        }
    }

    private void take(Taken taken, long now) {
        state = taken;
        renewed = now;
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
