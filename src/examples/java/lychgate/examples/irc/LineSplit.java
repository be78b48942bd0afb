package lychgate.examples.irc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into pieces that fit into IRC's lines of 512 bytes, between words if it can. */
final class LineSplit {
    /** What is left of 512 bytes for the words, behind the longest source, command and target. */
    static final int MAX_BYTES = 380;

    private LineSplit() {}

    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = end(text, from);
            int space = text.lastIndexOf(' ', end - 1);
            if (end < text.length() && space > from) {
                pieces.add(text.substring(from, space));
                from = space + 1;
            } else {
                pieces.add(text.substring(from, end));
                from = end;
            }
        }
        return pieces;
    }

    /** Where the piece that begins there must end at the latest. */
    private static int end(String text, int from) {
        int bytes = 0;
        int at = from;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            bytes += Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                return at;
            }
            at += Character.charCount(codePoint);
        }
        return at;
    }
}
