package lychgate.link.amp;

import lychgate.amp.AmpMessage;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.Box;
import lychgate.amp.MalformedException;
import lychgate.evennia.wire.LauncherOptions;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.RestartMode;
import lychgate.link.amp.AmpConnection.Role;
import lychgate.link.amp.DroppedMessages.Kind;

import java.util.function.LongSupplier;

/** Handles what Evennia's launcher asks and orders. Called on the loop's thread. */
final class LauncherOrders {
    private final AmpLoop loop;
    private final GameLife life;
    private final Launchers launchers;
    private final DroppedMessages dropped;
    private final LongSupplier nanoTime;

    LauncherOrders(
            AmpLoop loop,
            GameLife life,
            Launchers launchers,
            DroppedMessages dropped,
            LongSupplier nanoTime) {
        this.loop = loop;
        this.life = life;
        this.launchers = launchers;
        this.dropped = dropped;
        this.nanoTime = nanoTime;
    }

    /** Answers a question for the status. */
    void status(AmpConnection from, Ask ask) {
        prove(from);
        from.answer(ask, launchers.status(from, life.pid()));
    }

    /** Carries out an order to start, restart or stop the game. */
    void order(AmpConnection from, Ask ask) throws MalformedException {
        Operation operation = Operation.of(ask.arguments().text("operation"));
        LauncherOptions options = LauncherOptions.of(ask.arguments().get("arguments"));
        if (options == null || from.role() == Role.GAME) {
            dropped.drop(
                    from, ask, Kind.SENDER, "a launcher's order from a peer that is no launcher");
            return;
        }
        if (operation == null) {
            if (from.role() == Role.UNPROVEN) {
                throw new MalformedException("an unknown operation");
            }
            dropped.notRecognized(from, ask);
            return;
        }
        prove(from);
        long now = nanoTime.getAsLong();
        Runnable whenGone = () -> launchers.tell(from, life.pid());
        switch (operation) {
            case SSTART -> {
                if (!life.start(options.known(), now)) {
                    from.fail(
                            ask,
                            AmpMessage.EXCEPTION,
                            "Lychgate does not know where the game is: set evennia.game_dir");
                    return;
                }
            }
            case SRELOAD -> life.restart(RestartMode.RELOAD, whenGone, now);
            case SRESET -> life.restart(RestartMode.RESET, whenGone, now);
            case SSHUTD -> life.shutDown(false, whenGone, now);
            case PSHUTD -> life.shutDown(true, whenGone, now);
            case PCONN,
                    PDISCONN,
                    PSYNC,
                    SLOGIN,
                    SDISCONN,
                    SDISCONNALL,
                    SSYNC,
                    SCONN,
                    PCONNSYNC,
                    PDISCONNALL -> {
                dropped.notRecognized(from, ask);
                return;
            }
        }
        from.answer(ask, Box.EMPTY);
    }

    private void prove(AmpConnection from) {
        if (from.role() == Role.UNPROVEN) {
            loop.proven(from, Role.LAUNCHER);
        }
    }
}
