package lychgate.demo;

import lychgate.text.Markup;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A place, and its exits. */
final class Room {
    private final int number;
    private final String name;
    private final Markup description;
    private final Map<Direction, Room> exits = new EnumMap<>(Direction.class);

    /** The directions of exits. */
    enum Direction {
        NORTH,
        EAST,
        SOUTH,
        WEST;

        /** The word that players type; its first letter is enough. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        Direction back() {
            return switch (this) {
                case NORTH -> SOUTH;
                case EAST -> WEST;
                case SOUTH -> NORTH;
                case WEST -> EAST;
            };
        }
    }

    private Room(int number, String name, Markup description) {
        this.number = number;
        this.name = name;
        this.description = description;
    }

    /** The whole world: players arrive in the first. */
    static List<Room> world() {
        Room gate =
                new Room(
                        1,
                        "The Lychgate",
                        Markup.of(
                                "A roofed gate of old oak stands where the lane ends. Two benches"
                                        + " face each other in its shade, and from a beam hangs a"
                                        + " |ylantern|n that somebody keeps lit. Beyond it a path"
                                        + " of worn stone leads |wnorth|n."));
        Room yard =
                new Room(
                        2,
                        "The Churchyard",
                        Markup.of(
                                "Headstones lean in long |ggrass|n, most of them too weathered to"
                                        + " read. A |Gyew|n older than the walls spreads over the"
                                        + " path, which goes on to the porch in the |wnorth|n and"
                                        + " to a small garden in the |weast|n."));
        Room porch =
                new Room(
                        3,
                        "The Porch",
                        Markup.of(
                                "Swallows nest above the door, and the stone bench is polished by"
                                        + " six hundred years of waiting. Notices are pinned to a"
                                        + " board: a lost cat, a |rfête|n, a wedding. The yard is"
                                        + " |wsouth|n of here."));
        Room garden =
                new Room(
                        4,
                        "The Garden",
                        Markup.of(
                                "|mLavender|n and |crosemary|n grow between brick paths, and bees"
                                        + " go about their business. A sundial says that there is"
                                        + " still time. The yard is |wwest|n of here."));
        Room lane =
                new Room(
                        5,
                        "The Far Lane",
                        Markup.of(
                                "Behind the porch a second lane begins, between hedges so high that"
                                    + " it might lead anywhere. Where it enters the mist, to the"
                                    + " |wnorth|n, stands a gate like the one you came through. The"
                                    + " porch is |wsouth|n of here."));
        gate.join(Direction.NORTH, yard);
        yard.join(Direction.NORTH, porch);
        yard.join(Direction.EAST, garden);
        lane.exits.put(Direction.SOUTH, porch); // the way there is open while there is another game
        return List.of(gate, yard, porch, garden, lane);
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    Markup description() {
        return description;
    }

    Map<Direction, Room> exits() {
        return exits;
    }

    private void join(Direction direction, Room other) {
        exits.put(direction, other);
        other.exits.put(direction.back(), this);
    }
}
