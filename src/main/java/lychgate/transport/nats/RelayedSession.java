package lychgate.transport.nats;

import lychgate.bus.ToPortal;
import lychgate.plugin.Admission.Place;
import lychgate.session.CommandTuple;
import lychgate.session.Departure;
import lychgate.session.PortalSession;
import lychgate.session.Presence;
import lychgate.session.SessionChange;

import java.util.List;

/** A session whose client is connected to another portal: whatever it is told travels there. */
final class RelayedSession implements PortalSession {
    private final long id;
    private final PortalTelling portal;
    private final Place place;
    private final LineCount lines = new LineCount(); // guarded by this
    private volatile boolean writable = true;
    private volatile boolean clientAway;
    private boolean gone; // guarded by this
    private boolean moved; // guarded by this
    private int presentIn; // belongs to the thread that delivers

    RelayedSession(long id, PortalTelling portal, Place place) {
        this.id = id;
        this.portal = portal;
        this.place = place;
    }

    long id() {
        return id;
    }

    // From its own portal.

    /** It is there when the stream of that epoch begins, or opened in it. */
    void presentIn(int epoch) {
        presentIn = epoch;
    }

    boolean isPresentIn(int epoch) {
        return presentIn == epoch;
    }

    /** Its commands have come; those that are to be done here, and now. */
    List<CommandTuple> take(long first, List<CommandTuple> commands) {
        for (CommandTuple command : commands) {
            if (Presence.isTold(command)) {
                clientAway = Presence.isAway(command);
            }
        }
        int again;
        synchronized (this) {
            if (moved) {
                return List.of(); // they are for the game of the other shard
            }
            again = lines.take(first, commands.size());
        }
        return commands.subList(again, commands.size());
    }

    /** The number of the last of its commands that the game has finished. */
    synchronized long answered() {
        return lines.answered();
    }

    /** Whether the client, as far as its own portal knows, has lost its connection. */
    boolean isClientAway() {
        return clientAway;
    }

    /** A command of this portal's own is about to be handed to the game. */
    synchronized void takeOwn() {
        lines.takeOwn();
    }

    void markWritable(boolean now) {
        writable = now;
    }

    /** Whether its client keeps up with reading. */
    boolean isWritable() {
        return writable;
    }

    /** It has ended; false if it had before. */
    synchronized boolean leave() {
        boolean first = !gone;
        gone = true;
        return first;
    }

    /** Gives its place back. */
    void giveBack() {
        place.giveBack();
    }

    // From the game, and this portal.

    @Override
    public void dataOut(List<CommandTuple> commands) {
        portal.output(id, commands);
    }

    @Override
    public void consumed(int commands) {
        long line;
        synchronized (this) {
            lines.finish(commands);
            line = lines.answered();
        }
        portal.send(new ToPortal.Answered(id, line));
    }

    @Override
    public void loggedIn(long account, String name) {
        portal.send(new ToPortal.LoggedIn(id, account, name));
    }

    @Override
    public void changed(List<SessionChange> changes) {
        portal.send(new ToPortal.Changed(id, changes));
    }

    @Override
    public boolean canMove() {
        return true;
    }

    @Override
    public void move(String shard) {
        synchronized (this) {
            moved = true;
        }
        portal.send(new ToPortal.Moved(id, shard));
    }

    @Override
    public void disconnect(String reason) {
        disconnect(reason, Departure.OVER);
    }

    /**
     * Has it ended by its own portal; but if this portal stops, nobody's session ends by that: it
     * waits for the game.
     */
    @Override
    public void disconnect(String reason, Departure why) {
        if (why != Departure.STOPPING) {
            portal.end(id, reason, why);
        }
    }
}
