package lychgate.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.bus.Claimant;
import lychgate.bus.Claimant.Standing;
import lychgate.bus.Greeting;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

/** Times are milliseconds, on the wall as on the clock that only goes forward. */
class ClaimTest {
    private static final Greeting FIRST = new Greeting(100, "alpha", 11);
    private static final Greeting SECOND = new Greeting(200, "beta", 22);

    private final Claim claim = new Claim(SECOND);

    @Test
    void withoutAConnectionNothingIsTaken() {
        assertFalse(claim.isTaken());
        assertFalse(claim.isAsking());
        assertEquals(new Claimant(SECOND, Standing.ASKS, 0), claim.claimant(nanos(0)));
    }

    @Test
    void whatNobodyHasIsTakenAtOnceAndHeldFourSecondsLater() {
        claim.connected(nanos(1_000));
        assertTrue(claim.isAsking());
        claim.nobody(nanos(1_001), 1_001);
        assertTrue(claim.isTaken());
        assertEquals(new Claimant(SECOND, Standing.NEW, 1_001), claim.claimant(nanos(5_000)));
        assertEquals(new Claimant(SECOND, Standing.HOLDS, 1_001), claim.claimant(nanos(5_001)));
    }

    @Test
    void holderThatAnswersKeepsIt() {
        claim.connected(nanos(0));
        claim.answered(new Claimant(FIRST, Standing.HOLDS, 50), nanos(1), 1);
        assertEquals(new Claimant(FIRST, Standing.HOLDS, 50), claim.lostTo());
        assertFalse(claim.isTaken());
    }

    @Test
    void holderThatIsSilentForFourSecondsIsReplaced() {
        claim.connected(nanos(1_000));
        claim.silence(nanos(1_500), 1_500);
        claim.silence(nanos(4_999), 4_999);
        assertTrue(claim.isAsking());
        claim.silence(nanos(5_000), 5_000);
        assertEquals(new Claimant(SECOND, Standing.HOLDS, 5_000), claim.claimant(nanos(5_000)));
    }

    @Test
    void holderThatAnswersLateStillHasIt() {
        claim.connected(nanos(1_000));
        claim.silence(nanos(4_500), 4_500);
        claim.met(new Claimant(FIRST, Standing.HOLDS, 50), nanos(4_800));
        assertFalse(claim.isAsking());
        assertEquals(FIRST, lostTo(claim));
    }

    @Test
    void silenceCountsOnlyWhileThereIsAConnection() {
        claim.connected(nanos(1_000));
        claim.disconnected();
        assertFalse(claim.isAsking());
        claim.connected(nanos(9_000));
        claim.silence(nanos(9_500), 9_500);
        assertTrue(claim.isAsking());
    }

    @Test
    void ofTwoThatAskTheOneThatWasStartedLaterEnds() {
        claim.connected(nanos(0));
        claim.answered(new Claimant(FIRST, Standing.ASKS, 0), nanos(1), 1);
        assertEquals(FIRST, lostTo(claim));

        Claim first = new Claim(FIRST);
        first.connected(nanos(0));
        first.answered(new Claimant(SECOND, Standing.ASKS, 0), nanos(1), 1);
        assertTrue(first.isTaken());
    }

    @Test
    void whoConnectedSoonerEndsIfItWasStartedLater() {
        claim.connected(nanos(0));
        claim.nobody(nanos(1), 1);
        claim.met(new Claimant(FIRST, Standing.ASKS, 0), nanos(3_000));
        assertEquals(FIRST, lostTo(claim));

        Claim first = new Claim(FIRST);
        first.connected(nanos(3_000));
        first.answered(new Claimant(SECOND, Standing.NEW, 1), nanos(3_001), 3_001);
        assertTrue(first.isTaken());
    }

    @Test
    void whoHoldsItIsNotDisturbedByOneThatWasStartedEarlier() {
        claim.connected(nanos(0));
        claim.nobody(nanos(1), 1);
        claim.met(new Claimant(FIRST, Standing.ASKS, 0), nanos(4_001));
        assertTrue(claim.isTaken());
    }

    @Test
    void holderThatReturnsWithinFourSecondsKeepsIt() {
        claim.connected(nanos(1_000));
        claim.nobody(nanos(1_001), 1_001);
        claim.met(new Claimant(FIRST, Standing.HOLDS, 50), nanos(3_000));
        assertEquals(FIRST, lostTo(claim));
    }

    @Test
    void holderThatReturnsGivesWayToItsSuccessor() {
        Claim first = new Claim(FIRST);
        first.connected(nanos(0));
        first.nobody(nanos(1), 1);
        first.disconnected();
        assertFalse(first.isTaken());
        first.connected(nanos(20_000));
        assertFalse(first.isTaken());
        first.answered(new Claimant(SECOND, Standing.HOLDS, 10_000), nanos(20_001), 20_001);
        assertEquals(SECOND, lostTo(first));
    }

    @Test
    void frozenHolderGivesWayWhenItHearsItsSuccessor() {
        Claim first = new Claim(FIRST);
        first.connected(nanos(0));
        first.nobody(nanos(1), 1);
        first.met(new Claimant(SECOND, Standing.ASKS, 0), nanos(20_000)); // what it was asked then
        assertTrue(first.isTaken());
        first.met(new Claimant(SECOND, Standing.HOLDS, 10_000), nanos(20_001));
        assertEquals(SECOND, lostTo(first));
    }

    @Test
    void holderThatNobodyHasReplacedGoesOn() {
        claim.connected(nanos(0));
        claim.nobody(nanos(1), 1);
        claim.disconnected();
        claim.connected(nanos(20_000));
        claim.silence(nanos(20_499), 20_499);
        assertFalse(claim.isTaken());
        claim.silence(nanos(20_500), 20_500);
        assertEquals(new Claimant(SECOND, Standing.HOLDS, 1), claim.claimant(nanos(20_500)));
        claim.disconnected();
        claim.connected(nanos(30_000));
        claim.nobody(nanos(30_001), 30_001);
        assertEquals(new Claimant(SECOND, Standing.HOLDS, 1), claim.claimant(nanos(30_001)));
    }

    @Test
    void whatIsRenewedInTimeIsHeldOn() {
        claim.connected(nanos(0));
        claim.nobody(nanos(1), 1);
        assertEquals(nanos(3_751), claim.heldUntil());
        claim.renew(nanos(250));
        assertEquals(nanos(4_000), claim.heldUntil());
        claim.renew(nanos(3_999)); // a pause of 3.7 s
        assertTrue(claim.isTaken());
        assertEquals(nanos(7_749), claim.heldUntil());
    }

    @Test
    void whoWasFrozenForLongerAsksAnewAndGoesOnIfNobodyHasIt() {
        claim.connected(nanos(0));
        claim.nobody(nanos(1), 1);
        claim.renew(nanos(3_751));
        assertFalse(claim.isTaken());
        assertTrue(claim.isAsking());
        claim.renew(nanos(3_800)); // changes nothing
        assertTrue(claim.isAsking());
        claim.nobody(nanos(3_900), 3_900);
        assertTrue(claim.isTaken());
        assertEquals(nanos(7_650), claim.heldUntil());
        assertEquals(new Claimant(SECOND, Standing.HOLDS, 1), claim.claimant(nanos(4_001)));
    }

    @Test
    void whoWasFrozenGoesOnIfNobodyAnswersAndGivesWayToItsSuccessor() {
        Claim silent = new Claim(FIRST);
        silent.connected(nanos(0));
        silent.nobody(nanos(1), 1);
        silent.renew(nanos(6_000));
        silent.silence(nanos(6_499), 6_499);
        assertFalse(silent.isTaken());
        silent.silence(nanos(6_500), 6_500);
        assertTrue(silent.isTaken());
        assertEquals(nanos(10_250), silent.heldUntil());
        silent.renew(nanos(20_000));
        silent.answered(new Claimant(SECOND, Standing.HOLDS, 14_000), nanos(20_001), 20_001);
        assertEquals(SECOND, lostTo(silent));
        silent.renew(nanos(20_250));
        assertEquals(SECOND, lostTo(silent));
    }

    @Test
    void ownMessagesAreNotThoseOfAnother() {
        claim.connected(nanos(0));
        claim.met(new Claimant(SECOND, Standing.HOLDS, 50), nanos(1));
        assertNull(claim.lostTo());
    }

    @Test
    void whatIsLostStaysLost() {
        claim.connected(nanos(0));
        claim.met(new Claimant(FIRST, Standing.HOLDS, 50), nanos(1));
        claim.disconnected();
        claim.connected(nanos(2));
        claim.nobody(nanos(3), 3);
        assertFalse(claim.isTaken());
        assertEquals(FIRST, lostTo(claim));
    }

    private static Greeting lostTo(Claim claim) {
        Claimant winner = claim.lostTo();
        return winner == null ? new Greeting(0, "nobody", 0) : winner.who();
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
