package lychgate.link.amp;

import lychgate.session.ClientFacts;
import lychgate.session.SessionSync;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session as Evennia writes it: the attributes of its {@code SESSION_SYNC_ATTRS}, by name.
 *
 * <p>What the Server says of a session is kept and given back as it was, whether it has a meaning
 * here or not: it is what the Server knows after a restart.
 */
final class SyncAttributes {
    /** Attributes that the news of a client may hold: all others are the Server's by then. */
    private static final List<String> NEWS =
            List.of(
                    "protocol_key",
                    "address",
                    "sessid",
                    "csessid",
                    "conn_time",
                    "protocol_flags",
                    "server_data");

    private static final double MILLIS = 1e3;

    private SyncAttributes() {}

    /** All attributes. */
    static Map<String, @Nullable Object> of(SessionSync sync) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("protocol_key", protocolKey(sync.protocolKey()));
        attributes.put("address", sync.address());
        attributes.put("suid", sync.suid());
        attributes.put("sessid", sync.sessid());
        attributes.put("uid", sync.uid());
        attributes.put("csessid", sync.csessid());
        attributes.put("uname", sync.uname());
        attributes.put("logged_in", sync.loggedIn());
        attributes.put("puid", sync.puid());
        attributes.put("conn_time", seconds(sync.connTime()));
        attributes.put("cmd_last", seconds(sync.cmdLast()));
        attributes.put("cmd_last_visible", seconds(sync.cmdLastVisible()));
        attributes.put("cmd_total", sync.cmdTotal());
        attributes.put("protocol_flags", flags(sync));
        attributes.put("server_data", sync.serverData());
        attributes.putAll(sync.others());
        return attributes;
    }

    /** What is known of the client. */
    static Map<String, @Nullable Object> flags(SessionSync sync) {
        return ProtocolFlags.of(sync.protocolKey(), sync.protocolFlags());
    }

    /** What is new of a client that the Server knows already. */
    static Map<String, @Nullable Object> news(SessionSync sync) {
        Map<String, @Nullable Object> attributes = of(sync);
        attributes.keySet().retainAll(NEWS);
        return attributes;
    }

    /** The session with what the Server says of it; flags are merged, all else is replaced. */
    static SessionSync merged(SessionSync sync, Map<?, ?> said) {
        Merge merge = new Merge(sync);
        said.forEach(
                (name, value) -> {
                    if (name instanceof String attribute) {
                        merge.take(attribute, value);
                    }
                });
        return merge.merged();
    }

    /** The session as it is announced to a game that is to log its account in again. */
    static SessionSync withoutPuppet(SessionSync sync) {
        Merge merge = new Merge(sync);
        merge.take("puid", null);
        return merge.merged();
    }

    /** How an account is called while its name is not known: by its number in the database. */
    static String dbref(long uid) {
        return "#" + uid;
    }

    /** Seconds since 1970, as Python has them. */
    static double seconds(Instant time) {
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

    /** A session that is being changed. */
    private static final class Merge {
        private final SessionSync before;
        private final Map<String, @Nullable Object> others;
        private @Nullable Long uid;
        private @Nullable String csessid;
        private @Nullable String uname;
        private boolean loggedIn;
        private @Nullable Long puid;
        private Instant connTime;
        private Instant cmdLast;
        private Instant cmdLastVisible;
        private long cmdTotal;
        private ClientFacts facts;
        private @Nullable String cmdsets;

        Merge(SessionSync sync) {
            before = sync;
            others = new LinkedHashMap<>(sync.others());
            uid = sync.uid();
            csessid = sync.csessid();
            uname = sync.uname();
            loggedIn = sync.loggedIn();
            puid = sync.puid();
            connTime = sync.connTime();
            cmdLast = sync.cmdLast();
            cmdLastVisible = sync.cmdLastVisible();
            cmdTotal = sync.cmdTotal();
            facts = sync.protocolFlags();
            cmdsets = sync.cmdsetStorageString();
        }

        void take(String name, @Nullable Object value) {
            switch (name) {
                case "sessid" -> {} // the portal's alone
                case "protocol_flags" -> {
                    if (value instanceof Map<?, ?> flags) {
                        facts = ProtocolFlags.merged(before.protocolKey(), facts, flags);
                    }
                }
                case "protocol_key" -> keep(name, value, protocolKey(before.protocolKey()));
                case "address" -> keep(name, value, before.address());
                case "uid" -> uid = whole(value);
                case "csessid" -> csessid = text(value);
                case "uname" -> uname = text(value);
                case "logged_in" -> loggedIn = Values.truth(value);
                case "puid" -> puid = whole(value);
                case "conn_time" -> connTime = time(value, connTime);
                case "cmd_last" -> cmdLast = time(value, cmdLast);
                case "cmd_last_visible" -> cmdLastVisible = time(value, cmdLastVisible);
                case "cmd_total" -> cmdTotal = value instanceof Long total ? total : cmdTotal;
                default -> {
                    others.put(name, value);
                    if (name.equals("cmdset_storage_string")) {
                        cmdsets = text(value);
                    }
                }
            }
        }

        /** Keeps what the Server made of something that is ours to know. */
        private void keep(String name, @Nullable Object value, String ours) {
            if (ours.equals(value)) {
                others.remove(name);
            } else {
                others.put(name, value);
            }
        }

        SessionSync merged() {
            return new SessionSync(
                    before.protocolKey(),
                    before.address(),
                    before.suid(),
                    before.sessid(),
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
                    before.serverData(),
                    cmdsets,
                    others);
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
}
