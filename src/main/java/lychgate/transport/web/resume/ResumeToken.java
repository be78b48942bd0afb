package lychgate.transport.web.resume;

import lychgate.http.Sha256;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client must present to get its session back: {@code id.secret}. It is sent in messages
 * only, and never logged.
 *
 * @param id which session it is
 * @param secret proves that the session is the client's own
 */
public record ResumeToken(String id, String secret) {
    private static final int ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("([\\w-]{22})\\.([\\w-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** An identifier of a session that nobody can guess: 128 random bits. */
    public static String newId() {
        return random(ID_BYTES);
    }

    /** A token with a secret of 256 random bits. */
    static ResumeToken forSession(String id) {
        return new ResumeToken(id, random(SECRET_BYTES));
    }

    private static String random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads a token; null if it is none. */
    public static @Nullable ResumeToken parse(String said) {
        Matcher parts = FORM.matcher(said);
        return parts.matches() ? new ResumeToken(parts.group(1), parts.group(2)) : null;
    }

    /** What is kept instead of the secret. */
    byte[] hash() {
        return Sha256.of(secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** As the client is told. */
    public String text() {
        return id + "." + secret;
    }

    /** Without the secret: it may end up in a log. */
    @Override
    public String toString() {
        return id;
    }
}
