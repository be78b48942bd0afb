package lychgate.rounds;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A round of a thread that serves many sessions: what is put off until its end is done once for all
 * of them. Begun and ended by that thread alone.
 */
public final class Round {
    private static final Logger log = LoggerFactory.getLogger(Round.class);
    private static final ThreadLocal<@Nullable Round> CURRENT = new ThreadLocal<>();

    private final Set<Runnable> putOff = new LinkedHashSet<>();
    private boolean open;

    /**
     * Runs something at the end of this thread's round, or now if it is in none; once, however
     * often the same is put off.
     */
    public static void atEnd(Runnable task) {
        Round round = CURRENT.get();
        if (round == null || !round.open) {
            task.run();
        } else {
            round.putOff.add(task);
        }
    }

    /** Runs something as a round. */
    public void of(Runnable work) {
        begin();
        try {
            work.run();
        } finally {
            end();
        }
    }

    /** Begins a round; ends the one before if that failed. */
    public void begin() {
        end();
        open = true;
        if (!this.equals(CURRENT.get())) {
            CURRENT.set(this);
        }
    }

    /** Ends the round, if one was begun. */
    public void end() {
        open = false;
        if (putOff.isEmpty()) {
            return;
        }
        List<Runnable> due = List.copyOf(putOff);
        putOff.clear();
        for (Runnable task : due) {
            try {
                task.run();
            } catch (RuntimeException e) { // the others wait, too
                log.error("could not do what was put off until the end of a round", e);
            }
        }
    }
}
