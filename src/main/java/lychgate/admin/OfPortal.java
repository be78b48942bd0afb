package lychgate.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import java.util.Locale;

/**
 * A row of one of the realm's portals.
 *
 * @param portal its number
 */
public record OfPortal<T>(int portal, @JsonUnwrapped T what) {
    private static final String COLUMN = "%-6s ";

    /** Another row of the same portal. */
    <U> OfPortal<U> with(U other) {
        return new OfPortal<>(portal, other);
    }

    /** The first column's heading. */
    static String heading() {
        return String.format(Locale.ROOT, COLUMN, "portal");
    }

    /** The first column. */
    String start() {
        return String.format(Locale.ROOT, COLUMN, portal);
    }
}
