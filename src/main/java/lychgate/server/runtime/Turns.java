package lychgate.server.runtime;

import lychgate.address.Source;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Decides whose turn is next: among those with work, whoever has used the least. Time is shared
 * between logged-in players and newcomers, then between addresses, then between the sessions of an
 * address: thirty sessions of one address get as much as one, and all newcomers together as much as
 * all players.
 *
 * <p>Not thread safe.
 */
/*
 * Start-time fair queueing (Goyal, Vin, Cheng 1996), in a tree. A branch begins where the last of
 * its siblings began that was served, or where it ended itself, whichever is later: who comes back
 * after a rest is served next, but cannot save turns up. What a turn cost need not be known when
 * the next one begins: it is paid when the branch comes up again. A turn allocates nothing.
 */
final class Turns<T> {
    private final Branch<T> root = new Branch<>(null, null);
    private final Crowd<T> players = new Crowd<>(root);
    private final Crowd<T> newcomers = new Crowd<>(root);
    private long queued;

    /** A node of the tree; a leaf has an owner. */
    private static final class Branch<T> implements Comparable<Branch<T>> {
        private @Nullable Branch<T> parent;
        private final @Nullable T owner;
        private final PriorityQueue<Branch<T>> ready = new PriorityQueue<>(1);
        private int members;
        private int leaving; // of the members
        private boolean waits; // in its parent's queue
        private long begins; // cost at which its next turn begins, as its parent counts
        private long owed; // cost that is not part of it yet
        private long order; // those that begin alike have their turns as they came
        private long now; // where the last of its own began that was served

        Branch(@Nullable Branch<T> parent, @Nullable T owner) {
            this.parent = parent;
            this.owner = owner;
        }

        @Override
        public int compareTo(Branch<T> other) {
            int byCost = Long.compare(begins, other.begins);
            return byCost != 0 ? byCost : Long.compare(order, other.order);
        }

        void pay() {
            begins += owed;
            owed = 0;
        }

        /** Removes the next child from the queue; null if none is ready. */
        @Nullable Branch<T> poll() {
            for (Branch<T> child = ready.poll(); child != null; child = ready.poll()) {
                if (child.owed == 0) {
                    child.waits = false;
                    now = child.begins;
                    return child;
                }
                child.pay();
                ready.add(child);
            }
            return null;
        }
    }

    /** All addresses of players, or of newcomers. */
    private static final class Crowd<T> {
        private final Branch<T> all;
        private final Map<Source, Branch<T>> bySource = new HashMap<>();

        Crowd(Branch<T> root) {
            all = new Branch<>(root, null);
        }

        Branch<T> enter(Source source) {
            Branch<T> branch = bySource.computeIfAbsent(source, _ -> new Branch<>(all, null));
            branch.members++;
            return branch;
        }

        void leave(Source source, boolean wasLeaving) {
            Branch<T> branch = bySource.get(source);
            if (branch == null) {
                return;
            }
            if (wasLeaving) {
                branch.leaving--;
            }
            if (--branch.members == 0) {
                bySource.remove(source);
            }
        }
    }

    /** A participant. */
    static final class Place<T> {
        private final Source source;
        private final Branch<T> leaf;
        private Crowd<T> crowd;
        private boolean moves;
        private boolean leaving;

        private Place(T owner, Source source, Crowd<T> crowd) {
            this.source = source;
            this.crowd = crowd;
            this.leaf = new Branch<>(crowd.enter(source), owner);
        }
    }

    /** Adds a participant, as a newcomer. */
    Place<T> join(T owner, Source source) {
        return new Place<>(owner, source, newcomers);
    }

    /** A newcomer has logged in. It counts as a player from its next work on. */
    void loggedIn(Place<T> place) {
        place.moves = place.crowd == newcomers;
    }

    /** The participant is about to leave; returns how many of its address are. */
    int leaving(Place<T> place) {
        Branch<T> of = place.leaf.parent;
        if (of == null) {
            return 0;
        }
        if (!place.leaving) {
            place.leaving = true;
            of.leaving++;
        }
        return of.leaving;
    }

    /** Removes the participant. */
    void leave(Place<T> place) {
        Branch<T> leaf = place.leaf;
        if (leaf.waits && leaf.parent != null) {
            leaf.parent.ready.remove(leaf);
            leaf.waits = false;
        }
        place.crowd.leave(place.source, place.leaving);
    }

    /** The participant has work. */
    void ready(Place<T> place) {
        if (!place.leaf.waits) {
            move(place);
            queue(place.leaf);
        }
    }

    /**
     * The participant whose turn is next; null if nobody has work. One with more work must call
     * {@link #ready} again.
     */
    @Nullable T next() {
        while (any()) {
            Branch<T> branch = root;
            for (Branch<T> child = root.poll(); child != null; child = branch.poll()) {
                branch = child;
            }
            for (Branch<T> each = branch.parent; each != null; each = each.parent) {
                if (!each.ready.isEmpty()) {
                    queue(each);
                }
            }
            if (branch.owner != null) {
                return branch.owner; // else everybody in that branch has left
            }
        }
        return null;
    }

    /** Charges the participant for its last turn, or for output that the turn caused. */
    void cost(Place<T> place, long cost) {
        for (Branch<T> each = place.leaf; each != null; each = each.parent) {
            each.owed += cost;
        }
    }

    /** Whether anybody has work. */
    boolean any() {
        return !root.ready.isEmpty();
    }

    /** The number of addresses with participants; newcomers and players are counted separately. */
    int sources() {
        return players.bySource.size() + newcomers.bySource.size();
    }

    private void queue(Branch<T> branch) {
        Branch<T> each = branch;
        for (Branch<T> up = each.parent; up != null && !each.waits; up = each.parent) {
            each.pay();
            each.begins = Math.max(each.begins, up.now);
            each.order = queued++;
            each.waits = true;
            up.ready.add(each);
            each = up;
        }
    }

    private void move(Place<T> place) {
        if (place.moves) {
            place.moves = false;
            place.crowd.leave(place.source, place.leaving);
            place.crowd = players;
            Branch<T> to = players.enter(place.source);
            to.leaving += place.leaving ? 1 : 0;
            place.leaf.parent = to;
            place.leaf.begins = to.now;
        }
    }
}
