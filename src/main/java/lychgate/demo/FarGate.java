package lychgate.demo;

import lychgate.demo.Room.Direction;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The way to the game of another shard: a fifth room behind the porch, and a gate in the north of
 * it. Both are there as long as such a game answers.
 */
final class FarGate {
    private static final int PORCH = 3;
    private static final int LANE = 5;

    private final Room porch;
    private final Room lane;
    private final Supplier<Set<String>> shards;

    /**
     * @param shards the other shards that answer now
     */
    FarGate(List<Room> rooms, Supplier<Set<String>> shards) {
        this.porch = rooms.get(PORCH - 1);
        this.lane = rooms.get(LANE - 1);
        this.shards = shards;
    }

    /**
     * The exits of a room as they are now; one that leads to another shard leads to its own room.
     */
    Map<Direction, Room> exits(Room room) {
        if ((!room.equals(porch) && !room.equals(lane)) || shards.get().isEmpty()) {
            return room.exits();
        }
        Map<Direction, Room> more = new EnumMap<>(room.exits());
        more.put(Direction.NORTH, lane);
        return more;
    }

    /** Whether that way leads to another shard. */
    boolean leadsAway(Room room, Direction direction) {
        return room.equals(lane) && direction == Direction.NORTH && !shards.get().isEmpty();
    }

    /** The shard behind the gate: of several, the first by name; empty if there is none. */
    String shard() {
        Set<String> answering = new TreeSet<>(shards.get());
        return answering.isEmpty() ? "" : answering.iterator().next();
    }
}
