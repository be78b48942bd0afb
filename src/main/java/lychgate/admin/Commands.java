package lychgate.admin;

import lychgate.address.Cidr;
import lychgate.admin.Operations.Players;
import lychgate.session.SessionNumber;
import lychgate.session.Trace;
import lychgate.text.OneLine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries out commands and reports their results, whichever way they have come; the audit log has
 * those that change something.
 */
public final class Commands {
    private static final Logger log = LoggerFactory.getLogger(Commands.class);

    private static final String RELOADED =
            "The game is restarted. Limits and names are those of the configuration now; what"
                    + " listens changes when the portal is started again.\n";

    private static final String SAY = "say";
    private static final String SESSIONS = "sessions";
    private static final String FOR = "--for";
    private static final String REASON = "--reason";
    private static final String YES = "--yes";

    /** Commands that only ask are not in the audit log. */
    private static final Set<String> ASKING = Set.of("status", SESSIONS, "bans");

    private final Operations portal;
    private final Audit audit;
    private final InstantSource clock;

    /**
     * @param clock tells when a ban ends
     */
    public Commands(Operations portal, Audit audit, InstantSource clock) {
        this.portal = portal;
        this.audit = audit;
        this.clock = clock;
    }

    /** Carries out a command with its arguments. */
    public Answer run(Operator who, String command, List<String> arguments) {
        Answer answer = run(command, arguments);
        record(who, command, arguments, answer);
        return answer;
    }

    /**
     * Carries out this portal's share of a command to all portals of the realm. Who gave it is not
     * recorded; see {@link #record}.
     *
     * @param arguments for {@code sessions}: none, or the numbers of the portals that were silent,
     *     whose sessions are listed here by who serves their game
     */
    public Answer share(String command, List<String> arguments) {
        return switch (command) {
            case SAY -> answered(command, () -> say(Players.OF_THIS_PORTAL, arguments));
            case SESSIONS -> answered(command, () -> ownSessions(arguments));
            default -> run(command, arguments);
        };
    }

    /** Only for scripts, as all of a share: what stands in a table for people takes long. */
    private Answer ownSessions(List<String> portals) {
        List<SessionRow> rows =
                portals.isEmpty()
                        ? portal.sessions(Players.OF_THIS_PORTAL)
                        : portal.sessions(Players.ALL).stream()
                                .filter(row -> portals.contains(portalOf(row)))
                                .toList();
        return Answer.of("", rows.stream().map(SessionRow::script).toList());
    }

    private static String portalOf(SessionRow row) {
        return Integer.toString(SessionNumber.portal(row.id()));
    }

    /** Records who gave a command, and with what result, if it is one that changes something. */
    public void record(Operator who, String command, List<String> arguments, Answer answer) {
        if (!ASKING.contains(command)) {
            String result = answer.ok() ? answer.missing() : answer.text();
            audit.record(
                    who,
                    typed(command, arguments),
                    result.isEmpty() ? Audit.DONE : result.replace("\n", "; "));
        }
    }

    /** What a session's wire carries; null if there is no such session. */
    @Nullable Trace trace(Operator who, List<String> arguments) {
        Trace trace = null;
        try {
            trace = portal.trace(Long.parseLong(argument(arguments, 0)));
        } catch (NumberFormatException e) {
            // there is no such session
        }
        String order = typed(TraceCommand.NAME, arguments);
        audit.record(who, order, trace == null ? "no such session" : Audit.DONE);
        return trace;
    }

    private static String typed(String command, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(command);
        arguments.stream().filter(argument -> !argument.isEmpty()).forEach(words::add);
        return String.join(" ", words);
    }

    /** Carries out a command. */
    private interface Command {
        Answer run() throws IOException;
    }

    private static Answer answered(String name, Command command) {
        try {
            return command.run();
        } catch (IOException e) {
            return Answer.refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("command {} failed", OneLine.of(name), e);
            return Answer.refused("The command has failed; the portal's log says why.");
        }
    }

    private Answer run(String command, List<String> arguments) {
        return answered(command, () -> carryOut(command, arguments));
    }

    private Answer carryOut(String command, List<String> arguments) throws IOException {
        return switch (command) {
            case "status" -> {
                Status status = portal.status();
                yield Answer.of(status.text(), status.script());
            }
            case SESSIONS -> {
                List<SessionRow> rows = portal.sessions(Players.ALL);
                yield Answer.of(
                        SessionRow.text(rows), rows.stream().map(SessionRow::script).toList());
            }
            case "kick" -> kick(argument(arguments, 0), argument(arguments, 1));
            case "ban" -> ban(arguments);
            case "unban" -> unban(argument(arguments, 0));
            case "bans" -> {
                List<Ban> bans = portal.bans();
                yield Answer.of(Ban.text(bans), bans.stream().map(Ban::script).toList());
            }
            case "reload" -> reload(arguments.contains("--config"));
            case SAY -> say(Players.ALL, arguments);
            case "drain" -> drain(argument(arguments, 0));
            default -> Answer.refused("The portal does not know the command " + command + ".");
        };
    }

    private Answer say(Players to, List<String> arguments) {
        portal.say(argument(arguments, 0), to);
        return Answer.of("", Map.of());
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
                : Answer.absent(
                        "There is no session " + sessid + ": lychgate sessions lists them.");
    }

    /** Arguments: the network; {@code --for PERIOD}, {@code --reason TEXT}, {@code --yes}. */
    private Answer ban(List<String> arguments) throws IOException {
        String text = argument(arguments, 0);
        Cidr network = Cidr.parse(text);
        if (network == null) {
            return noNetwork(text);
        }
        Map<String, String> options = options(arguments.subList(1, arguments.size()));
        if (Ban.isWide(network) && !options.containsKey(YES)) {
            return Answer.refused(
                    network + " is a large part of the internet: add --yes if it is meant.");
        }
        String period = options.get(FOR);
        Duration time = period == null ? null : Periods.parse(period);
        if (period != null && time == null) {
            return Answer.refused("--for " + period + ": must be " + Periods.FORMS + ".");
        }
        Ban ban =
                new Ban(
                        network,
                        time == null ? null : clock.instant().plus(time),
                        options.getOrDefault(REASON, ""));
        portal.ban(ban);
        return Answer.of("", ban.script());
    }

    /** Each option with its value, a flag with an empty one. */
    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (int at = 0; at < arguments.size(); at++) {
            String name = arguments.get(at);
            options.put(name, name.equals(YES) ? "" : argument(arguments, ++at));
        }
        return options;
    }

    private Answer unban(String text) throws IOException {
        Cidr network = Cidr.parse(text);
        if (network == null) {
            return noNetwork(text);
        }
        return portal.unban(network)
                ? Answer.of("", Map.of())
                : Answer.absent(network + " is not banned: lychgate bans lists those that are.");
    }

    private Answer reload(boolean onlyConfiguration) throws IOException {
        if (!onlyConfiguration) {
            portal.reload(Operations.Scope.WITH_GAME);
            return Answer.of(RELOADED, Map.of());
        }
        List<String> later = portal.reload(Operations.Scope.CONFIGURATION);
        String text = "The configuration is reloaded; the game goes on.\n";
        return Answer.of(
                later.isEmpty()
                        ? text
                        : text
                                + "Changed, but in effect only after the next start: "
                                + String.join(", ", later)
                                + "\n",
                Map.of("at_next_start", later));
    }

    private Answer drain(String timeout) {
        Duration time = timeout.isEmpty() || timeout.equals("0") ? Duration.ZERO : seconds(timeout);
        if (time == null) {
            return Answer.refused(
                    "--timeout "
                            + timeout
                            + ": must be a number of seconds, at most "
                            + Periods.MAX.toSeconds()
                            + ", or 0 to wait as long as it takes.");
        }
        portal.drain(time);
        Status status = portal.status();
        String text = status.draining() == null ? "" : status.draining().text();
        return Answer.of(text + ", sessions: " + status.sessions() + "\n", status.script());
    }

    private static @Nullable Duration seconds(String text) {
        return text.chars().allMatch(Character::isDigit) ? Periods.parse(text) : null;
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
