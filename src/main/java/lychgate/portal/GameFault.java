package lychgate.portal;

import lychgate.text.OneLine;

import org.jspecify.annotations.Nullable;

import java.util.stream.Stream;

/**
 * An exception of the game, in one line: what it is, and where in the game's source it was thrown,
 * because a start that fails shows no stack trace.
 */
final class GameFault {
    private GameFault() {}

    /** Describes the innermost cause. */
    static String shown(@Nullable Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost != null && innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost == null) {
            return "no reason given";
        }
        String where =
                Stream.of(innermost.getStackTrace())
                        .filter(frame -> !frame.getClassName().matches("(java|jdk|sun)\\..*"))
                        .findFirst()
                        .map(frame -> ", " + frame.getFileName() + " line " + frame.getLineNumber())
                        .orElse("");
        return OneLine.of(innermost + where);
    }
}
