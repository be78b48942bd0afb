package lychgate.portal;

import lychgate.bus.MalformedException;
import lychgate.bus.SignOfLife;
import lychgate.session.Meters;

import org.jspecify.annotations.Nullable;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The players of all portals of a shard, as its game counts them once a second. */
final class PlayersOfShard implements IntSupplier {
    /** After that, a game that was not heard is away: four signs of life. */
    private static final long SILENCE_NANOS = SignOfLife.SILENCE.toNanos();

    private final IntSupplier own;
    private final Meters meters;
    private final LongSupplier nanoTime;
    private volatile @Nullable Heard last;

    private record Heard(int players, long at) {}

    /**
     * @param own the players of this portal, who count while the game is not heard
     */
    PlayersOfShard(IntSupplier own, Meters meters, LongSupplier nanoTime) {
        this.own = own;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** Takes a sign of life of the game. */
    void heard(byte[] body) {
        if (body.length == 0) { // the last one
            last = null;
            return;
        }
        try {
            long players = SignOfLife.of(body).players();
            last = new Heard(Math.clamp(players, 0, Integer.MAX_VALUE), nanoTime.getAsLong());
        } catch (MalformedException e) {
            meters.malformed("claim");
        }
    }

    @Override
    public int getAsInt() {
        Heard heard = last;
        return heard != null && nanoTime.getAsLong() - heard.at < SILENCE_NANOS
                ? heard.players
                : own.getAsInt();
    }
}
