package lychgate.admin;

import lychgate.address.Cidr;
import lychgate.oob.MalformedException;
import lychgate.text.OneLine;

import org.jspecify.annotations.Nullable;

import java.net.Inet4Address;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A banned network.
 *
 * @param until when the ban ends; null for never
 * @param reason what its players are told; empty for none
 */
public record Ban(Cidr network, @Nullable Instant until, String reason) {
    /** Maximum length of a reason: it is sent as one line to whoever is refused. */
    public static final int MAX_REASON = 200;

    /** A network with fewer bits is wider than anything that one operator has trouble with. */
    private static final int WIDE_IPV4 = 8;

    /** The same for IPv6: providers have a /19 at most. */
    private static final int WIDE_IPV6 = 19;

    /** The end of a ban in whole seconds, and a reason of one line that is not too long. */
    public Ban {
        until = until == null ? null : until.truncatedTo(ChronoUnit.SECONDS);
        reason = shortened(OneLine.of(reason.strip()));
    }

    /** A ban without end or reason. */
    public static Ban of(Cidr network) {
        return new Ban(network, null, "");
    }

    /** Whether a network is so wide that banning it is more likely a typing error. */
    public static boolean isWide(Cidr network) {
        return network.bits() < (network.address() instanceof Inet4Address ? WIDE_IPV4 : WIDE_IPV6);
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MAX_REASON
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_REASON));
    }

    /** The same for scripts. */
    record Script(String network, @Nullable String until, @Nullable String reason) {}

    /** For scripts. */
    Script script() {
        return new Script(
                network.toString(),
                until == null ? null : until.toString(),
                reason.isEmpty() ? null : reason);
    }

    /** For people, a line each. */
    static String text(List<Ban> bans) {
        StringBuilder text = new StringBuilder();
        for (Ban ban : bans) {
            text.append(ban).append('\n');
        }
        return text.toString();
    }

    /** The same for all portals of the realm, with the number of the portal first. */
    public static String textOfAll(List<OfPortal<Ban>> bans) {
        StringBuilder text = new StringBuilder();
        for (OfPortal<Ban> ban : bans) {
            text.append(ban.start()).append(ban.what()).append('\n');
        }
        return text.toString();
    }

    /** The same for scripts. */
    public static List<OfPortal<?>> scriptOfAll(List<OfPortal<Ban>> bans) {
        return bans.stream().<OfPortal<?>>map(ban -> ban.with(ban.what().script())).toList();
    }

    /** Reads what {@link #script} has become as JSON, at another portal. */
    public static Ban read(Fields row) throws MalformedException {
        Cidr network = Cidr.parse(row.text("network"));
        if (network == null) {
            throw new MalformedException("not a network");
        }
        return new Ban(network, row.optionalTime("until"), row.optionalText("reason"));
    }

    /** As in {@code var/bans}: {@code 192.0.2.0/24 until 2026-12-05T10:00:00Z # spam}. */
    @Override
    public String toString() {
        return network
                + (until == null ? "" : " until " + until)
                + (reason.isEmpty() ? "" : " # " + reason);
    }
}
