package lychgate.portal;

import lychgate.plugin.OutboundFactory;
import lychgate.plugin.OutboundSession;
import lychgate.session.Login;
import lychgate.session.Meters;
import lychgate.text.OneLine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens the outbound sessions that the game asks for, with what plugins offer: one for each
 * account. A game that restarts, or has died, asks again for those that it has.
 */
final class OutboundSessions {
    private static final Logger log = LoggerFactory.getLogger(OutboundSessions.class);

    /** Most outbound sessions: each has threads and a connection, and no game has so many bots. */
    static final int MAX_SESSIONS = 128;

    /** Most names that nobody offers and that are remembered as logged. */
    private static final int MAX_UNKNOWN = 64;

    private final PortalSessions sessions;
    private final Meters meters;
    private final Map<String, OutboundFactory> offers = new ConcurrentHashMap<>();
    private final Map<Object, OutboundConnection> byAccount = new HashMap<>(); // guarded by this
    private final Map<Object, Waiting> waiting = new LinkedHashMap<>(); // guarded by this
    private final Set<String> unknown = new HashSet<>(); // guarded by this

    /**
     * A request that no plugin can fulfil yet: a game in process starts before the plugins do.
     *
     * @param looks how often {@link #look} has seen it
     */
    private record Waiting(
            String kind, Login account, Map<String, @Nullable Object> config, int looks) {}

    OutboundSessions(PortalSessions sessions, Meters meters) {
        this.sessions = sessions;
        this.meters = meters;
    }

    synchronized void offer(Set<String> names, OutboundFactory factory) {
        names.forEach(name -> offers.put(name, factory));
        for (Waiting request : List.copyOf(waiting.values())) {
            if (names.contains(request.kind)) {
                open(request.kind, request.account, request.config);
            }
        }
    }

    /**
     * Makes what undoes the offers that follow: those of before hold again, and the sessions that
     * have come of later ones are ended.
     */
    synchronized Runnable undoesOffers() {
        Map<String, OutboundFactory> before = Map.copyOf(offers);
        return () -> offersAgain(before);
    }

    private synchronized void offersAgain(Map<String, OutboundFactory> before) {
        Set<OutboundFactory> withdrawn = Collections.newSetFromMap(new IdentityHashMap<>());
        withdrawn.addAll(offers.values());
        before.values().forEach(withdrawn::remove);
        offers.clear();
        offers.putAll(before);
        for (OutboundConnection connection : List.copyOf(byAccount.values())) {
            if (withdrawn.contains(connection.factory())) {
                connection.disconnect("not offered any more");
            }
        }
    }

    /** Reports requests that have waited since the last look. */
    synchronized void look() {
        waiting.replaceAll(
                (_, request) -> {
                    if (request.looks == 1) {
                        report(request.kind);
                    }
                    return new Waiting(
                            request.kind, request.account, request.config, request.looks + 1);
                });
    }

    private void report(String kind) {
        meters.refused("outbound_unknown");
        if (unknown.size() < MAX_UNKNOWN && unknown.add(kind)) {
            log.warn(
                    "the game asked for the outbound session {}, which no plugin offers"
                            + " (docs/bridge.md)",
                    OneLine.of(kind));
        }
    }

    /** Opens a session for the account, unless it has that very one. */
    synchronized void open(String kind, Login account, Map<String, @Nullable Object> config) {
        Object key = account.uid() != null ? account.uid() : String.valueOf(account.uname());
        OutboundConnection present = byAccount.get(key);
        if (present != null && present.is(kind, config)) {
            log.debug("outbound session {} for {} exists already", kind, key);
            return;
        }
        waiting.remove(key);
        if (present == null && byAccount.size() + waiting.size() >= MAX_SESSIONS) {
            meters.refused("outbound_sessions");
            log.warn("outbound session {} refused: there are {} already", kind, MAX_SESSIONS);
            return;
        }
        OutboundFactory factory = offers.get(kind);
        if (factory == null) {
            waiting.put(key, new Waiting(kind, account, config, 0));
            return;
        }
        OutboundSession opened = opened(factory, kind, config);
        if (opened == null) {
            return;
        }
        if (present != null) {
            present.disconnect("replaced");
        }
        OutboundConnection connection =
                new OutboundConnection(
                        new OutboundConnection.Request(kind, config),
                        factory,
                        opened,
                        sessions,
                        meters,
                        ended -> ended(key, ended));
        byAccount.put(key, connection);
        sessions.connect(connection, account);
        connection.start();
    }

    private @Nullable OutboundSession opened(
            OutboundFactory factory, String kind, Map<String, @Nullable Object> config) {
        try {
            return factory.open(config);
        } catch (IllegalArgumentException e) {
            meters.refused("outbound_config");
            log.warn(
                    "outbound session {} refused: {}",
                    kind,
                    OneLine.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException | LinkageError e) {
            meters.refused("outbound_config");
            log.error("outbound session {} could not be made", kind, e);
        }
        return null;
    }

    private synchronized void ended(Object key, OutboundConnection which) {
        byAccount.remove(key, which);
    }
}
