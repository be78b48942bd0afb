package lychgate.portal;

import lychgate.bus.Claimant;
import lychgate.bus.Greeting;
import lychgate.nats.LiveClaim;
import lychgate.nats.NatsConfig;
import lychgate.nats.NatsConnection;
import lychgate.nats.Subjects;
import lychgate.plugin.Scheduler;
import lychgate.session.Meters;
import lychgate.text.OneLine;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** What only one portal of the realm may have: its number and, if it serves, its shard. */
final class RealmClaims {
    /** Four of them must be missing before another may take over. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final Greeting who;
    private final Consumer<String> refused;
    private final Meters meters;
    private final InstantSource clock;
    private final List<Claimed> claims = new ArrayList<>();

    /** A claim, and the sentence for the operator if another has it. */
    private record Claimed(LiveClaim claim, Function<Claimant, String> sentence) {}

    /**
     * @param players the number of sessions that are logged in
     * @param refused gets the sentence for the operator if another portal is entitled
     */
    RealmClaims(
            NatsConfig config,
            Greeting who,
            IntSupplier players,
            Consumer<String> refused,
            Meters meters,
            InstantSource clock) {
        this.who = who;
        this.refused = refused;
        this.meters = meters;
        this.clock = clock;
        Subjects subjects = config.subjects();
        int n = config.portal();
        claim(
                new LiveClaim.Subject(
                        subjects.portalClaim(n), subjects.portalHeartbeat(n), players),
                "Portal number "
                        + n
                        + " is taken by %s: set another nats.portal, or stop that one.");
        if (config.serve()) {
            String shard = config.shard();
            claim(
                    new LiveClaim.Subject(
                            subjects.gameClaim(shard), subjects.gameHeartbeat(shard), players),
                    "Shard "
                            + shard
                            + " is served by %s: set another nats.shard, or stop that one.");
        }
    }

    /**
     * @param refusal the sentence for the operator, with {@code %s} for the other portal
     */
    private void claim(LiveClaim.Subject subject, String refusal) {
        Function<Claimant, String> sentence = other -> refusal.formatted(shown(other));
        Consumer<Claimant> lost = other -> refused.accept(sentence.apply(other));
        claims.add(
                new Claimed(
                        new LiveClaim(subject, who, lost, meters, clock, System::nanoTime),
                        sentence));
    }

    private static String shown(Claimant other) {
        return "process " + other.who().process() + " on host " + OneLine.of(other.who().host());
    }

    void open(NatsConnection connection, Scheduler timer) {
        claims.forEach(each -> each.claim.open(connection));
        var _ = timer.every(LiveClaim.RENEWAL, () -> claims.forEach(each -> each.claim.renew()));
        var _ = timer.every(HEARTBEAT, () -> claims.forEach(each -> each.claim.tick()));
    }

    /** Waits until they are decided, if a server can be reached; why not to go on, or null. */
    @Nullable String await() throws InterruptedException {
        for (Claimed each : claims) {
            Claimant other = each.claim.await();
            if (other != null) {
                return each.sentence.apply(other);
            }
        }
        return null;
    }

    /** Whether this portal has all that it claims. */
    boolean areHeld() {
        for (Claimed each : claims) { // asked with each message
            if (!each.claim.isTaken()) {
                return false;
            }
        }
        return true;
    }

    /** There may be another one: asks. */
    void check() {
        claims.forEach(each -> each.claim.check());
    }

    void close() {
        claims.forEach(each -> each.claim.close());
    }
}
