package lychgate.address;

import org.jspecify.annotations.Nullable;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A network, {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is a network of one.
 *
 * @param address the first address of the network
 * @param bits the length of the network prefix
 */
public record Cidr(InetAddress address, int bits) {
    private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

    /** Bits before an address of IPv4 in IPv6 (RFC 4291, 2.5.5.2). */
    private static final int MAPPED = 96;

    /**
     * The network of that notation; null where it is none, or where programs differ on which it is
     * ({@link Addresses#literal}). No name is looked up. Bits of the address behind those that
     * count are passed over. A network within the addresses of IPv4 that IPv6 has ({@code
     * ::ffff:10.0.0.0/104}) is the one of IPv4, as which its clients come.
     */
    public static @Nullable Cidr parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = host.indexOf('%') < 0 ? Addresses.literal(host) : null;
        if (address == null) {
            return null; // a zone means something to one machine only
        }
        int all = 8 * address.getAddress().length;
        int mapped = address instanceof Inet4Address && host.indexOf(':') >= 0 ? MAPPED : 0;
        int bits = slash < 0 ? all : bits(text.substring(slash + 1)) - mapped;
        return bits < 0 || bits > all ? null : new Cidr(first(address, bits), bits);
    }

    /** The network of that many bits that an address is in. */
    public static Cidr around(InetAddress address, int bits) {
        return new Cidr(first(address, bits), bits);
    }

    /** Whether an address is in the network. */
    public boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && Arrays.equals(masked(other, bits), address.getAddress());
    }

    /** Whether an address is in any of these networks. */
    public static boolean anyContains(List<Cidr> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    @Override
    public String toString() {
        boolean one = bits == 8 * address.getAddress().length;
        return one ? Addresses.text(address) : Addresses.text(address) + "/" + bits;
    }

    private static int bits(String text) {
        return BITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }

    private static InetAddress first(InetAddress address, int bits) {
        try {
            return InetAddress.getByAddress(masked(address, bits));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 bytes or 16", e);
        }
    }

    private static byte[] masked(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            bytes[i] &= (byte) (0xff00 >> kept);
        }
        return bytes;
    }
}
