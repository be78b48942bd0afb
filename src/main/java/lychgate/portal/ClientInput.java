package lychgate.portal;

import lychgate.plugin.OutboundLink;
import lychgate.session.CommandTuple;
import lychgate.session.Fact;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.Meters.Direction;
import lychgate.session.Presence;
import lychgate.text.Markup;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Hands the input of clients to the game: limited, cleaned and counted. Called on the threads of
 * the sessions.
 */
final class ClientInput {
    private static final Markup TOO_LONG =
            Markup.of(
                    "You entered a string that was too long. Please break it up into multiple"
                            + " parts.");
    private static final Markup TOO_FAST =
            Markup.of("You entered commands too fast. Wait a moment and try again.");
    private static final Markup READ_NO_MORE =
            Markup.of("|yThe game is still away: what you type now is read when it is back.|n");

    private final GameLink link;
    private final Meters meters;
    private final LongSupplier nanoTime;
    private final AtomicLong refused = new AtomicLong();

    ClientInput(GameLink link, Meters meters, LongSupplier nanoTime) {
        this.link = link;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** How often reading from a session was paused because too much was held for an absent game. */
    long refused() {
        return refused.get();
    }

    /** A client sent a command; whether it is handed to the game. */
    boolean of(OpenSession session, CommandTuple command) {
        if (!inTime(session)) {
            return false;
        }
        if (Presence.isTold(command)
                || (command.is(OutboundLink.BOT_DATA_IN) && !session.isOutbound())) {
            meters.malformed("reserved_name");
            return false;
        }
        session.way().begins(nanoTime);
        CommandTuple clean = CleanInput.of(command);
        if (clean.is(CommandTuple.TEXT)) {
            meters.line(Direction.IN);
            if (session.facts().is(Fact.LOCALECHO) && !session.hidden()) {
                session.say(Markup.literal(String.valueOf(clean.argument(0))));
            }
        }
        boolean full = takesRoom(session, clean);
        link.dataIn(session.id(), List.of(clean));
        if (full) {
            sayIfAway(session);
        }
        return true;
    }

    /** A client sent a line that has been dropped. */
    void lineTooLong(OpenSession session) {
        if (inTime(session)) {
            meters.refused("line_length");
            session.say(TOO_LONG);
        }
    }

    /** Whether a command is within the session's rate; warns at the first that is not. */
    private boolean inTime(OpenSession session) {
        InputRate.Verdict verdict = session.input();
        if (verdict == InputRate.Verdict.ALLOWED) {
            return true;
        }
        meters.refused("commands_per_second");
        if (verdict == InputRate.Verdict.FIRST_TOO_MANY) {
            session.say(TOO_FAST);
        }
        return false;
    }

    /** Hands the game a command of the portal's own. */
    void handOver(OpenSession session, CommandTuple command) {
        takesRoom(session, command);
        link.dataIn(session.id(), List.of(command));
    }

    /**
     * Commands that another portal has limited, cleaned and counted.
     *
     * @return whether the player has been told something
     */
    boolean relayed(OpenSession session, List<CommandTuple> commands) {
        session.way().begins(nanoTime);
        boolean full = false;
        for (CommandTuple command : commands) {
            full |= takesRoom(session, command);
        }
        link.dataIn(session.id(), commands);
        return full && sayIfAway(session);
    }

    /** Whether so much input waits now that the session must not be read. */
    private boolean takesRoom(OpenSession session, CommandTuple command) {
        boolean full = session.window().handedOver(command);
        session.way().handedOver(nanoTime);
        if (full) {
            session.windowChanged();
        }
        return full;
    }

    /** Tells a player whose input is not read that the game is away, if it is. */
    private boolean sayIfAway(OpenSession session) {
        boolean away = link.state() == GameLink.State.AWAY;
        if (away) {
            refused.incrementAndGet();
            meters.refused("held_input");
            session.say(READ_NO_MORE);
        }
        return away;
    }
}
