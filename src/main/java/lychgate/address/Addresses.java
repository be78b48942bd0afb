package lychgate.address;

import java.net.InetAddress;

/** Addresses as they are shown and compared. */
public final class Addresses {
    private Addresses() {}

    /** An address as text, without the zone in which a link-local one is known. */
    public static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
