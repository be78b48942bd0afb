package lychgate.server.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Notes for the operator which logins have failed: each of a few, and of many how many. Belongs to
 * the game thread.
 */
final class FailedLogins {
    private static final Logger log = LoggerFactory.getLogger(FailedLogins.class);

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** Lines in a minute: whoever guesses must not fill the disk. */
    static final int MAX_LINES = 30;

    /** Lines of one address in a minute, so that others are seen beside it. */
    static final int MAX_LINES_OF_ADDRESS = 6;

    /** Characters of a name that are shown. */
    private static final int MAX_NAME = 32;

    private static final String IN_NAMES = "_-.' ";

    private final BiConsumer<Duration, Runnable> after;
    private final Map<String, Integer> linesOf = new HashMap<>();
    private int lines;
    private long untold;
    private boolean counting;

    /**
     * @param after runs something when that time has passed
     */
    FailedLogins(BiConsumer<Duration, Runnable> after) {
        this.after = after;
    }

    /** A session has failed to log in under a name, which may be anything. */
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
            log.warn("{} more logins have failed in the last minute: somebody guesses", untold);
        }
        linesOf.clear();
        lines = 0;
        untold = 0;
        counting = false;
    }

    /** A name as it may stand in a log: nothing that could be taken for something else. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints()
                .limit(MAX_NAME)
                .map(c -> Character.isLetterOrDigit(c) || IN_NAMES.indexOf(c) >= 0 ? c : '?')
                .forEach(shown::appendCodePoint);
        return shown.isEmpty() ? "?" : shown.toString();
    }
}
