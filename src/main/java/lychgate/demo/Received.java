package lychgate.demo;

import lychgate.oob.Json;
import lychgate.session.CommandTuple;
import lychgate.session.Weight;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What one client has recently sent out-of-band, as short texts: it must not hold more than a
 * client may otherwise make us hold. Before login there is room for what clients report about
 * themselves.
 */
final class Received {
    /** Commands that are kept. */
    private static final int MAX_COMMANDS = 20;

    /** Characters of a command that are kept. */
    static final int MAX_LENGTH = 2_000;

    /** Bytes of memory for all of them: the oldest are dropped first. */
    static final int MAX_BYTES = 16 * 1024;

    /** Bytes of memory for all of them before an account is logged in. */
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
