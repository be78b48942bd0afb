package lychgate.link.nats;

import lychgate.bus.Messages;
import lychgate.bus.ToGame;
import lychgate.nats.NatsStream;
import lychgate.rounds.Round;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.Meters;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the game of a shard is told of its sessions, as far as its stream goes. All about a session
 * is called under that session's lock.
 */
final class GameTelling {
    private final NatsStream stream;
    private final Runnable flush;
    private final Map<Long, ShardSession> sessions; // of all shards
    private final LeftSessions left;
    private final Meters meters;
    private final InstantSource clock;
    private final Set<ShardSession> withNews = ConcurrentHashMap.newKeySet(); // to who knows them
    private volatile int epoch; // 0: there is no stream
    private volatile boolean ready; // the game has all sessions
    private volatile boolean starved; // something is held because the stream was full

    /**
     * @param sessions of all shards
     * @param left those of them whose clients are gone
     */
    GameTelling(
            NatsStream stream,
            Map<Long, ShardSession> sessions,
            LeftSessions left,
            Meters meters,
            InstantSource clock) {
        this.stream = stream;
        this.flush = stream::flush;
        this.sessions = sessions;
        this.left = left;
        this.meters = meters;
        this.clock = clock;
    }

    /** A stream has begun: the game knows nobody yet. */
    void begin(int of) {
        ready = false;
        epoch = of;
        withNews.clear(); // what is known of a client is told with its session
    }

    /** The game has all sessions, and takes commands. */
    void open() {
        ready = true;
    }

    /** There is no game. */
    void end() {
        begin(0);
    }

    /** Whether the game takes commands. */
    boolean isOpen() {
        return ready;
    }

    /** Whether something is held because the stream was full, and could be sent now; once. */
    boolean hasRoomAgain() {
        boolean again = starved && stream.roomy();
        if (again) {
            starved = false;
        }
        return again;
    }

    /** Tells what clients have changed since the last time. */
    void tellAllNews() {
        if (withNews.isEmpty() || !ready || stream.full()) {
            return; // a game that does not listen is told the newest later
        }
        List<ShardSession> due = List.copyOf(withNews);
        due.forEach(withNews::remove);
        for (ShardSession session : due) {
            synchronized (session) {
                tellNews(session);
            }
        }
        stream.flush();
    }

    void connected(ShardSession session) {
        tell(session);
        stream.flush();
    }

    void factsChanged(ShardSession session, ClientFacts facts) {
        session.learn(facts);
        int now = epoch;
        if (now != 0 && session.isToldIn(now)) {
            withNews.add(session); // with the next tick: a client changes faster than a game need
        }
    }

    void settled(ShardSession session) {
        session.settle();
        if (session.isToldIn(epoch)) {
            tellNews(session);
            send(new ToGame.Settled(session.id()));
        }
    }

    void writable(ShardSession session, boolean writable) {
        session.writable(writable);
        if (session.isToldIn(epoch)) {
            send(new ToGame.Writable(session.id(), writable));
        }
    }

    void dataIn(ShardSession session, List<CommandTuple> commands) {
        session.type(commands, clock.instant());
        sendHeld(session);
        Round.atEnd(flush);
    }

    /** The client is gone: the game is told once nothing of it is left to be done. */
    void disconnected(ShardSession session, String reason) {
        if (session.end(reason)) {
            remove(session);
            return;
        }
        leaveIfDone(session);
        if (sessions.containsKey(session.id()) && !left.mayWait(session)) {
            meters.refused("left_commands");
            session.drop();
            leaveIfDone(session);
        }
    }

    /** A session has come from another shard. */
    void arrived(ShardSession session) {
        tell(session);
        sendHeld(session);
        leaveIfDone(session);
        stream.flush();
    }

    /** The game is told of a session, if it has not been. */
    void tell(ShardSession session) {
        int now = epoch;
        if (now == 0 || session.isDismissed() || session.isToldIn(now)) {
            return;
        }
        if (ready && stream.full()) {
            starved = true;
        } else if (stream.add(now, Messages.encode(session.announcement()))) {
            session.told(now);
        }
    }

    private void tellNews(ShardSession session) {
        int now = epoch;
        if (session.isToldIn(now)) {
            ToGame.Facts news = session.news();
            if (news != null) {
                stream.add(now, Messages.encode(news));
            }
        }
    }

    /** The game is sent what is held of a session's commands, if it can take them now. */
    void sendHeld(ShardSession session) {
        int now = epoch;
        if (!ready || !session.isToldIn(now)) {
            return;
        }
        if (stream.full()) {
            starved = true;
            return;
        }
        tellNews(session);
        ToGame.Input held = session.held();
        if (held != null) {
            stream.add(now, Messages.encode(held));
        }
    }

    /** The game is told of a session's end, if there is nothing left to be done. */
    void leaveIfDone(ShardSession session) {
        ToGame.Closed farewell = session.farewell();
        if (farewell != null) {
            remove(session);
            left.gone(session);
            send(farewell);
        }
    }

    private void remove(ShardSession session) {
        sessions.remove(session.id());
        withNews.remove(session);
    }

    /** The game is told something at once. */
    void send(ToGame message) {
        stream.add(epoch, Messages.encode(message));
        stream.flush();
    }
}
