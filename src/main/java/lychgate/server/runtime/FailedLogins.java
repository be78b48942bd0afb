package lychgate.server.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Logs failed logins for the operator: each one while they are few, the number when they are many.
 * Belongs to the game thread.
 */
final class FailedLogins {
    private static final Logger log = LoggerFactory.getLogger(FailedLogins.class);

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** Log lines a minute: password guessing must not fill the disk. */
    static final int MAX_LINES = 30;

    /** Log lines a minute for one address, so that others are still seen. */
    static final int MAX_LINES_OF_ADDRESS = 6;

    /** Characters of an account name that are logged. */
    private static final int MAX_NAME = 32;

    private static final String IN_NAMES = "_-.' ";

    private final BiConsumer<Duration, Runnable> after;
    private final Map<String, Integer> linesOf = new HashMap<>();
    private int lines;
    private long untold;
    private boolean counting;

    /**
     * @param after runs a task after that time
     */
    FailedLogins(BiConsumer<Duration, Runnable> after) {
        this.after = after;
    }

    /** A session failed to log in to an account of that name, which may be any text. */
    void note(long session, String address, String name) {
        if (!counting) {
            counting = true;
            after.accept(PERIOD, this::endPeriod);
        }
        if (lines < MAX_LINES && linesOf.getOrDefault(address, 0) < MAX_LINES_OF_ADDRESS) {
            lines++;
            linesOf.merge(address, 1, Integer::sum);
            log.info("{} failed to log in as {} from {}", session, shown(name), address);
        } else {
            untold++;
        }
    }

    private void endPeriod() {
        if (untold > 0) {
            log.warn(
                    "{} more failed logins in the last minute: somebody is guessing passwords",
                    untold);
        }
        linesOf.clear();
        lines = 0;
        untold = 0;
        counting = false;
    }

    /** The name as it may appear in the log: nothing that could forge other entries. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints()
                .limit(MAX_NAME)
                .map(c -> Character.isLetterOrDigit(c) || IN_NAMES.indexOf(c) >= 0 ? c : '?')
                .forEach(shown::appendCodePoint);
        return shown.isEmpty() ? "?" : shown.toString();
    }
}
