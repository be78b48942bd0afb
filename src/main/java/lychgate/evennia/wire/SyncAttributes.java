package lychgate.evennia.wire;

import lychgate.session.Activity;
import lychgate.session.ClientFacts;
import lychgate.session.GameData;
import lychgate.session.Login;
import lychgate.session.Origin;
import lychgate.session.SessionSync;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A session in Evennia's notation: the attributes of its {@code SESSION_SYNC_ATTRS}, by name.
 *
 * <p>Whatever the Server sets is kept and given back unchanged, whether it means anything here or
 * not: after a restart, the Server knows nothing else.
 */
public final class SyncAttributes {
    /**
     * Attributes that the news of a client may hold: all others are the Server's by then. Evennia's
     * Portal tells {@code server_data} too, by which the Server would lose what it has changed
     * since it last told, and what did not reach another portal.
     */
    private static final List<String> NEWS =
            List.of("protocol_key", "address", "sessid", "csessid", "conn_time", "protocol_flags");

    /** Attributes that the Server sets and that have a meaning here; all others are kept. */
    private static final Set<String> MEANT =
            Set.of(
                    "sessid", // the portal's alone
                    "protocol_flags",
                    "uid",
                    "csessid",
                    "uname",
                    "logged_in",
                    "puid",
                    "conn_time",
                    "cmd_last",
                    "cmd_last_visible",
                    "cmd_total");

    private static final double MILLIS = 1e3;

    private SyncAttributes() {}

    /** All attributes. */
    public static Map<String, @Nullable Object> of(SessionSync sync) {
        Origin origin = sync.origin();
        Login login = sync.login();
        Activity activity = sync.activity();
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("protocol_key", protocolKey(origin.protocolKey()));
        attributes.put("address", origin.address());
        attributes.put("suid", null); // Evennia does not use it
        attributes.put("sessid", sync.sessid());
        attributes.put("uid", login.uid());
        attributes.put("csessid", origin.csessid());
        attributes.put("uname", login.uname());
        attributes.put("logged_in", login.loggedIn());
        attributes.put("puid", login.puid());
        attributes.put("conn_time", seconds(activity.connTime()));
        attributes.put("cmd_last", seconds(activity.cmdLast()));
        attributes.put("cmd_last_visible", seconds(activity.cmdLastVisible()));
        attributes.put("cmd_total", activity.cmdTotal());
        attributes.put("protocol_flags", flags(sync));
        attributes.put("server_data", sync.data().serverData());
        attributes.putAll(sync.data().others());
        return attributes;
    }

    /** What is known of the client. */
    public static Map<String, @Nullable Object> flags(SessionSync sync) {
        return ProtocolFlags.of(sync.origin().protocolKey(), sync.facts());
    }

    /** What is new of a client that the Server knows already. */
    public static Map<String, @Nullable Object> news(SessionSync sync) {
        Map<String, @Nullable Object> attributes = of(sync);
        attributes.keySet().retainAll(NEWS);
        return attributes;
    }

    /** The session with what the Server says of it; flags are merged, all else is replaced. */
    public static SessionSync merged(SessionSync sync, Map<?, ?> said) {
        return sync.with(origin(sync.origin(), said))
                .with(facts(sync, said))
                .with(login(sync.login(), said))
                .with(activity(sync.activity(), said))
                .with(data(sync, said));
    }

    /** The session as it is announced to a game that is to log its account in again. */
    public static SessionSync withoutPuppet(SessionSync sync) {
        Login login = sync.login();
        return sync.with(new Login(login.loggedIn(), login.uid(), login.uname(), null));
    }

    /**
     * The session as it is announced to a game that is to log in the account of its browser; the
     * same if that has none.
     */
    public static SessionSync loggedIn(SessionSync sync) {
        Long uid = sync.login().uid();
        return uid == null ? sync : sync.with(new Login(true, uid, null, null));
    }

    /** The session with a name for its account: while none is known, its number. */
    public static SessionSync named(SessionSync sync) {
        Login login = sync.login();
        return login.loggedIn() && login.uid() != null && login.uname() == null
                ? sync.withLogin(login.uid(), "#" + login.uid())
                : sync;
    }

    /** Seconds since 1970, as Python has them. */
    public static double seconds(Instant time) {
        return time.toEpochMilli() / MILLIS;
    }

    /** What Evennia calls a protocol. */
    private static String protocolKey(String ours) {
        return switch (ours) {
            case "telnet-tls" -> "telnet";
            case "ajax" -> "ajax/comet";
            default -> ours;
        };
    }

    private static Origin origin(Origin before, Map<?, ?> said) {
        return new Origin(
                before.protocolKey(),
                before.address(),
                said(said, "csessid", SyncAttributes::text, before.csessid()),
                before.claim());
    }

    private static ClientFacts facts(SessionSync before, Map<?, ?> said) {
        return said.get("protocol_flags") instanceof Map<?, ?> flags
                ? ProtocolFlags.merged(before.origin().protocolKey(), before.facts(), flags)
                : before.facts();
    }

    private static Login login(Login before, Map<?, ?> said) {
        return new Login(
                said.containsKey("logged_in")
                        ? Values.truth(said.get("logged_in"))
                        : before.loggedIn(),
                said(said, "uid", SyncAttributes::whole, before.uid()),
                said(said, "uname", SyncAttributes::text, before.uname()),
                said(said, "puid", SyncAttributes::whole, before.puid()));
    }

    private static Activity activity(Activity before, Map<?, ?> said) {
        return new Activity(
                time(said.get("conn_time"), before.connTime()),
                time(said.get("cmd_last"), before.cmdLast()),
                time(said.get("cmd_last_visible"), before.cmdLastVisible()),
                said.get("cmd_total") instanceof Long total ? total : before.cmdTotal());
    }

    /** What has no meaning here is kept; of what is the portal's to know, what differs. */
    private static GameData data(SessionSync before, Map<?, ?> said) {
        Origin origin = before.origin();
        Map<String, @Nullable Object> others = new LinkedHashMap<>(before.data().others());
        said.forEach(
                (key, value) -> {
                    if (key instanceof String name && !MEANT.contains(name)) {
                        boolean known =
                                switch (name) {
                                    case "protocol_key" ->
                                            protocolKey(origin.protocolKey()).equals(value);
                                    case "address" -> origin.address().equals(value);
                                    default -> false;
                                };
                        if (known) {
                            others.remove(name);
                        } else {
                            others.put(name, value);
                        }
                    }
                });
        return new GameData(before.data().serverData(), others);
    }

    private static <T> @Nullable T said(
            Map<?, ?> said,
            String name,
            Function<@Nullable Object, @Nullable T> reading,
            @Nullable T before) {
        return said.containsKey(name) ? reading.apply(said.get(name)) : before;
    }

    private static @Nullable Long whole(@Nullable Object value) {
        return value instanceof Long n ? n : null;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String s ? s : null;
    }

    private static Instant time(@Nullable Object value, Instant otherwise) {
        return value instanceof Number seconds
                        && Math.abs(seconds.doubleValue()) < Integer.MAX_VALUE * MILLIS
                ? Instant.ofEpochMilli(Math.round(seconds.doubleValue() * MILLIS))
                : otherwise;
    }
}
