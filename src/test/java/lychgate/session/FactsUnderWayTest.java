package lychgate.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FactsUnderWayTest {
    private static final ClientFacts NARROW = ClientFacts.NONE.with(Fact.WIDTH, 40, "naws");
    private static final ClientFacts WIDE = ClientFacts.NONE.with(Fact.WIDTH, 132, "naws");

    private final FactsUnderWay facts = new FactsUnderWay();

    @Test
    void changeThatComesWhileOneIsUnderWayArrivesInItsPlace() {
        assertTrue(facts.changed(1, NARROW));
        assertFalse(facts.changed(1, WIDE));
        assertEquals(WIDE, facts.arrived(1));
        assertNull(facts.arrived(1));
    }

    @Test
    void nextChangeIsUnderWayAgain() {
        facts.changed(1, NARROW);
        facts.arrived(1);
        assertTrue(facts.changed(1, WIDE));
    }

    @Test
    void sessionsHaveNothingToDoWithOneAnother() {
        assertTrue(facts.changed(1, NARROW));
        assertTrue(facts.changed(2, WIDE));
        assertEquals(NARROW, facts.arrived(1));
    }
}
