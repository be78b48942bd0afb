package lychgate.address;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** How addresses are shown and compared. */
public final class Addresses {
    private static final int GROUPS = 8;

    private static final String DOTTED = "(?:(?:0|[1-9][0-9]{0,2})[.]){3}(?:0|[1-9][0-9]{0,2})";
    private static final Pattern IPV4 = Pattern.compile(DOTTED);
    private static final Pattern IPV6 =
            Pattern.compile(
                    "(?![^%]*[0-9A-Fa-f]{5})[0-9A-Fa-f:]*:(?:"
                            + DOTTED
                            + "|[0-9A-Fa-f]*)(?:%[^%/\\s]+)?");

    private Addresses() {}

    /**
     * An address as text; IPv6 in the form of RFC 5952, without the zone of a link-local address.
     */
    public static String text(InetAddress address) {
        return address instanceof Inet6Address
                ? ipv6(address.getAddress())
                : address.getHostAddress();
    }

    /** Whether a text is an address rather than a name; no name is looked up. */
    public static boolean isLiteral(String text) {
        return literal(text) != null;
    }

    /**
     * The address of that notation: four decimal numbers, or IPv6 as RFC 4291 has it, with the zone
     * of a link-local address or without. An address of IPv4 within IPv6 is the one of IPv4. Null
     * where it is none, or where programs differ on which it is: a number that begins with 0 is
     * octal to some and decimal to others, and some fill up {@code 10.1} with zeros.
     */
    public static @Nullable InetAddress literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String ipv6(byte[] bytes) {
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
