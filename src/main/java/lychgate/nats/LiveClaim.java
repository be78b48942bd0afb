package lychgate.nats;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import lychgate.bus.Claimant;
import lychgate.bus.Greeting;
import lychgate.bus.MalformedException;
import lychgate.bus.SignOfLife;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * A {@link Claim} that is made over NATS: others are asked with each connection, and are answered.
 * Who holds it says so once a second, in case a question or an answer was lost; and renews it much
 * more often, so that a process that was frozen knows it before it does anything. Any thread may
 * call.
 */
public final class LiveClaim implements ConnectionWatcher {
    private static final Logger log = LoggerFactory.getLogger(LiveClaim.class);

    /** A question is repeated after that, as long as it is not answered. */
    private static final Duration ASK_AGAIN = Claim.SILENCE_ON_RETURN;

    /** How long a start waits for a connection: it goes on without one. */
    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** How long a start waits for the answer of a holder that may be frozen. */
    private static final Duration DECIDE = Claim.SILENCE.plusSeconds(1);

    /** How often {@link #renew} is to be called: a pause of 3 s is none that matters. */
    public static final Duration RENEWAL = Duration.ofMillis(250);

    private static final byte[] NOTHING = {};

    private final Subject subject;
    private final Greeting who;
    private final Consumer<Claimant> lost;
    private final Meters meters;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Claim claim; // guarded by this
    private boolean noServer; // guarded by this
    private volatile boolean taken;
    private volatile long heldUntil; // while it is taken
    private volatile boolean over;
    private volatile @Nullable NatsConnection connection;

    /**
     * What is claimed.
     *
     * @param questions the subject on which its holder is asked
     * @param heartbeat the subject on which its holder says that it is alive
     * @param players whom that message counts
     */
    public record Subject(String questions, String heartbeat, IntSupplier players) {}

    /**
     * @param who this process
     * @param lost told, once, if another has it; may not block
     */
    public LiveClaim(
            Subject subject,
            Greeting who,
            Consumer<Claimant> lost,
            Meters meters,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.subject = subject;
        this.who = who;
        this.lost = lost;
        this.meters = meters;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.claim = new Claim(who);
    }

    /**
     * Begins; {@link #tick} must be called once a second from then on, and {@link #renew} at each
     * {@link #RENEWAL}.
     */
    public void open(NatsConnection over) {
        connection = over;
        var _ = over.reply(subject.questions(), this::answer);
        var _ = over.subscribeSharing(subject.heartbeat(), (_, body) -> heard(body));
        over.watch(this);
    }

    /**
     * Whether this process has it now. Without a connection it has nothing, nor right after it was
     * frozen: another may have it, and what has arrived meanwhile may be done.
     */
    public boolean isTaken() {
        return taken && nanoTime.getAsLong() - heldUntil < 0;
    }

    /** This process runs: it keeps what it has, or asks whether another has taken it. */
    public void renew() {
        if (taken) {
            change(claim::renew);
            if (isAsking()) {
                meters.refused("nats_lease");
                log.warn(
                        "NATS: this process was paused for some {} s or longer, asking again on {}",
                        Claim.LEASE.toSeconds(),
                        subject.questions());
                ask();
            }
        }
    }

    /**
     * Waits until it is known whether another has it; not for long, if no server can be reached.
     *
     * @return the other one; null if this process may go on
     */
    public synchronized @Nullable Claimant await() throws InterruptedException {
        long begun = nanoTime.getAsLong();
        while (isUndecided(nanoTime.getAsLong() - begun)) {
            TimeUnit.MILLISECONDS.timedWait(this, 50);
        }
        return claim.lostTo();
    }

    private synchronized boolean isUndecided(long waited) {
        return claim.isAsking()
                ? waited < DECIDE.toNanos()
                : !taken && claim.lostTo() == null && !noServer && waited < CONNECT.toNanos();
    }

    /** Something suggests that there is another one: asks at once. */
    public void check() {
        ask();
    }

    /** Tells the others that this process has it. */
    public void tick() {
        NatsConnection open = connection;
        if (open != null && isTaken() && !over && open.isConnected()) {
            open.publish(
                    subject.heartbeat(),
                    new SignOfLife(claimant(), subject.players().getAsInt()).toBytes());
        }
    }

    /** Gives it up, and says so with an empty message: this process stops. */
    public void close() {
        NatsConnection open = connection;
        if (open != null && isTaken() && open.isConnected()) {
            open.publish(subject.heartbeat(), NOTHING);
        }
        over = true;
        taken = false;
    }

    @Override
    public void connected() {
        change(now -> claim.connected(now));
        ask();
    }

    @Override
    public void disconnected() {
        change(_ -> claim.disconnected());
    }

    @Override
    public synchronized void unreachable() {
        noServer = true;
        notifyAll();
    }

    private void ask() {
        NatsConnection open = connection;
        if (open != null && !over) {
            open.request(subject.questions(), claimant().toBytes(), ASK_AGAIN, this::answered);
        }
    }

    private void answered(Answer answer) {
        long wall = clock.millis();
        switch (answer) {
            case Answer.Reply(byte[] body) -> {
                Claimant other = read(body);
                if (other != null) {
                    change(now -> claim.answered(other, now, wall));
                }
            }
            case Answer.None.NOBODY -> change(now -> claim.nobody(now, wall));
            case Answer.None.SILENCE -> {
                change(now -> claim.silence(now, wall));
                if (isAsking()) {
                    ask();
                }
            }
            case Answer.None.NOT_CONNECTED -> {} // asked again with the next connection
        }
    }

    /** The answer tells what held before the question, so that both come to the same result. */
    private byte @Nullable [] answer(byte[] question) {
        byte[] before = isOut() ? null : claimant().toBytes();
        Claimant asker = heard(question);
        return asker == null || asker.who().equals(who) ? null : before;
    }

    private synchronized boolean isOut() {
        return over || claim.lostTo() != null;
    }

    @CanIgnoreReturnValue
    private @Nullable Claimant heard(byte[] body) {
        Claimant other = body.length == 0 ? null : read(body); // empty: it gives it up
        if (other != null) {
            change(now -> claim.met(other, now));
        }
        return other;
    }

    private @Nullable Claimant read(byte[] body) {
        try {
            return Claimant.of(body);
        } catch (MalformedException e) {
            meters.malformed("claim");
            log.debug("malformed claim: {}", e.getMessage());
            return null;
        }
    }

    private synchronized Claimant claimant() {
        return claim.claimant(nanoTime.getAsLong());
    }

    private synchronized boolean isAsking() {
        return claim.isAsking();
    }

    /** Something that happens at a time. */
    private interface Change {
        void at(long now);
    }

    private void change(Change change) {
        Claimant winner;
        synchronized (this) {
            if (over || claim.lostTo() != null) {
                return;
            }
            change.at(nanoTime.getAsLong());
            heldUntil = claim.heldUntil();
            taken = claim.isTaken();
            winner = claim.lostTo();
            notifyAll();
        }
        if (winner != null) {
            lost.accept(winner);
        }
    }
}
