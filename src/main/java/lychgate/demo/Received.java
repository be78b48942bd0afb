package lychgate.demo;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.session.Weight;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What one client has sent out-of-band lately, as short texts: they must not hold what it would not
 * be let hold otherwise. Before login there is room for what clients say of themselves.
 */
final class Received {
    /** Commands that are remembered. */
    private static final int MAX_COMMANDS = 20;

    /** Characters of one. The rest of a longer one is left out. */
    static final int MAX_LENGTH = 2_000;

    /** Bytes that all of them may weigh: the oldest go first. */
    static final int MAX_BYTES = 16 * 1024;

    /** Bytes that they may weigh before an account is logged in. */
    static final int MAX_BYTES_BEFORE_LOGIN = 4 * 1024;

    private static final String LEFT_OUT = "\u2026";

    private final Deque<String> texts = new ArrayDeque<>(4);
    private int bytes;

    void add(CommandTuple command, boolean loggedIn) {
        String text = shortened(Json.write(command));
        texts.add(text);
        bytes += Weight.text(text);
        int most = loggedIn ? MAX_BYTES : MAX_BYTES_BEFORE_LOGIN;
        while (texts.size() > MAX_COMMANDS || bytes > most) {
            bytes -= Weight.text(texts.remove());
        }
    }

    /** As JSON, the oldest first. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    private static String shortened(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? 1 : 0;
        return text.substring(0, MAX_LENGTH - end) + LEFT_OUT;
    }
}
