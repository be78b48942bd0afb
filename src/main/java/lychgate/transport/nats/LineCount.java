package lychgate.transport.nats;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which commands of a session the game here has got, and which of them it has finished, by the
 * numbers that they have at their own portal. Among them are commands of this portal's own, which
 * have no number. Not thread safe.
 */
final class LineCount {
    private final Deque<Long> own = new ArrayDeque<>(1); // positions of the own among all
    private long taken; // the number of the last that was taken
    private long handedOver; // with the own
    private long finished; // of those
    private long answered; // the number of the last that is finished
    private boolean begun;

    /**
     * Commands have come.
     *
     * @param first the number of the first
     * @return how many of them were taken before, and are not to be done again
     */
    int take(long first, int count) {
        if (!begun) {
            begun = true;
            taken = first - 1;
            answered = first - 1;
        }
        int again = Math.clamp(taken - first + 1, 0, count);
        taken += count - again;
        handedOver += count - again;
        return again;
    }

    /** A command of this portal's own is handed over. */
    void takeOwn() {
        own.add(++handedOver);
    }

    /** The game has finished so many. */
    void finish(int count) {
        finished += count;
        long numbered = count;
        for (Long next = own.peek(); next != null && next <= finished; next = own.peek()) {
            own.remove();
            numbered--;
        }
        answered += numbered;
    }

    /** The number of the last that the game has finished; 0 if it has got none. */
    long answered() {
        return answered;
    }
}
