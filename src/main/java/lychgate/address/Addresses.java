package lychgate.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Addresses as they are shown and compared. */
public final class Addresses {
    private static final int GROUPS = 8;

    private Addresses() {}

    /**
     * An address as text: of IPv6 as RFC 5952 has it, with the longest run of zeros left out, and
     * without the zone in which a link-local one is known.
     */
    public static String text(InetAddress address) {
        return address instanceof Inet6Address
                ? ipv6(address.getAddress())
                : address.getHostAddress();
    }

    /** Whether that is an address, and no name: none is looked up. */
    public static boolean isLiteral(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String ipv6(byte[] bytes) {
        ByteBuffer groups = ByteBuffer.wrap(bytes);
        int zerosAt = 0;
        int zeros = 1; // one alone is written
        for (int from = 0; from < GROUPS; from++) {
            int to = from;
            while (to < GROUPS && groups.getShort(2 * to) == 0) {
                to++;
            }
            if (to - from > zeros) {
                zerosAt = from;
                zeros = to - from;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (zeros > 1 && i == zerosAt) {
                text.append("::");
                i += zeros - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":");
                text.append(Integer.toHexString(groups.getShort(2 * i) & 0xffff));
            }
        }
        return text.toString();
    }
}
