package lychgate.transport.trace;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What of a session's input has been masked lately, so that it is masked as well where the game
 * says it again: a game that does not know a command repeats it. Bounded, and forgotten when a line
 * has been seen.
 */
final class Secrets {
    /** Most words that are remembered, and most bytes of one. */
    private static final int MAX_WORDS = 16;

    private static final int MAX_WORD = 128;

    /** Shorter words would mask half of every text. */
    private static final int MIN_WORD = 3;

    private static final byte[] STARS = {'*', '*', '*'};

    /** A masked word; one that lasts is not forgotten when a line has been seen. */
    private record Word(byte[] bytes, boolean lasts) {}

    private @Nullable Deque<Word> words;
    private @Nullable ByteArrayOutputStream line;
    private boolean lasting;

    /** A byte of the line was masked. */
    void masked(byte b, boolean lasts) {
        ByteArrayOutputStream masked = line;
        if (masked == null) {
            masked = new ByteArrayOutputStream(MAX_WORD / 4);
            line = masked;
        }
        if (masked.size() < MAX_WORD) {
            masked.write(b);
        }
        lasting |= lasts;
    }

    /** The line has ended: what was masked of it is remembered, as a whole and in its words. */
    void lineEnded() {
        ByteArrayOutputStream masked = line;
        if (masked != null) {
            String text = masked.toString(StandardCharsets.ISO_8859_1).strip();
            remember(text);
            for (String word : text.split("[ \t]+", -1)) {
                remember(word);
            }
            line = null;
            lasting = false;
        }
    }

    /** Remembers a text as it is, and as it stands in HTML and in JSON. */
    void remember(String text) {
        String html =
                text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;");
        for (String form : List.of(text, html, text.replace("\\", "\\\\").replace("\"", "\\\""))) {
            byte[] bytes = form.getBytes(StandardCharsets.ISO_8859_1);
            if (bytes.length >= MIN_WORD && !knows(bytes)) {
                add(new Word(bytes, lasting));
            }
        }
    }

    /** A line has been seen: what was masked before is forgotten. */
    void forget() {
        Deque<Word> known = words;
        if (known != null) {
            known.removeIf(word -> !word.lasts);
            words = known.isEmpty() ? null : known;
        }
    }

    /** A text with what is remembered masked. */
    byte[] mask(byte[] text) {
        Deque<Word> known = words;
        ByteArrayOutputStream typing = line;
        if (known == null && typing == null) {
            return text;
        }
        List<byte[]> hidden = new ArrayList<>();
        if (typing != null && typing.size() >= MIN_WORD) {
            hidden.add(typing.toByteArray());
        }
        if (known != null) {
            known.forEach(word -> hidden.add(word.bytes));
        }
        hidden.sort((a, b) -> b.length - a.length); // the longest first
        byte[] masked = text;
        for (byte[] word : hidden) {
            masked = without(masked, word);
        }
        return masked;
    }

    private boolean knows(byte[] bytes) {
        Deque<Word> known = words;
        return known != null && known.stream().anyMatch(word -> Arrays.equals(word.bytes, bytes));
    }

    private void add(Word word) {
        Deque<Word> known = words == null ? new ArrayDeque<>() : words;
        words = known;
        known.add(word);
        if (known.size() > MAX_WORDS) {
            known.remove();
        }
    }

    private static byte[] without(byte[] text, byte[] word) {
        int from = 0;
        int at = find(text, word, 0);
        if (at < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        while (at >= 0) {
            out.write(text, from, at - from);
            out.writeBytes(STARS);
            from = at + word.length;
            at = find(text, word, from);
        }
        out.write(text, from, text.length - from);
        return out.toByteArray();
    }

    private static int find(byte[] text, byte[] word, int from) {
        for (int at = from; at <= text.length - word.length; at++) {
            if (Arrays.equals(text, at, at + word.length, word, 0, word.length)) {
                return at;
            }
        }
        return -1;
    }
}
