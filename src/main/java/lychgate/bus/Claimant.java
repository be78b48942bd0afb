package lychgate.bus;

import java.util.Comparator;

/**
 * A process that claims what only one may have: the number of a portal, or a shard.
 *
 * @param who the process
 * @param standing how good its claim is
 * @param since when it took what it claims, in milliseconds since 1970; 0 while it asks
 */
public record Claimant(Greeting who, Standing standing, long since) {
    /** How good a claim is, in this order. */
    public enum Standing {
        /** It asks whether another has it. */
        ASKS,
        /**
         * It was told that nobody has it, a short time ago: the holder may just be reconnecting.
         */
        NEW,
        /** It has it. */
        HOLDS
    }

    /** Started earlier; host and process only so that exactly one of two is the first. */
    private static final Comparator<Greeting> FIRST_STARTED =
            Comparator.comparingLong(Greeting::boot)
                    .thenComparing(Greeting::host)
                    .thenComparingLong(Greeting::process);

    private static final Standing[] STANDINGS = Standing.values();

    /**
     * Whether this one keeps what both claim, and the other must end. Of two that hold it, the
     * later took it when the earlier did not answer; of others, the one that was started first has
     * it. Both come to the same result.
     */
    public boolean prevailsOver(Claimant other) {
        boolean holds = standing == Standing.HOLDS;
        if (holds != (other.standing == Standing.HOLDS)) {
            return holds;
        }
        if (holds && since != other.since) {
            return since > other.since;
        }
        return FIRST_STARTED.compare(who, other.who) < 0;
    }

    /** As bytes. */
    public byte[] toBytes() {
        return write(new ByteOutput(64)).toBytes();
    }

    ByteOutput write(ByteOutput out) {
        return out.fixed(who.boot())
                .text(who.host())
                .number(who.process())
                .octet(standing.ordinal())
                .fixed(since);
    }

    /**
     * Reads one; what follows is ignored.
     *
     * @throws MalformedException if the bytes are not valid
     */
    public static Claimant of(byte[] bytes) throws MalformedException {
        return read(new ByteInput(bytes));
    }

    static Claimant read(ByteInput in) throws MalformedException {
        Greeting who = Greeting.read(in);
        int standing = in.octet();
        if (standing >= STANDINGS.length) {
            throw new MalformedException("a claim's standing: " + standing);
        }
        return new Claimant(who, STANDINGS[standing], in.fixed());
    }
}
