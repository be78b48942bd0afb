package lychgate.portal;

import lychgate.plugin.PortalSessionHandler.Registration;
import lychgate.plugin.RelayedSessions;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.Meters.Direction;
import lychgate.session.PortalSession;
import lychgate.session.Presence;
import lychgate.session.SessionSync;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/** The portal's sessions whose clients are connected to other portals. */
final class RelayedConnections implements RelayedSessions {
    private static final Logger log = LoggerFactory.getLogger(RelayedConnections.class);

    private final PortalSessions sessions;
    private final ClientInput input;
    private final GameLink link;
    private final Meters meters;
    private final List<Runnable> atTurnEnds = new CopyOnWriteArrayList<>();
    private final List<LongConsumer> atReloads = new CopyOnWriteArrayList<>();

    RelayedConnections(PortalSessions sessions, ClientInput input, GameLink link, Meters meters) {
        this.sessions = sessions;
        this.input = input;
        this.link = link;
        this.meters = meters;
    }

    @Override
    public Registration open(PortalSession connection, SessionSync sync) {
        OpenSession session = sessions.registerRelayed(connection, sync);
        logOpening("opened", sync);
        link.connected(sync);
        return session;
    }

    @Override
    public Registration resume(PortalSession connection, SessionSync sync, boolean told) {
        OpenSession session = sessions.registerRelayed(connection, sync);
        if (told) {
            session.toldAway();
        }
        logOpening("resumed", sync);
        link.resumed(sync);
        return session;
    }

    @Override
    public Registration arrive(PortalSession connection, SessionSync sync) {
        OpenSession session = sessions.registerRelayed(connection, sync);
        logOpening("arrived", sync);
        link.arrived(sync);
        return session;
    }

    private static void logOpening(String what, SessionSync sync) {
        log.info(
                "{} {} from {} over {}, at another portal",
                sync.sessid(),
                what,
                sync.origin().address(),
                sync.origin().protocolKey());
    }

    @Override
    public void dataIn(PortalSession connection, List<CommandTuple> commands) {
        OpenSession session = sessions.get(connection);
        if (session == null) {
            return;
        }
        commands.forEach(command -> note(session, command));
        if (input.relayed(session, commands)) {
            turnEnds();
        }
    }

    private void note(OpenSession session, CommandTuple command) {
        if (!Presence.isTold(command)) {
            session.relayedInput();
            if (command.is(CommandTuple.TEXT)) {
                meters.line(Direction.IN);
            }
        } else if (Presence.isAway(command)) {
            session.leftAlone();
        } else {
            session.rejoined();
        }
    }

    @Override
    public void facts(PortalSession connection, ClientFacts facts) {
        OpenSession session = sessions.get(connection);
        if (session != null && !session.facts().equals(facts)) {
            session.change(sync -> sync.with(facts));
            link.factsChanged(session.id(), facts);
        }
    }

    @Override
    public void moved(PortalSession connection, String protocolKey, String address) {
        OpenSession session = sessions.get(connection);
        if (session != null) {
            sessions.moved(session, protocolKey, address);
        }
    }

    @Override
    public void whenTurnEnds(Runnable task) {
        atTurnEnds.add(task);
    }

    @Override
    public void whenReloaded(LongConsumer back) {
        atReloads.add(back);
    }

    void turnEnds() {
        for (Runnable task : atTurnEnds) {
            try {
                task.run();
            } catch (RuntimeException e) { // whoever calls is about to serve everybody else
                log.error("could not pass on what the game sent to other portals", e);
            }
        }
    }

    void reloaded(long awayNanos) {
        for (LongConsumer back : atReloads) {
            back.accept(awayNanos);
        }
    }
}
