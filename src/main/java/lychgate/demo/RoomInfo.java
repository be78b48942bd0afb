package lychgate.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** Sent to a client when its player enters a room: {@code room_info}, GMCP's {@code Room.Info}. */
record RoomInfo(int num, String name, String area, Map<String, Integer> exits) {
    private static final String AREA = "Gatehouse";

    static RoomInfo of(Room room) {
        Map<String, Integer> exits = new LinkedHashMap<>();
        room.exits().forEach((way, beyond) -> exits.put(way.word(), beyond.number()));
        return new RoomInfo(room.number(), room.name(), AREA, exits);
    }

    /** The same, as MSDP's {@code ROOM}. */
    static Map<String, Object> msdp(Room room) {
        RoomInfo info = of(room);
        return Map.of("VNUM", info.num, "NAME", info.name, "AREA", info.area, "EXITS", info.exits);
    }
}
