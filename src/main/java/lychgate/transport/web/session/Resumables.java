package lychgate.transport.web.session;

import lychgate.plugin.PortalApplication;
import lychgate.transport.web.resume.ResumeToken;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All sessions whose clients may come back. Any thread may call. */
public final class Resumables {
    private final PortalApplication app;
    private final Duration window;
    private final String epoch = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    private final Map<String, Resumable> byId = new ConcurrentHashMap<>();

    /**
     * @param window how long a session waits for its client; zero: none does
     */
    public Resumables(PortalApplication app, Duration window) {
        this.app = app;
        this.window = window;
    }

    /** Whether any session waits for its client. */
    boolean areOn() {
        return !window.isZero();
    }

    PortalApplication app() {
        return app;
    }

    Duration window() {
        return window;
    }

    /** Tells clients of this portal's sessions from clients of one that has been restarted. */
    String epoch() {
        return epoch;
    }

    void add(Resumable session) {
        byId.put(session.id(), session);
    }

    void remove(Resumable session) {
        byId.remove(session.id(), session);
    }

    /** The session that a token is for; null if there is none. Says nothing about the secret. */
    @Nullable Resumable find(ResumeToken token, String saidEpoch) {
        boolean here = saidEpoch.isEmpty() || saidEpoch.equals(epoch);
        return here ? byId.get(token.id()) : null;
    }
}
