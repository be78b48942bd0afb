package lychgate.transport.web.ajax;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Session ids, which are known to their client only, and the keys under which sessions are kept.
 * Thread safe.
 */
final class SessionKeys {
    /** 128 bits. */
    private static final int ID_BYTES = 16;

    private static final int SECRET_BYTES = 32;

    /**
     * Ids that a page may bring along, as long as ours at least: the key of its browser's session
     * on an Evennia site has 32 characters. Evennia's client goes on using it, whatever we answer.
     */
    private static final Pattern BROUGHT = Pattern.compile("[A-Za-z0-9_-]{22,64}");

    private final SecureRandom random = new SecureRandom();
    private final byte[] secret = new byte[SECRET_BYTES];

    SessionKeys() {
        random.nextBytes(secret);
    }

    /**
     * The key of a session: a keyed hash of its two ids, so that the time which a lookup takes says
     * nothing about the ids of others.
     */
    record Key(long high, long low) {}

    /** The id of a new session: the one that its page brings along, if it can't be guessed. */
    String id(String brought) {
        if (BROUGHT.matcher(brought).matches()) {
            return brought;
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    /**
     * The key for a session's id and its page's.
     *
     * @param csessid identifies the session, or the browser
     * @param cuid identifies the page
     */
    Key key(String csessid, String cuid) {
        byte[] session = csessid.getBytes(StandardCharsets.UTF_8);
        MessageDigest hash = sha256();
        hash.update(secret);
        hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(session.length).array());
        hash.update(session);
        ByteBuffer digest = ByteBuffer.wrap(hash.digest(cuid.getBytes(StandardCharsets.UTF_8)));
        return new Key(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
