package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The state of a session that both sides of the link need, so that a restarted game gets back what
 * it had: Evennia's {@code SESSION_SYNC_ATTRS}, and room for more. Immutable.
 *
 * @param sessid the session's number: positive, never used twice
 * @param origin where the session comes from
 * @param facts what is known of the client
 * @param login who is logged in
 * @param activity what the session has done, and when
 * @param data what the game stores with the session
 */
public record SessionSync(
        long sessid,
        Origin origin,
        ClientFacts facts,
        Login login,
        Activity activity,
        GameData data) {

    /** A session that has just been opened, whose client has not said who it is. */
    public static SessionSync opened(
            long sessid, String protocolKey, String address, ClientFacts facts, Instant now) {
        return new SessionSync(
                sessid,
                new Origin(protocolKey, address, null, null),
                facts,
                Login.NONE,
                Activity.connected(now),
                GameData.NONE);
    }

    /** Whether an account is logged in. */
    public boolean loggedIn() {
        return login.loggedIn();
    }

    /** The same session from another origin. */
    public SessionSync with(Origin other) {
        return new SessionSync(sessid, other, facts, login, activity, data);
    }

    /** The same session with other facts of its client. */
    public SessionSync with(ClientFacts others) {
        return new SessionSync(sessid, origin, others, login, activity, data);
    }

    /** The same session with somebody else logged in, or nobody. */
    public SessionSync with(Login other) {
        return new SessionSync(sessid, origin, facts, other, activity, data);
    }

    /** The same session with other activity. */
    public SessionSync with(Activity other) {
        return new SessionSync(sessid, origin, facts, login, other, data);
    }

    /** The same session with other data of the game's. */
    public SessionSync with(GameData other) {
        return new SessionSync(sessid, origin, facts, login, activity, other);
    }

    /** The same session after a game's changes, applied in order. */
    public SessionSync with(List<SessionChange> changes) {
        SessionSync after = this;
        for (SessionChange change : changes) {
            after = after.with(change);
        }
        return after;
    }

    private SessionSync with(SessionChange change) {
        return switch (change) {
            case SessionChange.FactsLearned(ClientFacts news) -> with(facts.with(news));
            case SessionChange.FactsForgotten(List<Fact<?>> gone) -> with(facts.without(gone));
            case SessionChange.LoginChanged(Login now) -> with(now);
            case SessionChange.ActivityChanged(Activity now) -> with(now);
            case SessionChange.BrowserKeyChanged(String key) -> with(origin.withBrowserKey(key));
            case SessionChange.ServerDataChanged(Map<String, @Nullable Object> now) ->
                    withServerData(now);
            case SessionChange.OthersChanged(Map<String, @Nullable Object> now) ->
                    with(new GameData(data.serverData(), now));
        };
    }

    /** The same session with another claim of who the client is. */
    public SessionSync withClaim(@Nullable Claim claim) {
        return with(origin.withClaim(claim));
    }

    /**
     * The same session of a browser. If an account is logged in on the game's website, its number
     * is known; it is the game that logs it in.
     */
    public SessionSync withBrowser(@Nullable Browser browser) {
        return browser == null
                ? this
                : with(origin.withBrowserKey(browser.csessid()))
                        .with(new Login(login.loggedIn(), browser.uid(), login.uname(), null));
    }

    /** The same session with an account logged in. */
    public SessionSync withLogin(long account, String name) {
        return with(new Login(true, account, name, login.puid()));
    }

    /** The same session with other data of the game's own. */
    public SessionSync withServerData(Map<String, @Nullable Object> serverData) {
        return with(new GameData(serverData, data.others()));
    }

    /** The same session after that many inputs, the last of them at that time. */
    public SessionSync withInput(long total, Instant last) {
        return with(new Activity(activity.connTime(), last, last, total));
    }
}
