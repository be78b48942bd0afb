package lychgate.nats;

import lychgate.bus.SignOfLife;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The shards of a realm whose games give signs of life. Any thread may call. */
public final class HeardShards implements Receiver {
    /** More shards than any realm has; further names are not remembered. */
    static final int MAX_SHARDS = 256;

    private final String own;
    private final LongSupplier nanoTime;
    private final Map<String, Long> heardAt = new ConcurrentHashMap<>();

    /**
     * @param own the shard of this portal, which is not listed
     */
    public HeardShards(String own, LongSupplier nanoTime) {
        this.own = own;
        this.nanoTime = nanoTime;
    }

    /** A sign of life; the last token of the subject is the shard. */
    @Override
    public void received(String subject, byte[] body) {
        String shard = Subjects.last(subject);
        if (body.length == 0) {
            heardAt.remove(shard); // its last one
        } else if (Subjects.isName(shard)
                && !shard.equals(own)
                && (heardAt.size() < MAX_SHARDS || heardAt.containsKey(shard))) {
            heardAt.put(shard, nanoTime.getAsLong());
        }
    }

    /** The other shards whose games are there now. */
    public Set<String> now() {
        long now = nanoTime.getAsLong();
        heardAt.values().removeIf(at -> now - at >= SignOfLife.SILENCE.toNanos());
        return new TreeSet<>(heardAt.keySet());
    }
}
