package lychgate.admin;

import lychgate.address.Cidr;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Carries out commands and reports their results. */
final class Commands {
    private static final String RELOADED =
            "The game is restarted. Limits and names are those of the configuration now; what"
                    + " listens changes when the portal is started again.\n";

    private final Operations portal;

    Commands(Operations portal) {
        this.portal = portal;
    }

    /** Carries out a command with its arguments. */
    Answer run(String command, List<String> arguments) {
        try {
            return switch (command) {
                case "status" -> {
                    Status status = portal.status();
                    yield Answer.of(status.text(), status.script());
                }
                case "sessions" -> {
                    List<SessionRow> rows = portal.sessions();
                    yield Answer.of(
                            SessionRow.text(rows), rows.stream().map(SessionRow::script).toList());
                }
                case "kick" -> kick(argument(arguments, 0), argument(arguments, 1));
                case "ban" -> ban(argument(arguments, 0));
                case "unban" -> unban(argument(arguments, 0));
                case "bans" -> {
                    List<String> bans = portal.bans().stream().map(Cidr::toString).toList();
                    yield Answer.of(bans.isEmpty() ? "" : String.join("\n", bans) + "\n", bans);
                }
                case "reload" -> {
                    portal.reload();
                    yield Answer.of(RELOADED, Map.of());
                }
                case "say" -> {
                    portal.say(argument(arguments, 0));
                    yield Answer.of("", Map.of());
                }
                default -> Answer.refused("The portal does not know the command " + command + ".");
            };
        } catch (IOException e) {
            return Answer.refused(String.valueOf(e.getMessage()));
        }
    }

    private Answer kick(String id, String reason) {
        long sessid;
        try {
            sessid = Long.parseLong(id);
        } catch (NumberFormatException e) {
            return Answer.refused(
                    id + " is not the number of a session: lychgate sessions lists them.");
        }
        return portal.kick(sessid, reason)
                ? Answer.of("", Map.of())
                : Answer.refused(
                        "There is no session " + sessid + ": lychgate sessions lists them.");
    }

    private Answer ban(String text) throws IOException {
        Cidr network = Cidr.parse(text);
        if (network == null) {
            return noNetwork(text);
        }
        portal.ban(network);
        return Answer.of("", Map.of());
    }

    private Answer unban(String text) throws IOException {
        Cidr network = Cidr.parse(text);
        if (network == null) {
            return noNetwork(text);
        }
        return portal.unban(network)
                ? Answer.of("", Map.of())
                : Answer.refused(network + " is not banned: lychgate bans lists those that are.");
    }

    private static Answer noNetwork(String text) {
        return Answer.refused(
                text
                        + " is neither an address nor a network: 192.0.2.7, 192.0.2.0/24,"
                        + " 2001:db8::/32.");
    }

    private static String argument(List<String> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : "";
    }
}
