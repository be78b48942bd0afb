package lychgate.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class MemoryBudgetTest {
    private static final int BUDGET = 1_000;

    private final List<String> ended = new ArrayList<>();
    private long now;
    private boolean gone = true; // at once, when it must go
    private final MemoryBudget budget = new MemoryBudget(BUDGET, () -> now);
    private final Connection small = new Connection("small");
    private final Connection large = new Connection("large");

    @Test
    void nobodyGoesAsLongAsTheBudgetIsKept() {
        large.add(900);
        now += 10 * MemoryBudget.GRACE_NANOS;
        small.add(100);
        assertEquals(List.of(), ended);
        assertEquals(BUDGET, budget.kept());
    }

    @Test
    void shoutThatIsTakenWithinAMomentEndsNobody() {
        large.add(1_100);
        now += MemoryBudget.GRACE_NANOS - 1;
        large.add(-500);
        now += MemoryBudget.GRACE_NANOS;
        large.add(500);
        assertEquals(List.of(), ended);
    }

    @Test
    void oneWithTheMostGoesWhenTooMuchIsUnsentForTooLong() {
        small.add(400);
        large.add(700);
        now += MemoryBudget.GRACE_NANOS;
        small.add(1);
        assertEquals(List.of("large"), ended);
        assertEquals(401, budget.kept());
        small.add(100);
        assertEquals(List.of("large"), ended);
    }

    @Test
    void twiceTheBudgetIsTooMuchAtOnce() {
        small.add(900);
        large.add(1_100);
        assertEquals(List.of(), ended);
        small.add(1);
        assertEquals(List.of("large"), ended);
    }

    @Test
    void whatEndingOnesGiveBackCountsBeforeTheyHaveGivenItBack() {
        gone = false;
        small.add(400);
        large.add(700);
        now += MemoryBudget.GRACE_NANOS;
        small.add(1);
        small.add(1);
        small.add(1);
        assertEquals(List.of("large"), ended);
        large.isGone();
        small.add(500);
        assertEquals(List.of("large"), ended);
        assertEquals(903, budget.kept());
    }

    @Test
    void asManyGoAsItTakes() {
        List<Connection> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(new Connection("one"));
        }
        many.forEach(one -> one.add(100));
        many.forEach(one -> one.add(1));
        assertEquals(true, budget.kept() <= MemoryBudget.BURST * BUDGET);
    }

    private final class Connection implements MemoryBudget.Holder {
        private final String name;
        private long unsent;

        Connection(String name) {
            this.name = name;
            budget.join(this);
        }

        void add(long bytes) {
            unsent += bytes;
            budget.add(bytes);
        }

        @Override
        public long kept() {
            return unsent;
        }

        @Override
        public void giveUp() {
            ended.add(name);
            if (gone) {
                isGone();
            }
        }

        void isGone() {
            add(-unsent);
            budget.leave(this);
        }
    }
}
