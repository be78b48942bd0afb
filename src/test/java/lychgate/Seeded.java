package lychgate;

import java.util.Random;

/**
 * Runs a property with many random inputs. A failure names its seed; {@code -Dseed=…} runs that one
 * alone.
 */
public final class Seeded {
    private static final long FIRST_SEED = 20_261_121L;

    private Seeded() {}

    /** What must hold whatever the random source gives. */
    public interface Property {
        void holds(Random random) throws Exception;
    }

    /** Runs the property so many times, each with a seed of its own. */
    public static void times(int runs, Property property) {
        Long only = Long.getLong("seed");
        for (int run = 0; run < (only == null ? runs : 1); run++) {
            long seed = only == null ? FIRST_SEED + run : only;
            try {
                property.holds(new Random(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** That many bytes, with those that mean something to telnet more often than chance would. */
    public static byte[] bytes(Random random, int length, int... favourites) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] =
                    (byte)
                            (favourites.length > 0 && random.nextBoolean()
                                    ? favourites[random.nextInt(favourites.length)]
                                    : random.nextInt(256));
        }
        return bytes;
    }
}
