package lychgate.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Sent to a client when its player enters a room: {@code room_info}, GMCP's {@code Room.Info}. */
record RoomInfo(int num, String name, String area, Map<String, Integer> exits) {
    private static final String AREA = "Gatehouse";

    /**
     * What is told of a room.
     *
     * @param open its exits as they are now
     */
    static RoomInfo of(Room room, Map<Room.Direction, Room> open) {
        Map<String, Integer> exits = new LinkedHashMap<>();
        open.forEach((way, beyond) -> exits.put(way.word(), beyond.number()));
        return new RoomInfo(room.number(), room.name(), AREA, exits);
    }

    /** The same, as MSDP's {@code ROOM}. */
    static Map<String, Object> msdp(Room room, Map<Room.Direction, Room> open) {
        RoomInfo info = of(room, open);
        return Map.of("VNUM", info.num, "NAME", info.name, "AREA", info.area, "EXITS", info.exits);
    }
}
