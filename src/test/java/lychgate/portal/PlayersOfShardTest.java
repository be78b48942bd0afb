package lychgate.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.bus.Claimant;
import lychgate.bus.Claimant.Standing;
import lychgate.bus.Greeting;
import lychgate.bus.SignOfLife;
import lychgate.testing.CountingMeters;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

class PlayersOfShardTest {
    private final CountingMeters meters = new CountingMeters();
    private long millis;
    private final PlayersOfShard players =
            new PlayersOfShard(() -> 3, meters, () -> TimeUnit.MILLISECONDS.toNanos(millis));

    @Test
    void gameCountsThoseOfAllPortals() {
        assertEquals(3, players.getAsInt());
        players.heard(sign(120));
        assertEquals(120, players.getAsInt());
        players.heard(sign(121));
        assertEquals(121, players.getAsInt());
        players.heard(sign(0));
        assertEquals(0, players.getAsInt());
    }

    @Test
    void ownPlayersCountWhileTheGameIsNotHeard() {
        players.heard(sign(120));
        millis = 3_999;
        assertEquals(120, players.getAsInt());
        millis = 4_000;
        assertEquals(3, players.getAsInt());
        players.heard(sign(120));
        players.heard(new byte[0]); // its last
        assertEquals(3, players.getAsInt());
    }

    @Test
    void whatIsNoSignOfLifeIsCounted() {
        players.heard(new byte[] {1, 2, 3});
        players.heard(sign(-1));
        assertEquals(0, players.getAsInt());
        players.heard(sign(Long.MAX_VALUE));
        assertEquals(Integer.MAX_VALUE, players.getAsInt());
        assertEquals(1, meters.count("malformed claim"));
    }

    private static byte[] sign(long players) {
        Greeting who = new Greeting(1, "alpha", 2);
        return new SignOfLife(new Claimant(who, Standing.HOLDS, 3), players).toBytes();
    }
}
