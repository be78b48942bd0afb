package lychgate.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A client's origin for limits and turns: an IPv4 address, or the /64 of an IPv6 address, which is
 * what one subscriber has.
 *
 * @param text the address, or the network
 */
public record Source(String text) {
    private static final int NETWORK_BYTES = 8;
    private static final String NETWORK = "/64";

    /** The source that an address belongs to. */
    public static Source of(InetAddress address) {
        if (address instanceof Inet6Address) {
            byte[] network = Arrays.copyOf(address.getAddress(), 2 * NETWORK_BYTES);
            Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
            return new Source(Addresses.ipv6(network) + NETWORK);
        }
        return new Source(Addresses.text(address));
    }

    /** The source of an address as text; a text that is not an address is its own source. */
    public static Source of(String address) {
        return Addresses.isLiteral(address)
                ? of(InetAddress.ofLiteral(address))
                : new Source(address);
    }

    @Override
    public String toString() {
        return text;
    }
}
