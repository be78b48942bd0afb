package lychgate.admin;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * The link over NATS to another portal, or to the game of a shard.
 *
 * @param name the portal's number, or the shard
 * @param state {@code up}, {@code away} (silent, and waited for) or {@code gone} (it has stopped,
 *     or was given up)
 * @param roundTripMillis the last measured round trip, in milliseconds; null if there is none
 * @param unacknowledged frames that it has not acknowledged
 * @param held commands of sessions here that it has not answered; null at the game's own portal
 */
public record PeerStatus(
        String name,
        String state,
        @Nullable Double roundTripMillis,
        long unacknowledged,
        @Nullable Long held) {
    /** For people. */
    String text() {
        return name
                + ": "
                + state
                + (roundTripMillis == null
                        ? ""
                        : String.format(Locale.ROOT, ", round trip %.2f ms", roundTripMillis))
                + ", unacknowledged: "
                + unacknowledged
                + (held == null ? "" : ", held: " + held);
    }
}
