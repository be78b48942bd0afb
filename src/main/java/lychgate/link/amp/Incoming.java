package lychgate.link.amp;

import lychgate.amp.AmpMessage;
import lychgate.amp.AmpMessage.Answer;
import lychgate.amp.AmpMessage.Ask;
import lychgate.amp.AmpMessage.Failure;
import lychgate.amp.Box;
import lychgate.amp.MalformedException;
import lychgate.evennia.wire.Command;
import lychgate.link.amp.AmpConnection.Asked;
import lychgate.link.amp.AmpConnection.Role;
import lychgate.link.amp.DroppedMessages.Kind;
import lychgate.session.Meters;
import lychgate.text.OneLine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Dispatches what comes over the link: answers to whoever asked, messages of the game and of
 * launchers to their handlers. Called on the loop's thread.
 *
 * <p>A message that fails does not end the link: the next one stands on its own.
 */
final class Incoming implements Receiver {
    private static final Logger log = LoggerFactory.getLogger(Incoming.class);

    /** The counter of the time that work waits for the link's thread. */
    private static final String WAITS = "link";

    private final GameMessages game;
    private final GameArrivals arrivals;
    private final GameLife life;
    private final LauncherOrders launchers;
    private final DroppedMessages dropped;
    private final Set<Long> users;
    private final Meters meters;
    private final RareLog failures;
    private final RareLog bugs;

    /**
     * @param users whose processes may connect
     */
    Incoming(
            GameMessages game,
            GameArrivals arrivals,
            GameLife life,
            LauncherOrders launchers,
            DroppedMessages dropped,
            Set<Long> users,
            Meters meters,
            LongSupplier nanoTime) {
        this.game = game;
        this.arrivals = arrivals;
        this.life = life;
        this.launchers = launchers;
        this.dropped = dropped;
        this.users = Set.copyOf(users);
        this.meters = meters;
        this.failures = new RareLog(nanoTime);
        this.bugs = new RareLog(nanoTime);
    }

    @Override
    public void received(AmpConnection from, Box box) throws MalformedException {
        try {
            received(from, AmpMessage.of(box), box.isTruncated());
        } catch (MalformedException e) {
            dropped.drop(from, null, Kind.MESSAGE, e);
        } catch (RuntimeException e) {
            noteBug("an answer", e);
        }
    }

    private void received(AmpConnection from, AmpMessage message, boolean isTruncated)
            throws MalformedException {
        if (from.role() == Role.UNPROVEN && !(message instanceof Ask)) {
            throw new MalformedException("an answer before any question");
        }
        switch (message) {
            case Ask ask when isTruncated ->
                    dropped.drop(from, ask, Kind.LENGTH, "a box is too long");
            case Ask ask -> asked(from, ask);
            case Answer answer -> answered(from, answer.tag());
            case Failure failure -> {
                if (answered(from, failure.tag())) {
                    failures.log(
                            others ->
                                    log.warn(
                                            "AMP: the game answered with an error: {} {}{}",
                                            OneLine.of(failure.code()),
                                            OneLine.of(failure.description()),
                                            others));
                }
            }
        }
    }

    private void asked(AmpConnection from, Ask ask) throws MalformedException {
        try {
            switch (Command.of(ask.command())) {
                case FROM_SERVER -> game.output(from, ask);
                case ADMIN_FROM_SERVER -> game.administer(from, ask);
                case STATUS -> launchers.status(from, ask);
                case FROM_LAUNCHER -> launchers.order(from, ask);
                case TO_SERVER, ADMIN_TO_SERVER -> unknown(from, ask);
                case null -> unknown(from, ask);
            }
        } catch (MalformedException e) {
            dropped.drop(from, ask, Kind.PAYLOAD, e);
        } catch (RuntimeException e) {
            noteBug(OneLine.of(ask.command()), e);
            from.fail(ask, AmpMessage.EXCEPTION, "Lychgate could not handle the message");
        }
    }

    private void unknown(AmpConnection from, Ask ask) {
        from.fail(ask, AmpMessage.UNHANDLED, "Unhandled Command");
        dropped.count(from, Kind.COMMAND, "an unknown command");
    }

    /** Whether the answer was due. */
    private boolean answered(AmpConnection from, String tag) throws MalformedException {
        Asked asked = from.answered(tag);
        if (asked == null) {
            dropped.drop(from, null, Kind.ANSWER, "an answer to what was never asked, or a second");
            return false;
        }
        asked.answered();
        return true;
    }

    private void noteBug(String what, RuntimeException e) {
        bugs.log(
                others ->
                        log.error(
                                "AMP: internal error while handling {}, message dropped{}",
                                what,
                                others,
                                e));
    }

    @Override
    public boolean admits(long uid) {
        return users.contains(uid);
    }

    @Override
    public void lost(AmpConnection connection) {
        arrivals.lost(connection);
    }

    @Override
    public void refused(String reason) {
        meters.refused(reason);
    }

    @Override
    public void roundOver(long nanos) {
        meters.waited(WAITS, nanos);
        game.roundOver();
    }

    @Override
    public void tick(long now) {
        life.tick(now);
        arrivals.tick(now);
    }
}
