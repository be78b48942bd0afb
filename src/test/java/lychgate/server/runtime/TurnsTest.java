package lychgate.server.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lychgate.address.Source;
import lychgate.server.runtime.Turns.Place;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order of commands of several sessions, by number and cost. */
class TurnsTest {
    private final Turns<String> turns = new Turns<>();
    private final Map<String, Place<String>> places = new LinkedHashMap<>();
    private final Map<String, Integer> commands = new HashMap<>();
    private final Map<String, Integer> costs = new HashMap<>();

    @Test
    void sessionsTakeTurnsAfterEachCommand() {
        player("a", "192.0.2.1").has("a", 3, 1);
        player("b", "192.0.2.2").has("b", 3, 1);
        player("c", "192.0.2.3").has("c", 1, 1);
        assertEquals("abcabab", order(7));
    }

    @Test
    void costlyCommandIsPaidForWithTurns() {
        player("a", "192.0.2.1").has("a", 3, 10);
        player("b", "192.0.2.2").has("b", 20, 1);
        assertEquals("abbbbbbbbbbabbbbbbbbbba", order(23));
    }

    @Test
    void sessionsOfOneAddressWeighLikeOne() {
        for (String name : names("abcdefgh")) {
            player(name, "192.0.2.1").has(name, 10, 1);
        }
        player("x", "192.0.2.2").has("x", 10, 1);
        assertEquals("axbxcxdxexfxgxhxaxbx", order(20));
    }

    @Test
    void sessionsOfOneIpv6SubscriberWeighLikeOne() {
        player("a", "2001:db8::1").has("a", 4, 1);
        player("b", "2001:db8::2").has("b", 4, 1);
        player("x", "2001:db8:0:1::1").has("x", 4, 1);
        assertEquals("axbxaxbx", order(8));
    }

    @Test
    void strangersAllTogetherWeighLikeThePlayers() {
        for (String name : names("abcdefgh")) {
            newcomer(name, "192.0.2." + (10 + name.charAt(0))).has(name, 1, 1);
        }
        player("x", "192.0.2.1").has("x", 3, 1);
        assertEquals("axbxcxdefgh", order(11));
    }

    @Test
    void playerWhoHasRestedIsNextThoughOthersHaveWaitedLonger() {
        player("a", "192.0.2.1").has("a", 10, 5);
        player("b", "192.0.2.2").has("b", 10, 7);
        player("x", "192.0.2.3");
        assertEquals("ababa", order(5));
        has("x", 2, 1);
        assertEquals("xxb", order(3));
    }

    @Test
    void restIsNoCredit() {
        player("a", "192.0.2.1").has("a", 100, 1);
        player("b", "192.0.2.2");
        order(50);
        has("b", 50, 1);
        assertEquals("bababa", order(6));
    }

    @Test
    void whatWasPaidAloneIsNotHeldAgainstAnybody() {
        player("a", "192.0.2.1").has("a", 101, 10);
        order(100);
        player("b", "192.0.2.2").has("b", 4, 10);
        has("a", 4, 10);
        assertEquals("bababa", order(6));
    }

    @Test
    void costThatIsKnownLaterIsPaidAllTheSame() {
        player("a", "192.0.2.1").has("a", 3, 1);
        player("b", "192.0.2.2").has("b", 6, 1);
        assertEquals("a", order(1));
        turns.cost(place("a"), 4); // what it has sent was flushed
        assertEquals("bbbbbab", order(7));
    }

    @Test
    void loggedInSessionCountsAsAPlayer() {
        newcomer("a", "192.0.2.1").has("a", 1, 1);
        order(1);
        turns.loggedIn(place("a"));
        for (String name : names("bcde")) {
            newcomer(name, "192.0.2." + (int) name.charAt(0)).has(name, 1, 1);
        }
        has("a", 2, 1);
        assertEquals("abac", order(4));
    }

    @Test
    void whoHasLeftHasNoTurnAndItsAddressIsForgotten() {
        player("a", "192.0.2.1").has("a", 3, 1);
        player("b", "192.0.2.2").has("b", 3, 1);
        assertEquals("ab", order(2));
        turns.leave(place("a"));
        assertEquals("bb", order(2));
        turns.leave(place("b"));
        assertNull(turns.next());
        assertFalse(turns.any());
        assertEquals(0, turns.sources());
    }

    @Test
    void everybodyIsServedInTheEnd() {
        int all = 0;
        for (int i = 0; i < 500; i++) {
            String name = Integer.toString(i);
            newcomer(name, "192.0.2." + i % 50).has(name, 1 + i % 7, 1 + i % 11);
            if (i % 3 == 0) {
                turns.loggedIn(place(name));
            }
            all += 1 + i % 7;
        }
        order(all);
        assertFalse(turns.any());
        assertTrue(commands.values().stream().allMatch(left -> left == 0));
    }

    private static List<String> names(String letters) {
        return letters.chars().mapToObj(Character::toString).toList();
    }

    private TurnsTest newcomer(String name, String address) {
        places.put(name, turns.join(name, Source.of(address)));
        return this;
    }

    private TurnsTest player(String name, String address) {
        newcomer(name, address);
        turns.loggedIn(place(name));
        return this;
    }

    private void has(String name, int count, int cost) {
        commands.put(name, count);
        costs.put(name, cost);
        turns.ready(place(name));
    }

    /** The next turns, each with one command. */
    private String order(int count) {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String next = turns.next();
            order.append(next);
            if (next != null) {
                turns.cost(place(next), costs.getOrDefault(next, 0));
                if (commands.merge(next, -1, Integer::sum) > 0) {
                    turns.ready(place(next));
                }
            }
        }
        return order.toString();
    }

    private Place<String> place(String name) {
        Place<String> place = places.get(name);
        if (place == null) {
            throw new AssertionError("nobody is called " + name);
        }
        return place;
    }
}
