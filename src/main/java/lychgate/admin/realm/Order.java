package lychgate.admin.realm;

import lychgate.admin.Fields;
import lychgate.admin.Operator;
import lychgate.oob.Json;
import lychgate.oob.MalformedException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command that another portal is to carry out, too.
 *
 * @param operator who gave it, at the portal that sends it
 */
record Order(String operator, String command, List<String> arguments) {
    /** The commands that may be given to all portals. */
    static final Set<String> COMMANDS =
            Set.of("status", "sessions", "kick", "ban", "unban", "bans", "say");

    private static final String OPERATOR = "operator";
    private static final String COMMAND = "command";
    private static final String ARGUMENTS = "arguments";

    static Order of(Operator who, String command, List<String> arguments) {
        return new Order(who.name(), command, List.copyOf(arguments));
    }

    /** As a message. */
    byte[] toBytes() {
        return Json.write(Map.of(OPERATOR, operator, COMMAND, command, ARGUMENTS, arguments))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads such a message. */
    static Order read(byte[] message) throws MalformedException {
        Fields order = Fields.read(new String(message, StandardCharsets.UTF_8));
        String command = order.text(COMMAND);
        if (!COMMANDS.contains(command)) {
            throw new MalformedException("not for all portals: " + command);
        }
        return new Order(order.text(OPERATOR), command, order.texts(ARGUMENTS));
    }

    /** Who gave it, as this portal's audit log names them. */
    Operator from(int portal) {
        return new Operator(operator + " at portal " + portal);
    }
}
