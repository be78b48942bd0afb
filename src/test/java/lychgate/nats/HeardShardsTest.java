package lychgate.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

class HeardShardsTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(100 * SECOND);
    private final HeardShards shards = new HeardShards("main", now::get);

    private void heard(String shard) {
        shards.received("pl.realm.hb.game." + shard, new byte[] {1});
    }

    @Test
    void gameThatHasStoppedIsNotListed() {
        shards.received("pl.realm.hb.game.east", new byte[] {1});
        shards.received("pl.realm.hb.game.east", new byte[0]);
        assertEquals(Set.of(), shards.now());
    }

    @Test
    void gameThatGivesSignsOfLifeIsThereForFourSecondsAfterTheLast() {
        heard("east");
        now.addAndGet(3 * SECOND);
        heard("west");
        assertEquals(Set.of("east", "west"), shards.now());
        now.addAndGet(SECOND);
        assertEquals(Set.of("west"), shards.now());
    }

    @Test
    void ownGameIsNoOther() {
        heard("main");
        assertEquals(Set.of(), shards.now());
    }

    @Test
    void whatIsNoNameIsNoShard() {
        heard("e st");
        heard("");
        assertEquals(Set.of(), shards.now());
    }

    @Test
    void namesAreRememberedUpToABound() {
        for (int i = 0; i < 2 * HeardShards.MAX_SHARDS; i++) {
            heard("shard" + i);
        }
        assertEquals(HeardShards.MAX_SHARDS, shards.now().size());
        heard("shard0");
        assertEquals(HeardShards.MAX_SHARDS, shards.now().size());
    }
}
