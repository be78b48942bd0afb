package lychgate.testing;

import lychgate.session.CommandTuple;
import lychgate.session.Login;
import lychgate.session.PortalSide;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Records what a game tells the portal, in order, and what the portal would keep of its sessions. A
 * test can wait for a record. Thread safe.
 */
public final class RecordingPortalSide implements PortalSide {
    private final List<Told> told = new ArrayList<>();
    private final List<List<Told>> turns = new ArrayList<>();
    private final List<Told> turn = new ArrayList<>();
    private final Map<Long, SessionSync> kept = new HashMap<>();
    private volatile Set<String> shards = Set.of();

    /** One thing that was told. */
    public sealed interface Told {
        /** The session that it is about. */
        long sessid();
    }

    /** Commands for the client. */
    public record Sent(long sessid, List<CommandTuple> commands) implements Told {}

    /** So many commands of the client have been dealt with. */
    public record Consumed(long sessid, int commands) implements Told {}

    /** An account has been logged in. */
    public record LoggedIn(long sessid, long account, String name) implements Told {}

    /** What is kept of the session has been changed, to this. */
    public record Synced(long sessid, SessionSync sync) implements Told {}

    /** The session is to end. */
    public record Ended(long sessid, String reason) implements Told {}

    /** A session that connects to somewhere else is wanted; it has no number yet. */
    public record Outwards(
            long sessid, String kind, Login account, Map<String, @Nullable Object> config)
            implements Told {}

    /** It is to go to the game of another shard. */
    public record Moved(long sessid, String shard) implements Told {}

    /** Games of those shards answer from now on. */
    public void knowsShards(Set<String> answering) {
        shards = Set.copyOf(answering);
    }

    @Override
    public Set<String> shards() {
        return shards;
    }

    @Override
    public boolean canMove(long sessid, String shard) {
        return shards.contains(shard);
    }

    @Override
    public void move(long sessid, String shard) {
        note(new Moved(sessid, shard));
    }

    @Override
    public void reloaded(long awayNanos) {
        throw new AssertionError("a game does not know that it has been restarted");
    }

    @Override
    public synchronized void turnEnds() {
        if (!turn.isEmpty()) {
            turns.add(List.copyOf(turn));
            turn.clear();
        }
    }

    /** What was told in each turn that is over and in which something was. */
    public synchronized List<List<Told>> turns() {
        return List.copyOf(turns);
    }

    /** A session that the game is about to hear of. */
    public synchronized void keep(SessionSync sync) {
        kept.put(sync.sessid(), sync);
    }

    /** What is kept of a session. */
    public synchronized SessionSync kept(long sessid) {
        SessionSync sync = kept.get(sessid);
        if (sync == null) {
            throw new AssertionError("there is no session " + sessid);
        }
        return sync;
    }

    /** All that was told about a session. */
    public synchronized List<Told> told(long sessid) {
        return told.stream().filter(one -> one.sessid() == sessid).toList();
    }

    /** The commands that were sent to a session, however they were put together. */
    public synchronized List<CommandTuple> commands(long sessid) {
        List<CommandTuple> commands = new ArrayList<>();
        for (Told one : told) {
            if (one instanceof Sent sent && sent.sessid == sessid) {
                commands.addAll(sent.commands);
            }
        }
        return commands;
    }

    /** Waits until a look at this gives something else than null, and gives that. */
    public synchronized <T> T await(String what, Function<RecordingPortalSide, @Nullable T> look) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.PATIENCE_SECONDS);
        for (T found = look.apply(this); ; found = look.apply(this)) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (found != null) {
                return found;
            }
            if (left <= 0) {
                throw new AssertionError("waited in vain for " + what + "; at last told " + last());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    @Override
    public void dataOut(long sessid, List<CommandTuple> commands) {
        note(new Sent(sessid, List.copyOf(commands)));
    }

    @Override
    public void consumed(long sessid, int commands) {
        note(new Consumed(sessid, commands));
    }

    @Override
    public synchronized void loggedIn(long sessid, long account, String name) {
        kept.computeIfPresent(sessid, (_, sync) -> sync.withLogin(account, name));
        note(new LoggedIn(sessid, account, name));
    }

    @Override
    public synchronized void sync(long sessid, List<SessionChange> changes) {
        SessionSync after = kept.computeIfPresent(sessid, (_, sync) -> sync.with(changes));
        if (after != null) {
            note(new Synced(sessid, after));
        }
    }

    @Override
    public void disconnect(long sessid, String reason) {
        note(new Ended(sessid, reason));
    }

    @Override
    public void connectOutwards(String kind, Login account, Map<String, @Nullable Object> config) {
        note(new Outwards(0, kind, account, config));
    }

    private List<Told> last() {
        return told.subList(Math.max(0, told.size() - 5), told.size());
    }

    private synchronized void note(Told news) {
        told.add(news);
        turn.add(news);
        notifyAll();
    }
}
