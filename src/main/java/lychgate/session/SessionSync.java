package lychgate.session;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that must be known of a session on both sides of the link, so that a game that restarts gets
 * back what it had: Evennia's {@code SESSION_SYNC_ATTRS}, and room for more. Immutable.
 *
 * @param protocolKey what is spoken: {@code telnet}, {@code ssh}, {@code websocket}, …
 * @param address where the client is, without a port
 * @param suid unused, carried
 * @param sessid the session's number: positive, never used twice
 * @param uid the account's number, once logged in
 * @param csessid the browser's session key
 * @param uname the account's name, once logged in
 * @param loggedIn whether an account is logged in
 * @param puid the number of what the player acts as
 * @param connTime when the connection was made, or the account logged in
 * @param cmdLast when the last input came
 * @param cmdLastVisible when the last input came that counts against idleness
 * @param cmdTotal inputs so far
 * @param protocolFlags what is known of the client
 * @param serverData what the game keeps with the session
 * @param cmdsetStorageString what Evennia keeps of the session's command sets
 * @param others attributes that have no meaning here; a link hands them back as they came
 * @param claim who the client said it is when it came; null where it said nothing
 */
public record SessionSync(
        String protocolKey,
        String address,
        @Nullable Object suid,
        long sessid,
        @Nullable Long uid,
        @Nullable String csessid,
        @Nullable String uname,
        boolean loggedIn,
        @Nullable Long puid,
        Instant connTime,
        Instant cmdLast,
        Instant cmdLastVisible,
        long cmdTotal,
        ClientFacts protocolFlags,
        Map<String, @Nullable Object> serverData,
        @Nullable String cmdsetStorageString,
        Map<String, @Nullable Object> others,
        @Nullable Claim claim) {

    public SessionSync {
        serverData = Values.table(serverData);
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    /** A session whose client has said nothing of who it is. */
    public SessionSync(
            String protocolKey,
            String address,
            @Nullable Object suid,
            long sessid,
            @Nullable Long uid,
            @Nullable String csessid,
            @Nullable String uname,
            boolean loggedIn,
            @Nullable Long puid,
            Instant connTime,
            Instant cmdLast,
            Instant cmdLastVisible,
            long cmdTotal,
            ClientFacts protocolFlags,
            Map<String, @Nullable Object> serverData,
            @Nullable String cmdsetStorageString,
            Map<String, @Nullable Object> others) {
        this(
                protocolKey,
                address,
                suid,
                sessid,
                uid,
                csessid,
                uname,
                loggedIn,
                puid,
                connTime,
                cmdLast,
                cmdLastVisible,
                cmdTotal,
                protocolFlags,
                serverData,
                cmdsetStorageString,
                others,
                null);
    }

    /** A session that has just been opened. */
    public static SessionSync opened(
            long sessid, String protocolKey, String address, ClientFacts facts, Instant now) {
        return new SessionSync(
                protocolKey,
                address,
                null,
                sessid,
                null,
                null,
                null,
                false,
                null,
                now,
                now,
                now,
                0,
                facts,
                Map.of(),
                null,
                Map.of());
    }

    /** The same session, whose client says who it is. */
    public SessionSync withClaim(@Nullable Claim said) {
        return new SessionSync(
                protocolKey,
                address,
                suid,
                sessid,
                uid,
                csessid,
                uname,
                loggedIn,
                puid,
                connTime,
                cmdLast,
                cmdLastVisible,
                cmdTotal,
                protocolFlags,
                serverData,
                cmdsetStorageString,
                others,
                said);
    }

    /** The same session with an account logged in. */
    public SessionSync withLogin(long account, String name) {
        return new SessionSync(
                protocolKey,
                address,
                suid,
                sessid,
                account,
                csessid,
                name,
                true,
                puid,
                connTime,
                cmdLast,
                cmdLastVisible,
                cmdTotal,
                protocolFlags,
                serverData,
                cmdsetStorageString,
                others,
                claim);
    }

    /** The same session with other facts of its client. */
    public SessionSync withFacts(ClientFacts facts) {
        return new SessionSync(
                protocolKey,
                address,
                suid,
                sessid,
                uid,
                csessid,
                uname,
                loggedIn,
                puid,
                connTime,
                cmdLast,
                cmdLastVisible,
                cmdTotal,
                facts,
                serverData,
                cmdsetStorageString,
                others,
                claim);
    }

    /** The same session with other data of the game's. */
    public SessionSync withServerData(Map<String, @Nullable Object> data) {
        return new SessionSync(
                protocolKey,
                address,
                suid,
                sessid,
                uid,
                csessid,
                uname,
                loggedIn,
                puid,
                connTime,
                cmdLast,
                cmdLastVisible,
                cmdTotal,
                protocolFlags,
                data,
                cmdsetStorageString,
                others,
                claim);
    }

    /** The same session after that many inputs, the last of them then. */
    public SessionSync withInput(long total, Instant last) {
        return new SessionSync(
                protocolKey,
                address,
                suid,
                sessid,
                uid,
                csessid,
                uname,
                loggedIn,
                puid,
                connTime,
                last,
                last,
                total,
                protocolFlags,
                serverData,
                cmdsetStorageString,
                others,
                claim);
    }
}
