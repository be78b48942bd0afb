package lychgate.bus;

import java.util.OptionalInt;

/**
 * The versions of the protocol that an end speaks. A new version speaks its predecessor's too, so
 * that processes can be upgraded one after the other.
 *
 * @param least the oldest
 * @param greatest the newest
 */
public record Versions(int least, int greatest) {
    /** Those that are spoken here. */
    public static final Versions OURS = new Versions(1, 1);

    /** The newest that both speak; empty if there is none. */
    public OptionalInt common(Versions other) {
        int newest = Math.min(greatest, other.greatest);
        return newest < Math.max(least, other.least) ? OptionalInt.empty() : OptionalInt.of(newest);
    }
}
