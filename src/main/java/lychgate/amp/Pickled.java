package lychgate.amp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What a pickle may hold and Java has no plain value for. The others are null, Boolean, Long,
 * BigInteger, Double, String, List and Map, whose keys may be any of these but lists and maps.
 */
public sealed interface Pickled {

    /** A list that cannot be changed: to Python another thing than a list. */
    record Tuple(List<@Nullable Object> items) implements Pickled {
        public Tuple {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }

        /** A tuple of these. */
        public static Tuple of(@Nullable Object... items) {
            return new Tuple(Arrays.asList(items));
        }
    }

    /** Items without an order. */
    record Items(List<@Nullable Object> items) implements Pickled {
        public Items {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }
    }

    /** Bytes that are no text. */
    record Bytes(byte[] bytes) implements Pickled {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes(byte[] its) && Arrays.equals(its, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /**
     * An object of some class, or something that can be called: nothing that means anything here.
     *
     * @param name of the class, with its module's
     */
    record Opaque(String name) implements Pickled {}
}
