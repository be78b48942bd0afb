package lychgate.address;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A network, {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is a network of one.
 *
 * @param address the first address of the network
 * @param bits of the address that all of the network have in common
 */
public record Cidr(InetAddress address, int bits) {

    /** The network of that notation; null where it is none. No name is looked up. */
    public static @Nullable Cidr parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (!isIpv4(host) && host.indexOf(':') < 0) {
            return null; // "10/8" would be 0.0.0.10
        }
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            int all = 8 * address.getAddress().length;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > all
                    ? null
                    : new Cidr(InetAddress.getByAddress(masked(address, bits)), bits);
        } catch (IllegalArgumentException | java.net.UnknownHostException e) {
            return null;
        }
    }

    /** Whether an address is in the network. */
    public boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && Arrays.equals(masked(other, bits), address.getAddress());
    }

    @Override
    public String toString() {
        boolean one = bits == 8 * address.getAddress().length;
        return one ? Addresses.text(address) : Addresses.text(address) + "/" + bits;
    }

    /** Whether that is an address of IPv4 in the usual notation, four numbers. */
    static boolean isIpv4(String text) {
        return text.matches("[0-9]{1,3}([.][0-9]{1,3}){3}");
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
