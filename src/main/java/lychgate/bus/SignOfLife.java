package lychgate.bus;

/**
 * What the holder of a portal's number, or of a shard, says once a second.
 *
 * @param from who says it
 * @param players sessions that are logged in: those of the shard's game, or of the portal
 */
public record SignOfLife(Claimant from, long players) {

    /** As bytes; a reader that only wants {@link Claimant#of} can have it. */
    public byte[] toBytes() {
        return from.write(new ByteOutput(64)).number(players).toBytes();
    }

    /**
     * Reads one; what a later version may have added is ignored.
     *
     * @throws MalformedException if it is none
     */
    public static SignOfLife of(byte[] bytes) throws MalformedException {
        ByteInput in = new ByteInput(bytes);
        return new SignOfLife(Claimant.read(in), in.number());
    }
}
