package lychgate.link.amp;

import lychgate.evennia.wire.Command;
import lychgate.evennia.wire.Operation;
import lychgate.evennia.wire.Payload;
import lychgate.link.Orphans;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Has the game forget the sessions that ended with an earlier portal. One whose client is connected
 * to another portal may come back after that, if its portal could not be reached for long; the game
 * no longer knows it. Each session comes before it is forgotten, or after, never meanwhile.
 */
final class ForgottenSessions {
    private static final Logger log = LoggerFactory.getLogger(ForgottenSessions.class);

    private final Orphans orphans;
    private final AwaitedSessions awaited;
    private final Set<Long> forgotten = new HashSet<>(); // guarded by this
    private final Set<Long> underWay = new HashSet<>(); // belongs to the loop's thread
    private @Nullable AmpConnection told; // belongs to the loop's thread

    ForgottenSessions(Orphans orphans, AwaitedSessions awaited) {
        this.orphans = orphans;
        this.awaited = awaited;
    }

    /**
     * Tells the game, once, of those that are gone by now. Called on the loop's thread.
     *
     * @param isHere whether a session of that number has come
     */
    void tell(AmpConnection game, LongPredicate isHere) {
        if (!game.equals(told)) {
            told = game;
            underWay.clear();
        }
        int news = 0;
        for (long id : orphans.ids()) {
            if (!underWay.contains(id) && forgets(game, id, isHere)) {
                awaited.gone(id);
                underWay.add(id);
                news++;
            }
        }
        if (news > 0) {
            log.info("game told of {} sessions that ended with an earlier portal", news);
        }
    }

    private synchronized boolean forgets(AmpConnection game, long id, LongPredicate isHere) {
        if (isHere.test(id)) {
            return false;
        }
        forgotten.add(id);
        Payload payload = Payload.of(Operation.PDISCONN, id, Map.of());
        game.ask(
                Command.ADMIN_TO_SERVER.text(),
                payload.box(),
                () -> {
                    underWay.remove(id);
                    orphans.gone(List.of(id));
                });
        return true;
    }

    /**
     * A session comes.
     *
     * @param enter after which it is here
     * @return whether a game was told to forget it
     */
    synchronized boolean comes(long id, Runnable enter) {
        enter.run();
        return forgotten.remove(id);
    }
}
