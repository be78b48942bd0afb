package lychgate.portal;

import lychgate.address.Cidr;
import lychgate.portal.Bans.Held;

import org.jspecify.annotations.Nullable;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;

/**
 * Finds the network of an address among many: one look-up for each length of prefix that occurs.
 * Any thread may look up; changes are for one thread at a time.
 */
final class BannedNetworks {
    private static final int BITS_IPV4 = 32;
    private static final int BITS_IPV6 = 128;

    private final Map<Cidr, Numbered> all = new ConcurrentHashMap<>();
    private final AtomicIntegerArray ofIpv4 = new AtomicIntegerArray(BITS_IPV4 + 1);
    private final AtomicIntegerArray ofIpv6 = new AtomicIntegerArray(BITS_IPV6 + 1);
    private long next;

    /** Keeps their order. */
    private record Numbered(long number, Held held) {}

    /** The ban of the narrowest network that an address is in; null for none that holds. */
    @Nullable Held find(InetAddress address, Predicate<Held> holds) {
        AtomicIntegerArray lengths = address instanceof Inet4Address ? ofIpv4 : ofIpv6;
        for (int bits = lengths.length() - 1; bits >= 0; bits--) {
            Numbered found = lengths.get(bits) == 0 ? null : all.get(Cidr.around(address, bits));
            if (found != null && holds.test(found.held)) {
                return found.held;
            }
        }
        return null;
    }

    /** The ban of exactly that network; null for none. */
    @Nullable Held get(Cidr network) {
        Numbered found = all.get(network);
        return found == null ? null : found.held;
    }

    /** Adds a ban, or replaces the one of the same network in its place. */
    void put(Held held) {
        Cidr network = held.ban().network();
        Numbered before = all.get(network);
        all.put(network, new Numbered(before == null ? next++ : before.number, held));
        if (before == null) {
            lengths(network).incrementAndGet(network.bits());
        }
    }

    /** Removes a ban; null if there is none. */
    @Nullable Held remove(Cidr network) {
        Numbered removed = all.remove(network);
        if (removed != null) {
            lengths(network).decrementAndGet(network.bits());
        }
        return removed == null ? null : removed.held;
    }

    /** Removes all. */
    void clear() {
        all.keySet().forEach(this::remove);
    }

    /** All, in the order in which they were added. */
    List<Held> all() {
        return all.values().stream()
                .sorted(Comparator.comparingLong(Numbered::number))
                .map(Numbered::held)
                .toList();
    }

    private AtomicIntegerArray lengths(Cidr network) {
        return network.address() instanceof Inet4Address ? ofIpv4 : ofIpv6;
    }
}
