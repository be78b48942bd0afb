package lychgate.transport.web.ajax;

import lychgate.http.Sha256;
import lychgate.transport.web.resume.ResumeToken;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Session ids, which are known to their client only, and the keys under which sessions are kept.
 * Thread safe.
 */
final class SessionKeys {
    private static final int SECRET_BYTES = 32;

    /**
     * Ids that a page may bring along, as long as ours at least: the key of its browser's session
     * on an Evennia site has 32 characters. Evennia's client goes on using it, whatever we answer.
     */
    private static final Pattern BROUGHT = Pattern.compile("[A-Za-z0-9_-]{22,64}");

    private final byte[] secret = new byte[SECRET_BYTES];

    SessionKeys() {
        new SecureRandom().nextBytes(secret);
    }

    /**
     * The key of a session: a keyed hash of its two ids, so that the time which a lookup takes says
     * nothing about the ids of others.
     */
    record Key(long high, long low) {}

    /** The id of a new session: the one that its page brings along, if it can't be guessed. */
    String id(String brought) {
        return BROUGHT.matcher(brought).matches() ? brought : ResumeToken.newId();
    }

    /**
     * The key for a session's id and its page's.
     *
     * @param csessid identifies the session, or the browser
     * @param cuid identifies the page
     */
    Key key(String csessid, String cuid) {
        byte[] session = csessid.getBytes(StandardCharsets.UTF_8);
        MessageDigest hash = Sha256.digest();
        hash.update(secret);
        hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(session.length).array());
        hash.update(session);
        ByteBuffer digest = ByteBuffer.wrap(hash.digest(cuid.getBytes(StandardCharsets.UTF_8)));
        return new Key(digest.getLong(), digest.getLong());
    }
}
