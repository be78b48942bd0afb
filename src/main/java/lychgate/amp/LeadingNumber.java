package lychgate.amp;

import org.jspecify.annotations.Nullable;

/**
 * The whole number that comes first in a pickled tuple of two or three, as CPython writes one from
 * protocol 2 on. What comes after it does not depend on it: a number is never referred to later.
 *
 * @param number the number, not negative
 * @param end where in the pickle what comes after it begins
 */
public record LeadingNumber(long number, int end) {
    private static final int PROTOCOL = 0x80;
    private static final int FRAME = 0x95;
    private static final int FRAME_BYTES = 9;

    /** The number, or null where the pickle begins otherwise. */
    public static @Nullable LeadingNumber of(byte[] pickle) {
        if (at(pickle, 0) != PROTOCOL) {
            return null;
        }
        int code = at(pickle, 2) == FRAME ? 2 + FRAME_BYTES : 2;
        int width =
                switch (at(pickle, code)) {
                    case 'K' -> 1;
                    case 'M' -> 2;
                    case 'J' -> 4;
                    default -> 0;
                };
        int end = code + 1 + width;
        if (width == 0 || end > pickle.length) {
            return null;
        }
        int number = 0;
        for (int i = end - 1; i > code; i--) {
            number = (number << 8) | at(pickle, i);
        }
        return number < 0 ? null : new LeadingNumber(number, end);
    }

    private static int at(byte[] pickle, int index) {
        return index < pickle.length ? pickle[index] & 0xff : -1;
    }
}
