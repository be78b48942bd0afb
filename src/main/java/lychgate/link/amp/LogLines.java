package lychgate.link.amp;

import java.util.regex.Pattern;

/** Makes words from outside fit for a log. */
final class LogLines {
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");
    private static final int MAX_LENGTH = 200;

    private LogLines() {}

    /** One line, without control characters and not too long. */
    static String oneLine(String words) {
        String line = CONTROLS.matcher(words).replaceAll(" ");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) : line;
    }
}
