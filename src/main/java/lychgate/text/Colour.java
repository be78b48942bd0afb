package lychgate.text;

/** A colour in the game's markup. */
public sealed interface Colour {

    /**
     * One of the eight named colours.
     *
     * @param index 0 black, 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan, 7 white
     * @param weight how it is shown
     */
    record Named(int index, Weight weight) implements Colour {}

    /** How a named colour is shown. */
    enum Weight {
        /** Bright: lower-case tags. */
        BRIGHT,
        /** Dark: upper-case tags. */
        DARK,
        /** As bright or dark as before. */
        AS_BEFORE
    }

    /** A colour of xterm's 6×6×6 cube; each component is 0 to 5. */
    record Cube(int red, int green, int blue) implements Colour {
        /** Its number among the 256 colours. */
        public int index() {
            return 16 + 36 * red + 6 * green + blue;
        }
    }

    /** One of 26 greys, 0 black to 25 white. */
    record Grey(int level) implements Colour {
        /** Its number among the 256 colours. */
        public int index() {
            return switch (level) {
                case 0 -> 16;
                case 25 -> 231;
                default -> 231 + level;
            };
        }
    }

    /** A 24-bit colour; each component is 0 to 255. */
    record Rgb(int red, int green, int blue) implements Colour {
        private static final int DARKEST = 45;
        private static final double STEP = 40;

        /** The nearest colour of the cube, computed like Evennia: rounded half to even. */
        public Cube cube() {
            return new Cube(part(red), part(green), part(blue));
        }

        private static int part(int value) {
            return (int) Math.rint(Math.max(value - DARKEST, 0) / STEP);
        }
    }
}
