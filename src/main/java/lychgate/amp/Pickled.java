package lychgate.amp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Values of a pickle that have no plain counterpart in Java. The others are null, Boolean, Long,
 * BigInteger, Double, String, List and Map, whose keys may be any of these except lists and maps.
 */
public sealed interface Pickled {

    /** An immutable list, which to Python is not a list. */
    record Tuple(List<@Nullable Object> items) implements Pickled {
        public Tuple {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }

        /** A tuple of these. */
        public static Tuple of(@Nullable Object... items) {
            return new Tuple(Arrays.asList(items));
        }
    }

    /** A set. */
    record Items(List<@Nullable Object> items) implements Pickled {
        public Items {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }
    }

    /** Bytes, as opposed to text. */
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
     * An object or function that means nothing here.
     *
     * @param name of the class, with its module's
     */
    record Opaque(String name) implements Pickled {}
}
