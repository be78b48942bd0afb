package lychgate.link.amp;

import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.Box;
import lychgate.amp.MalformedException;
import lychgate.evennia.wire.Command;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.evennia.wire.RestartMode;
import lychgate.evennia.wire.SyncAttributes;
import lychgate.link.amp.AmpConnection.Asked;
import lychgate.link.amp.AmpConnection.Role;
import lychgate.session.PortalSide;
import lychgate.session.Values;
import lychgate.text.OneLine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides which connection is the game: welcomes a game that connects, and disconnects one that
 * hangs. There is one game at a time. Called on the loop's thread.
 */
final class GameArrivals {
    private static final Logger log = LoggerFactory.getLogger(GameArrivals.class);

    /**
     * How long the game may send messages without answering ours. Longer, and Twisted's parser has
     * lost its place, which only a new connection mends.
     */
    static final long ASTRAY_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** How long the game may be silent while it owes an answer. Longer, and it hangs. */
    static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(120);

    /**
     * How long the connected game may take to answer when another connection claims to be it.
     * Shorter than {@link AmpLoop#UNPROVEN_NANOS}, until which the other connection is kept.
     */
    static final long CLAIM_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** A message that makes the game answer and nothing else: session 0 does not exist. */
    private static final Payload NOTHING = new Payload(0, Map.of());

    private final AmpLoop loop;
    private final CurrentGame game;
    private final GameLife life;
    private final LinkedSessions sessions;
    private final PortalSide portal;
    private final Launchers launchers;
    private final ForgottenSessions forgotten;
    private final Instant portalStarted;
    private final LongSupplier nanoTime;
    private @Nullable Claim claim;
    private boolean hadGame;

    /**
     * A connection that claims to be the game that is connected already.
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
            ForgottenSessions forgotten,
            Instant portalStarted,
            LongSupplier nanoTime) {
        this.loop = loop;
        this.game = game;
        this.life = life;
        this.sessions = sessions;
        this.portal = portal;
        this.launchers = launchers;
        this.forgotten = forgotten;
        this.portalStarted = portalStarted;
        this.nanoTime = nanoTime;
    }

    /** A peer says that it is the game. It becomes the game unless another one is alive. */
    void came(AmpConnection from, Ask ask, Payload said) throws MalformedException {
        if (!(said.kwargs().get("spid") instanceof Long pid)
                || pid <= 0
                || !(said.kwargs().get("info_dict") instanceof Map<?, ?> about)) {
            throw new MalformedException("a game without a process number");
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

    /** A connection has been closed. */
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

    /** Disconnects a game that has been silent for too long, and tells it who has not come back. */
    void tick(long now) {
        Claim waiting = claim;
        if (waiting != null && now - waiting.since >= CLAIM_NANOS) {
            log.warn(
                    "AMP connection of the game closed: no answer, and the game has connected"
                            + " again");
            loop.close(waiting.asked);
        }
        AmpConnection present = game.connection();
        if (present != null) {
            forgotten.tell(present, sessions::has);
        }
        Long since = present == null ? null : present.unansweredSince();
        if (present != null && since != null && hangs(now - since, present.receivedAt() - since)) {
            log.warn("AMP connection of the game closed: timeout, no answer; it will reconnect");
            loop.close(present);
        }
    }

    private static boolean hangs(long owes, long talkedFor) {
        return owes > SILENT_NANOS || (owes > ASTRAY_NANOS && talkedFor > ASTRAY_NANOS);
    }

    /** The connected game has answered, so that the claim is false. */
    @SuppressWarnings("ReferenceEquality") // a later claim may be alike
    private void contested(Claim made) {
        if (claim == made) {
            refuseClaim(
                    made.from, "it claims to be the game, which is alive on another connection");
        }
    }

    private void refuseClaim(AmpConnection from, String why) {
        loop.refuse(from, "amp_second_game", why);
    }

    /** Welcomes the connection that claimed to be the game that is gone. */
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
        RestartMode mode =
                same ? null : life.mode(); // a game that kept running has nothing to begin
        long now = nanoTime.getAsLong();
        long away = now - sessions.awaySince();
        game.becomes(from, about);
        sessions.found(
                from,
                new Arrival(pid, same, life.wasRestarted()),
                attributes -> give(from, mode, attributes));
        forgotten.tell(from, sessions::has);
        life.linked(pid, now);
        log.info(
                "game connected: {} {}, process {}, {} sessions",
                OneLine.of(Values.text(about.get("servername"))),
                OneLine.of(Values.text(about.get("version"))),
                pid,
                sessions.ids().size());
        if (hadGame) {
            portal.reloaded(away);
        }
        hadGame = true;
        launchers.tellAll(life.pid());
    }

    private void give(
            AmpConnection to, @Nullable RestartMode mode, Map<Long, Map<?, ?>> attributes) {
        Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
        kwargs.put("server_restart_mode", mode == null ? null : mode.text());
        kwargs.put("sessiondata", attributes);
        kwargs.put("portal_start_time", SyncAttributes.seconds(portalStarted));
        Payload payload = Payload.of(Operation.PSYNC, 0, kwargs);
        to.ask(Command.ADMIN_TO_SERVER.text(), payload.box(), Asked.NOTHING_MORE);
    }
}
