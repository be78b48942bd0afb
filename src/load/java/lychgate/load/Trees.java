package lychgate.load;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Clients that send small messages that are large in memory, before login. */
final class Trees {
    private static final int CONNECTIONS = 30;

    /** The number of messages that a session keeps for {@code received}. */
    private static final int MESSAGES = 20;

    /** Bytes of a message: slightly below the subnegotiation limit. */
    private static final int BYTES = 65_000;

    private static final int LOGINS = 6;
    private static final int MEMORY_MIB = 100;

    private Trees() {}

    static List<Row> rows() {
        return List.of(
                row("lists in a list", "x [", "[],", "0]"),
                row("tables in a list", "x [", "{},", "0]"),
                row("lists in lists", "x [", "[[[[[[[[]]]]]]]],", "0]"),
                row("numbers in a list", "x [", "1.5,", "0]"),
                row("short names", "x [", "{\"a\":\"b\"},", "0]"));
    }

    private static Row row(String name, String before, String each, String after) {
        String message = before + each.repeat((BYTES - before.length()) / each.length()) + after;
        return new Row("39 MB of GMCP, " + name + ", six logins", of(message))
                .lasting(60)
                .within(MEMORY_MIB);
    }

    private static Attack of(String message) {
        ByteArrayOutputStream gmcp = new ByteArrayOutputStream();
        gmcp.writeBytes(Floods.bytes(255, 250, 201));
        gmcp.writeBytes(Floods.text(message));
        gmcp.writeBytes(Floods.bytes(255, 240));
        return field -> {
            List<Wire> wires = field.wires(CONNECTIONS, CONNECTIONS, 0);
            field.begin();
            for (Wire wire : wires) {
                wire.send(Floods.bytes(255, 253, 201));
            }
            for (int i = 0; i < MESSAGES; i++) {
                for (Wire wire : wires) {
                    wire.send(gmcp.toByteArray());
                    field.sent(gmcp.size());
                }
            }
            for (Wire wire : wires) {
                wire.say("info");
                wire.await("END INFO"); // everything sent before has been processed
            }
            for (Wire wire : wires.subList(0, LOGINS)) {
                wire.say("connect nobody secret-word");
            }
            for (Wire wire : wires.subList(0, LOGINS)) {
                wire.await("do not match", "again in a moment");
            }
        };
    }
}
