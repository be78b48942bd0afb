package lychgate.admin;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;

/**
 * The link over NATS to another portal, or to the game of a shard.
 *
 * @param name the portal's number, or the shard
 * @param state {@code up}, {@code away} (silent, and waited for) or {@code gone} (it has stopped,
 *     or was given up)
 * @param roundTrip the last measured round trip; null if there is none
 * @param unacknowledged frames that it has not acknowledged
 * @param held commands of sessions here that it has not answered; null at the game's own portal
 */
public record PeerStatus(
        String name,
        String state,
        @Nullable Duration roundTrip,
        long unacknowledged,
        @Nullable Long held) {
    /** The round trip in milliseconds. */
    public @Nullable Double roundTripMillis() {
        return roundTrip == null ? null : roundTrip.toNanos() / 1e6;
    }

    /** For people. */
    String text() {
        Double millis = roundTripMillis();
        return name
                + ": "
                + state
                + (millis == null ? "" : String.format(Locale.ROOT, ", round trip %.2f ms", millis))
                + ", unacknowledged: "
                + unacknowledged
                + (held == null ? "" : ", held: " + held);
    }
}
