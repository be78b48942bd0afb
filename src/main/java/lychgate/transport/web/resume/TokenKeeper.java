package lychgate.transport.web.resume;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;

/**
 * The tokens of one session. Each return hands out a new one; the one that was presented stays good
 * until the client has confirmed the new one: an answer that is lost locks nobody out. A failed try
 * changes nothing.
 */
public final class TokenKeeper {
    private final String id = ResumeToken.newId();
    private byte[] current = new byte[0];
    private byte @Nullable [] previous;

    /** The identifier of the session, a part of all its tokens. */
    public String id() {
        return id;
    }

    /** Makes the first token. */
    public ResumeToken first() {
        return make();
    }

    /** Makes the next token, for a client that has presented that one. */
    public ResumeToken next(ResumeToken presented) {
        previous = presented.hash();
        return make();
    }

    private ResumeToken make() {
        ResumeToken token = ResumeToken.forSession(id);
        current = token.hash();
        return token;
    }

    /** The client has the newest token: no other is good any more. */
    public void confirmed() {
        previous = null;
    }

    /** Whether a token is good. Takes the same time whatever the answer. */
    public boolean accepts(ResumeToken presented) {
        byte[] hash = presented.hash();
        byte[] before = previous;
        boolean isCurrent = MessageDigest.isEqual(hash, current);
        boolean isPrevious = before != null && MessageDigest.isEqual(hash, before);
        return presented.id().equals(id) && (isCurrent || isPrevious);
    }
}
