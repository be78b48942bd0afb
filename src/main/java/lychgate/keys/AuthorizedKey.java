package lychgate.keys;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line of authorized_keys.
 *
 * @param blob the key as it crosses the wire (RFC 4253, 6.6)
 * @param account whose key it is
 * @param options its restrictions
 */
record AuthorizedKey(byte[] blob, String account, KeyOptions options) {
    private static final String NO_LINE = "is not [OPTIONS] TYPE KEY ACCOUNT";

    /** The key types that can log in: those that our SSH accepts. */
    private static final Set<String> TYPES = Set.of("ssh-ed25519", "ssh-rsa");

    /** Looks like a key type that we do not know, rather than a misplaced word. */
    private static final Pattern OTHER_TYPE =
            Pattern.compile("(sk-)?(ssh|ecdsa|webauthn-sk)-[A-Za-z0-9@.-]+");

    /**
     * Reads a line.
     *
     * @param zone the time zone of times without one
     * @throws RefusedKey if the line is invalid, or its key must not log in
     */
    static AuthorizedKey parse(String text, ZoneId zone) throws RefusedKey {
        List<String> words = words(text, 3);
        byte[] blob = words.size() > 1 ? blob(words.get(0), words.get(1)) : null;
        if (blob != null) {
            String account = words.size() > 2 ? words.get(2).strip() : "";
            return of(words.get(0), blob, account, KeyOptions.NONE);
        }
        words = words(text, 4);
        blob = words.size() > 2 ? blob(words.get(1), words.get(2)) : null;
        if (blob == null) {
            throw new RefusedKey(NO_LINE);
        }
        KeyOptions options = KeyOptions.parse(words.get(0), zone);
        return of(words.get(1), blob, words.size() > 3 ? words.get(3).strip() : "", options);
    }

    private static AuthorizedKey of(String type, byte[] blob, String account, KeyOptions options)
            throws RefusedKey {
        if (!TYPES.contains(type) && OTHER_TYPE.matcher(type).matches()) {
            throw new RefusedKey(
                    "a key of type " + type + " cannot log in here, ssh-ed25519 and ssh-rsa can");
        }
        if (!TYPES.contains(type) || account.isEmpty()) {
            throw new RefusedKey(NO_LINE);
        }
        return new AuthorizedKey(blob, account, options);
    }

    /**
     * Splits into words, of which the last is the rest of the line; blanks in quotes do not
     * separate.
     */
    private static List<String> words(String text, int most) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length() && words.size() < most - 1) {
            int end = endOfWord(text, at);
            words.add(text.substring(at, end));
            at = end;
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
        }
        if (at < text.length()) {
            words.add(text.substring(at));
        }
        return words;
    }

    private static int endOfWord(String text, int from) {
        boolean quoted = false;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && (at == 0 || text.charAt(at - 1) != '\\')) {
                quoted = !quoted;
            } else if (!quoted && isBlank(c)) {
                return at;
            }
        }
        return text.length();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** The key's bytes; null if they do not begin with its type. */
    private static byte @Nullable [] blob(String type, String base64) {
        try {
            byte[] blob = Base64.getDecoder().decode(base64);
            ByteBuffer in = ByteBuffer.wrap(blob);
            byte[] named = type.getBytes(StandardCharsets.UTF_8);
            if (in.remaining() <= 4 + named.length || in.getInt() != named.length) {
                return null;
            }
            byte[] own = new byte[named.length];
            in.get(own);
            return Arrays.equals(own, named) ? blob : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
