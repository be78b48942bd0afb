package lychgate.server.runtime;

import lychgate.address.Source;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Computes how long a login attempt must wait, by the failures before it: longer and longer for a
 * source, or an account, with many failures. A source from which an account has been logged in
 * counts as its home: only its own failures for that account count there, so that nobody else can
 * keep the owner out. Failures are forgotten over time. Not thread safe.
 */
final class Guesses {
    /** Failures of a source without a delay: people mistype, and several may share an address. */
    static final int FREE_OF_SOURCE = 10;

    /** Failures for an account, from any source, without a delay. */
    static final int FREE_OF_ACCOUNT = 20;

    /** Failures remembered beyond the free ones: more would only take longer to be forgotten. */
    private static final int MAX_BEYOND = 10;

    /** The first delay; each further failure doubles it. */
    private static final Duration FIRST = Duration.ofMillis(500);

    /** The longest delay for a source: an honest player there can still log in. */
    static final Duration SLOWEST_SOURCE = Duration.ofSeconds(5);

    /** The longest delay for an account: its owner may be connecting from a new address. */
    static final Duration SLOWEST_ACCOUNT = Duration.ofSeconds(2);

    /** The half-life of failures. */
    private static final Duration HALF = Duration.ofMinutes(2);

    /** Most sources, and accounts, remembered; the least recently seen is forgotten. */
    static final int MAX_REMEMBERED = 16_384;

    /** Home sources of an account: more than one person uses. */
    private static final int MAX_HOMES = 4;

    /** Characters of an account name that are compared; no game has longer names. */
    private static final int MAX_NAME = 64;

    private final LongSupplier nanoTime;
    private final Map<Source, Failures> sources = leastRecentFirst();
    private final Map<String, Failures> accounts = leastRecentFirst();
    private final Map<String, Map<Source, Failures>> homes = leastRecentFirst();

    /** A count of failures that decays with half-life {@link #HALF}. */
    private static final class Failures {
        private double count;
        private long at;

        private Failures(long now) {
            at = now;
        }

        double now(long now) {
            count *= Math.pow(0.5, (double) (now - at) / HALF.toNanos());
            at = now;
            return count;
        }

        void add(long now, int free) {
            count = Math.min(now(now) + 1, free + MAX_BEYOND);
        }

        Duration delay(long now, int free, Duration slowest) {
            long beyond = Math.round(now(now)) - free;
            if (beyond < 0) {
                return Duration.ZERO;
            }
            Duration delay = FIRST.multipliedBy(1L << beyond);
            return delay.compareTo(slowest) < 0 ? delay : slowest;
        }
    }

    /**
     * @param nanoTime a clock that only goes forward
     */
    Guesses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How long an attempt for that account from that source must wait. */
    Duration delay(String account, Source source) {
        long now = nanoTime.getAsLong();
        String name = name(account);
        Failures own = homes.getOrDefault(name, Map.of()).get(source);
        if (own != null) {
            return own.delay(now, FREE_OF_SOURCE, SLOWEST_SOURCE);
        }
        Failures none = new Failures(now);
        Duration forSource =
                sources.getOrDefault(source, none).delay(now, FREE_OF_SOURCE, SLOWEST_SOURCE);
        Duration forAccount =
                accounts.getOrDefault(name, none).delay(now, FREE_OF_ACCOUNT, SLOWEST_ACCOUNT);
        return forSource.compareTo(forAccount) > 0 ? forSource : forAccount;
    }

    /** An attempt has failed. */
    void failed(String account, Source source) {
        long now = nanoTime.getAsLong();
        String name = name(account);
        remembered(sources, source, new Failures(now)).add(now, FREE_OF_SOURCE);
        Failures own = homes.getOrDefault(name, Map.of()).get(source);
        if (own == null) {
            remembered(accounts, name, new Failures(now)).add(now, FREE_OF_ACCOUNT);
        } else {
            own.add(now, FREE_OF_SOURCE);
        }
    }

    /** The account has been logged in from that source. */
    void loggedIn(String account, Source source) {
        Map<Source, Failures> its =
                remembered(homes, name(account), new LinkedHashMap<>(MAX_HOMES, 1, true));
        its.put(source, new Failures(nanoTime.getAsLong()));
        forgetBeyond(MAX_HOMES, its);
    }

    /** The number of remembered sources and accounts. */
    int remembered() {
        return sources.size() + accounts.size() + homes.size();
    }

    private static String name(String account) {
        return account.substring(0, Math.min(account.length(), MAX_NAME)).toLowerCase(Locale.ROOT);
    }

    private static <K, V> Map<K, V> leastRecentFirst() {
        return new LinkedHashMap<>(16, 0.75f, true);
    }

    private static <K, V> V remembered(Map<K, V> table, K key, V fresh) {
        V kept = table.computeIfAbsent(key, _ -> fresh);
        forgetBeyond(MAX_REMEMBERED, table);
        return kept;
    }

    private static <K, V> void forgetBeyond(int size, Map<K, V> table) {
        Iterator<V> oldest = table.values().iterator();
        while (table.size() > size) {
            oldest.next();
            oldest.remove();
        }
    }
}
