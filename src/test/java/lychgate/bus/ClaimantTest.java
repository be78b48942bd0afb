package lychgate.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lychgate.bus.Claimant.Standing;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ClaimantTest {
    @Test
    void ofAnyTwoExactlyOnePrevails() {
        List<Claimant> all = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            for (long since : new long[] {0, 7, 8}) {
                for (long boot : new long[] {1, 2}) {
                    for (String host : List.of("alpha", "beta")) {
                        for (long process : new long[] {1, 2}) {
                            all.add(
                                    new Claimant(
                                            new Greeting(boot, host, process), standing, since));
                        }
                    }
                }
            }
        }
        for (Claimant one : all) {
            for (Claimant other : all) {
                if (!one.who().equals(other.who())) {
                    assertEquals(
                            !one.prevailsOver(other),
                            other.prevailsOver(one),
                            one + " and " + other);
                }
            }
        }
    }

    @Test
    void isReadFromItsBytesAndFromASignOfLife() throws Exception {
        Claimant claimant =
                new Claimant(new Greeting(Long.MAX_VALUE, "älpha", 4711), Standing.NEW, 99);
        assertEquals(claimant, Claimant.of(claimant.toBytes()));
        SignOfLife sign = new SignOfLife(claimant, 12_345);
        assertEquals(sign, SignOfLife.of(sign.toBytes()));
        assertEquals(claimant, Claimant.of(sign.toBytes()));
    }

    @Test
    void whatIsNoneIsRefused() {
        byte[] good = new Claimant(new Greeting(1, "alpha", 2), Standing.HOLDS, 3).toBytes();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(MalformedException.class, () -> Claimant.of(cut));
        }
        byte[] wrong = good.clone();
        wrong[good.length - 9] = 3; // no such standing
        assertThrows(MalformedException.class, () -> Claimant.of(wrong));
    }
}
