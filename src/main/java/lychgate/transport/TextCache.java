package lychgate.transport;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * A cache of what texts become on their way to clients. Clients that are shown a text alike share
 * one result: a shout to a thousand players is rendered a few times, not a thousand. Thread safe.
 *
 * <p>Keeps the latest result of each hash slot; two threads that miss at the same time both make
 * it, which is harmless.
 *
 * @param <K> a text and everything that its result depends on
 * @param <V> the result, which must not be modified
 */
public final class TextCache<K, V> {
    /** Cached results. A broadcast is over before this many others have been sent. */
    private static final int SLOTS = 64;

    /** Maximum length of a cached text, in characters; bounds the cache to about 1 MB. */
    private static final int MAX_REMEMBERED = 4 * 1024;

    private final AtomicReferenceArray<@Nullable Made<K, V>> slots =
            new AtomicReferenceArray<>(SLOTS);

    private record Made<K, V>(K key, V value) {}

    /**
     * Returns what a text becomes.
     *
     * @param length of the text, in characters
     * @param make used if it is not cached
     */
    public V get(K key, int length, Function<K, V> make) {
        if (length > MAX_REMEMBERED) {
            return make.apply(key);
        }
        int slot = key.hashCode() & (SLOTS - 1);
        Made<K, V> known = slots.get(slot);
        if (known != null && known.key.equals(key)) {
            return known.value;
        }
        V value = make.apply(key);
        slots.set(slot, new Made<>(key, value));
        return value;
    }
}
