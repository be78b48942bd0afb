package lychgate.transport.trace;

import lychgate.text.Spans;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /**
     * A masked word; one that lasts is not forgotten when a line has been seen.
     *
     * @param forms how it may stand in an output
     */
    private record Word(String text, List<byte[]> forms, boolean lasts) {}

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

    /** Remembers a text as it is, and as it stands in markup, in HTML, in JSON, and in several. */
    void remember(String text) {
        Set<String> forms = new LinkedHashSet<>();
        for (String words : List.of(text, Spans.escape(text))) {
            String tags = entities(words);
            for (String shown : List.of(words, tags, tags.replace("\"", "&quot;"))) {
                forms.add(shown);
                forms.add(json(shown));
            }
        }
        List<byte[]> bytes =
                forms.stream()
                        .map(form -> form.getBytes(StandardCharsets.ISO_8859_1))
                        .filter(form -> form.length >= MIN_WORD)
                        .toList();
        if (!bytes.isEmpty()) {
            add(new Word(text, bytes, lasting));
        }
    }

    private static String entities(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** A line has been seen: what was masked before is forgotten. */
    void forget() {
        Deque<Word> known = words;
        if (known != null) {
            known.removeIf(word -> !word.lasts);
            words = known.isEmpty() ? null : known;
        }
    }

    /**
     * A text with what is remembered masked.
     *
     * @param cut whether it is the beginning of a text: such a word may begin at its end
     */
    byte[] mask(byte[] text, boolean cut) {
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
            known.forEach(word -> hidden.addAll(word.forms));
        }
        hidden.sort((a, b) -> b.length - a.length); // the longest first
        byte[] masked = text;
        for (byte[] word : hidden) {
            masked = without(masked, word);
        }
        return cut ? withoutBegun(masked, hidden) : masked;
    }

    private void add(Word word) {
        Deque<Word> known = words == null ? new ArrayDeque<>() : words;
        words = known;
        for (Word other : known) {
            if (other.text.equals(word.text) && (other.lasts || !word.lasts)) {
                return;
            }
        }
        known.removeIf(other -> other.text.equals(word.text));
        known.add(word);
        if (known.size() > MAX_WORDS) {
            known.remove();
        }
    }

    /** The text without the beginnings of words, at its end, whose rest has been cut off. */
    private static byte[] withoutBegun(byte[] text, List<byte[]> words) {
        int end = text.length;
        for (byte[] word : words) {
            for (int from = Math.max(0, text.length - word.length + 1); from < end; from++) {
                int length = text.length - from;
                if (Arrays.equals(text, from, text.length, word, 0, length)) {
                    end = from;
                }
            }
        }
        return Arrays.copyOf(text, end);
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
