package lychgate.link.local;

import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.FactsUnderWay;
import lychgate.session.GameLink;
import lychgate.session.GameSide;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Connects the portal to a game in the same process. While the game restarts, what the portal tells
 * it is held here, in order, for the next one. How much is held is bounded by the sessions' input
 * windows.
 */
public final class LocalLink implements GameLink {
    private final Supplier<? extends GameSide> games;
    private final StampedLock lock =
            new StampedLock(); // read to tell the game; write to replace it
    private volatile GameSide game;
    private volatile @Nullable ConcurrentLinkedQueue<News> waiting = new ConcurrentLinkedQueue<>();
    private final FactsUnderWay facts = new FactsUnderWay();
    private @Nullable PortalSide portal;
    private final LongSupplier nanoTime;
    private final Map<Long, List<CommandTuple>> left = new LinkedHashMap<>();
    private volatile long awaySince;

    /** Something to tell the game about a session. */
    private record News(long sessid, Kind kind, Consumer<GameSide> telling) {
        boolean isOf(long session, Kind what) {
            return sessid == session && kind == what;
        }
    }

    private enum Kind {
        CONNECTED,
        COMMANDS,
        OTHER
    }

    /**
     * @param games creates the game, and the next one at each restart, not started yet
     * @param nanoTime a monotonic clock
     */
    public LocalLink(Supplier<? extends GameSide> games, LongSupplier nanoTime) {
        this.games = games;
        this.game = games.get();
        this.nanoTime = nanoTime;
        this.awaySince = nanoTime.getAsLong();
    }

    @Override
    public synchronized void start(PortalSide portalSide, List<SessionSync> sessions)
            throws IOException {
        portal = portalSide;
        begin(portalSide, sessions);
    }

    @Override
    public synchronized void reload(Supplier<List<SessionSync>> sessions) throws IOException {
        PortalSide told = portal;
        if (told == null) {
            throw new IllegalStateException("not started");
        }
        GameSide next = games.get(); // first: if there cannot be one, the old one goes on
        end();
        left.putAll(game.left());
        game = next;
        begin(told, sessions.get());
        told.reloaded(nanoTime.getAsLong() - awaySince);
    }

    @Override
    public synchronized void stop() {
        end();
    }

    @Override
    public boolean isInProcess() {
        return true;
    }

    @Override
    public State state() {
        return waiting == null ? State.UP : State.AWAY;
    }

    @Override
    public long awayNanos() {
        return waiting == null ? 0 : nanoTime.getAsLong() - awaySince;
    }

    @Override
    public void connected(SessionSync session) {
        tell(new News(session.sessid(), Kind.CONNECTED, to -> to.connected(session)));
    }

    @Override
    public void resumed(SessionSync session) {
        tell(new News(session.sessid(), Kind.CONNECTED, to -> to.resumed(session)));
    }

    @Override
    public void arrived(SessionSync session) {
        tell(new News(session.sessid(), Kind.CONNECTED, to -> to.arrived(session)));
    }

    @Override
    public void factsChanged(long sessid, ClientFacts facts) {
        if (this.facts.changed(sessid, facts)) {
            tell(new News(sessid, Kind.OTHER, to -> tellFacts(to, sessid)));
        }
    }

    @Override
    public void settled(long sessid) {
        tell(new News(sessid, Kind.OTHER, to -> to.settled(sessid)));
    }

    @Override
    public void dataIn(long sessid, List<CommandTuple> commands) {
        tell(new News(sessid, Kind.COMMANDS, to -> to.dataIn(sessid, commands)));
    }

    @Override
    public void disconnected(long sessid, String reason) {
        forgetStranger(sessid);
        tell(new News(sessid, Kind.OTHER, to -> to.disconnected(sessid, reason)));
    }

    @Override
    public void writable(long sessid, boolean writable) {
        tell(new News(sessid, Kind.OTHER, to -> to.writable(sessid, writable)));
    }

    @Override
    public List<String> troubles() {
        return game.troubles();
    }

    @Override
    public long busyNanos() {
        return game.busyNanos();
    }

    private void tellFacts(GameSide to, long sessid) {
        ClientFacts newest = facts.arrived(sessid);
        if (newest != null) {
            to.factsChanged(sessid, newest);
        }
    }

    /** Drops the commands of a session that connected and left while the game was away. */
    private void forgetStranger(long sessid) {
        ConcurrentLinkedQueue<News> queue = waiting;
        if (queue != null && queue.stream().anyMatch(news -> news.isOf(sessid, Kind.CONNECTED))) {
            queue.removeIf(news -> news.isOf(sessid, Kind.COMMANDS));
        }
    }

    private void tell(News news) {
        long stamp = lock.readLock();
        try {
            ConcurrentLinkedQueue<News> queue = waiting;
            if (queue == null) {
                news.telling.accept(game);
            } else {
                queue.add(news);
            }
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /**
     * Starts the game and tells it what was held, except connects that it knows of, and what the
     * previous game received and did not begin. If it cannot start, all that is for the next.
     */
    private void begin(PortalSide told, List<SessionSync> sessions) throws IOException {
        game.start(told, sessions);
        Set<Long> known =
                sessions.stream().map(SessionSync::sessid).collect(Collectors.toUnmodifiableSet());
        long stamp = lock.writeLock();
        try {
            List<News> late = waiting == null ? List.of() : new ArrayList<>(waiting);
            waiting = null;
            left.forEach((sessid, commands) -> game.dataIn(sessid, commands));
            left.clear();
            late.stream()
                    .filter(news -> news.kind != Kind.CONNECTED || !known.contains(news.sessid))
                    .forEach(news -> news.telling.accept(game));
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Holds everything from now on, and ends the game once it has done what it was told before. */
    private void end() {
        long stamp = lock.writeLock();
        try {
            if (waiting == null) {
                awaySince = nanoTime.getAsLong();
                waiting = new ConcurrentLinkedQueue<>();
            }
        } finally {
            lock.unlockWrite(stamp);
        }
        game.stop();
    }
}
