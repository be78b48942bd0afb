package lychgate.link.amp;

import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.Box;
import lychgate.amp.MalformedException;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.evennia.wire.PayloadReader;
import lychgate.evennia.wire.RestartMode;
import lychgate.link.amp.DroppedMessages.Kind;
import lychgate.session.CommandTuple;
import lychgate.session.Login;
import lychgate.session.PortalSide;
import lychgate.session.Values;
import lychgate.session.Weight;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Handles what the game sends and orders. Called on the loop's thread. */
final class GameMessages {
    private final CurrentGame game;
    private final GameArrivals arrivals;
    private final GameLife life;
    private final LinkedSessions sessions;
    private final AwaitedSessions awaited;
    private final PortalSide portal;
    private final DroppedMessages dropped;
    private final LongSupplier nanoTime;
    private final PayloadReader reader = new PayloadReader();

    GameMessages(
            CurrentGame game,
            GameArrivals arrivals,
            GameLife life,
            LinkedSessions sessions,
            AwaitedSessions awaited,
            PortalSide portal,
            DroppedMessages dropped,
            LongSupplier nanoTime) {
        this.game = game;
        this.arrivals = arrivals;
        this.life = life;
        this.sessions = sessions;
        this.awaited = awaited;
        this.portal = portal;
        this.dropped = dropped;
        this.nanoTime = nanoTime;
    }

    /** All that had come is passed on. */
    void roundOver() {
        portal.turnEnds();
    }

    /** Passes on output for a client. */
    void output(AmpConnection from, Ask ask) throws MalformedException {
        if (isOfGame(from, ask)) {
            PayloadReader.Output output = reader.output(ask);
            long id = output.sessid();
            List<CommandTuple> commands = output.commands();
            awaited.tell(id, () -> weight(commands), () -> sessions.dataOut(id, commands));
            from.answer(ask, Box.EMPTY);
        }
    }

    /** Handles an administrative message: the game has connected, or orders something. */
    void administer(AmpConnection from, Ask ask) throws MalformedException {
        Payload said = game.is(from) ? reader.ofGame(ask) : reader.ofStranger(ask);
        Operation operation = Operation.of(said.kwargs().get("operation"));
        if (operation == Operation.PSYNC) {
            arrivals.came(from, ask, said);
        } else if (isOfGame(from, ask)) {
            if (operation == null) {
                dropped.notRecognized(from, ask);
                return;
            }
            from.answer(ask, Box.EMPTY);
            from.flush(); // a game that stops waits for it
            administer(from, operation, said);
        }
    }

    private void administer(AmpConnection from, Operation operation, Payload said) {
        long now = nanoTime.getAsLong();
        switch (operation) {
            case SLOGIN -> changed(said.sessid(), sessionData(said));
            case SSYNC -> {
                if (!Boolean.FALSE.equals(said.kwargs().get("clean"))) {
                    life.saved(now);
                }
                sync(sessionData(said));
            }
            case SDISCONN -> disconnect(said.sessid(), reason(said));
            case SDISCONNALL -> {
                awaited.ids().forEach(id -> disconnect(id, reason(said)));
                sessions.ids().forEach(id -> disconnect(id, reason(said)));
            }
            case SRELOAD -> life.restart(RestartMode.RELOAD, null, now);
            case SRESET -> life.restart(RestartMode.RESET, null, now);
            case SSHUTD -> life.shutDown(false, null, now);
            case PSHUTD -> life.shutDown(true, null, now);
            case SCONN -> connectOutwards(from, said);
            case PCONN, PDISCONN, PSYNC, PCONNSYNC, PDISCONNALL, SSTART ->
                    dropped.count(
                            from, Kind.OPERATION, operation + ", which is not the game's to send");
        }
    }

    private static int weight(List<CommandTuple> commands) {
        return commands.stream().mapToInt(Weight::of).sum();
    }

    private void changed(long id, Map<?, ?> attributes) {
        awaited.tell(id, () -> Weight.of(attributes), () -> sessions.changed(id, attributes));
    }

    private void disconnect(long id, String reason) {
        awaited.tell(id, () -> Weight.of(reason), () -> portal.disconnect(id, reason));
    }

    /** A bot, which the game's account of that number controls. */
    private void connectOutwards(AmpConnection from, Payload said) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        if (Payload.plain(said.kwargs().get("config")) instanceof Map<?, ?> all) {
            all.forEach((key, value) -> config.put(String.valueOf(key), value));
        }
        if (config.remove("uid") instanceof Long uid && uid > 0) {
            portal.connectOutwards(
                    Values.text(said.kwargs().get("protocol_path")),
                    new Login(true, uid, null, null),
                    config);
        } else {
            dropped.count(from, Kind.OPERATION, "SCONN without an account");
        }
    }

    private void sync(Map<?, ?> data) {
        data.forEach(
                (id, attributes) -> {
                    if (id instanceof Long sessid && attributes instanceof Map<?, ?> map) {
                        changed(sessid, map);
                    }
                });
    }

    private boolean isOfGame(AmpConnection from, Ask ask) throws MalformedException {
        boolean isGame = game.is(from);
        if (!isGame) {
            dropped.drop(
                    from, ask, Kind.SENDER, "a game's message from a peer that is not the game");
        }
        return isGame;
    }

    private static Map<?, ?> sessionData(Payload said) {
        return said.kwargs().get("sessiondata") instanceof Map<?, ?> data ? data : Map.of();
    }

    private static String reason(Payload said) {
        return Values.text(Payload.plain(said.kwargs().get("reason")));
    }
}
