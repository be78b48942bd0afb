package lychgate.bus;

import java.time.Duration;

/**
 * What the holder of a portal's number, or of a shard, says once a second.
 *
 * @param from who says it
 * @param players sessions that are logged in: those of the shard's game, or of the portal
 */
public record SignOfLife(Claimant from, long players) {
    /**
     * How long may pass without a sign of life: four of them. Who is silent for longer is away,
     * whether a portal, a game or a claimant.
     */
    public static final Duration SILENCE = Duration.ofSeconds(4);

    /** As bytes; a reader that only wants {@link Claimant#of} can have it. */
    public byte[] toBytes() {
        return from.write(new ByteOutput(64)).number(players).toBytes();
    }

    /**
     * Reads one; what a later version may have added is ignored.
     *
     * @throws MalformedException if the bytes are not valid
     */
    public static SignOfLife of(byte[] bytes) throws MalformedException {
        ByteInput in = new ByteInput(bytes);
        return new SignOfLife(Claimant.read(in), in.number());
    }
}
