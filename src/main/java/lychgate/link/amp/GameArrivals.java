package lychgate.link.amp;

import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.Box;
import lychgate.amp.MalformedException;
import lychgate.evennia.wire.Command;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.evennia.wire.RestartMode;
import lychgate.evennia.wire.SyncAttributes;
import lychgate.link.Orphans;
import lychgate.link.amp.AmpConnection.Asked;
import lychgate.link.amp.AmpConnection.Role;
import lychgate.session.PortalSide;
import lychgate.session.Values;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which connection is the game: welcomes one that comes, and lets go of one that is gone or hangs.
 * There is one game at a time. On the loop's thread.
 */
final class GameArrivals {
    private static final Logger log = LoggerFactory.getLogger(GameArrivals.class);

    /**
     * How long the game may talk without answering. Longer, and its parser has gone astray: it
     * happens to Twisted's, and only a new connection mends it.
     */
    static final long ASTRAY_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** How long the game may be silent while it owes an answer. Longer, and it hangs. */
    static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(120);

    /**
     * How long the game that is there may take to answer when another connection claims to be it.
     * Shorter than {@link AmpLoop#UNPROVEN_NANOS}, until which the other connection is kept.
     */
    static final long CLAIM_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** What asks the game only to answer: there is no session of that number. */
    private static final Payload NOTHING = new Payload(0, Map.of());

    private final AmpLoop loop;
    private final CurrentGame game;
    private final GameLife life;
    private final LinkedSessions sessions;
    private final PortalSide portal;
    private final Launchers launchers;
    private final Orphans orphans;
    private final Instant portalStarted;
    private final LongSupplier nanoTime;
    private @Nullable Claim claim;
    private boolean hadGame;

    /**
     * A connection that says it is the game while the game has another.
     *
     * @param asked the game's connection, which is to answer
     */
    private record Claim(
            AmpConnection from,
            Ask ask,
            long pid,
            Map<?, ?> about,
            AmpConnection asked,
            long since) {}

    GameArrivals(
            AmpLoop loop,
            CurrentGame game,
            GameLife life,
            LinkedSessions sessions,
            PortalSide portal,
            Launchers launchers,
            Orphans orphans,
            Instant portalStarted,
            LongSupplier nanoTime) {
        this.loop = loop;
        this.game = game;
        this.life = life;
        this.sessions = sessions;
        this.portal = portal;
        this.launchers = launchers;
        this.orphans = orphans;
        this.portalStarted = portalStarted;
        this.nanoTime = nanoTime;
    }

    /** A game has come, or says that it has: it is the game if none lives. */
    void came(AmpConnection from, Ask ask, Payload said) throws MalformedException {
        if (!(said.kwargs().get("spid") instanceof Long pid)
                || pid <= 0
                || !(said.kwargs().get("info_dict") instanceof Map<?, ?> about)) {
            throw new MalformedException("a game that does not say which it is");
        }
        AmpConnection before = game.connection();
        if (before == null) {
            welcome(from, ask, pid, about);
        } else if (before == from) {
            sessions.lost();
            welcome(from, ask, pid, about);
        } else if (claim != null || !pid.equals(life.pid())) {
            refuseClaim(from, "a second game, while the first is there");
        } else {
            Claim made = new Claim(from, ask, pid, about, before, nanoTime.getAsLong());
            claim = made;
            before.ask(Command.TO_SERVER.text(), NOTHING.box(), () -> contested(made));
        }
    }

    /** A connection is gone. */
    void lost(AmpConnection connection) {
        Claim waiting = claim;
        if (waiting != null && waiting.from == connection) {
            claim = null;
        }
        if (game.is(connection)) {
            game.lost();
            sessions.lost();
            life.lost(nanoTime.getAsLong());
            takeOver();
        }
    }

    /** Looks whether the game has been silent for too long. */
    void tick(long now) {
        Claim waiting = claim;
        if (waiting != null && now - waiting.since >= CLAIM_NANOS) {
            log.warn("AMP connection of the game closed: it did not answer, and came again");
            loop.close(waiting.asked);
        }
        AmpConnection present = game.connection();
        Long since = present == null ? null : present.unansweredSince();
        if (present != null && since != null && hangs(now - since, present.receivedAt() - since)) {
            log.warn("the game does not answer: its link is cut, and it will come again");
            loop.close(present);
        }
    }

    private static boolean hangs(long owes, long talkedFor) {
        return owes > SILENT_NANOS || (owes > ASTRAY_NANOS && talkedFor > ASTRAY_NANOS);
    }

    /** The game that is there has answered, while another connection claims to be it. */
    @SuppressWarnings("ReferenceEquality") // a later claim may be alike
    private void contested(Claim made) {
        if (claim == made) {
            refuseClaim(made.from, "it claims to be the game, which answers elsewhere");
        }
    }

    private void refuseClaim(AmpConnection from, String why) {
        loop.refuse(from, "amp_second_game", why);
    }

    /** The game that was there is gone: who claimed to be it, is. */
    private void takeOver() {
        Claim made = claim;
        claim = null;
        if (made != null) {
            welcome(made.from, made.ask, made.pid, made.about);
        }
    }

    private void welcome(AmpConnection from, Ask ask, Long pid, Map<?, ?> about) {
        loop.proven(from, Role.GAME);
        from.answer(ask, Box.EMPTY);
        boolean same = pid.equals(life.pid());
        RestartMode mode = same ? null : life.mode(); // one that stayed begins nothing
        long now = nanoTime.getAsLong();
        long away = now - sessions.awaySince();
        game.becomes(from, about);
        sessions.found(from, same, life.wasRestarted(), attributes -> give(from, mode, attributes));
        forgetOrphans(from);
        life.linked(pid, now);
        log.info(
                "the game is there: {} {}, process {}, {} sessions",
                LogLines.oneLine(Values.text(about.get("servername"))),
                LogLines.oneLine(Values.text(about.get("version"))),
                pid,
                sessions.ids().size());
        if (hadGame) {
            portal.reloaded(away);
        }
        hadGame = true;
        launchers.tellAll(life.pid());
    }

    private void give(
            AmpConnection to,
            @Nullable RestartMode mode,
            Map<Long, Map<String, @Nullable Object>> attributes) {
        Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
        kwargs.put("server_restart_mode", mode == null ? null : mode.text());
        kwargs.put("sessiondata", attributes);
        kwargs.put("portal_start_time", SyncAttributes.seconds(portalStarted));
        Payload payload = Payload.of(Operation.PSYNC, 0, kwargs);
        to.ask(Command.ADMIN_TO_SERVER.text(), payload.box(), Asked.NOTHING_MORE);
    }

    /** Tells the game which sessions ended with the portal that was here before. */
    private void forgetOrphans(AmpConnection to) {
        List<Long> ids = orphans.ids();
        for (int i = 0; i < ids.size(); i++) {
            Payload payload = Payload.of(Operation.PDISCONN, ids.get(i), Map.of());
            Asked then = i < ids.size() - 1 ? Asked.NOTHING_MORE : orphans::gone;
            to.ask(Command.ADMIN_TO_SERVER.text(), payload.box(), then);
        }
    }
}
