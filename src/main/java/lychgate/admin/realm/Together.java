package lychgate.admin.realm;

import lychgate.admin.AdminClient.Form;
import lychgate.admin.Answer;
import lychgate.admin.Answer.Outcome;
import lychgate.admin.Ban;
import lychgate.admin.OfPortal;
import lychgate.admin.SessionRow;
import lychgate.admin.Status;
import lychgate.oob.MalformedException;
import lychgate.session.Meters;
import lychgate.session.SessionNumber;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The answers of all portals, as one. Not thread safe. */
final class Together {
    private static final Logger log = LoggerFactory.getLogger(Together.class);

    private final List<PortalAnswer> answers;
    private final SortedSet<Integer> silent;
    private final SortedSet<Integer> unfinished;
    private final Meters meters;

    /**
     * @param answers in the order of the portals' numbers
     * @param silent the portals that did not answer
     * @param unfinished those that began to, and did not end
     */
    Together(
            List<PortalAnswer> answers,
            SortedSet<Integer> silent,
            SortedSet<Integer> unfinished,
            Meters meters) {
        this.answers = answers;
        this.silent = new TreeSet<>(silent);
        this.unfinished = new TreeSet<>(unfinished);
        this.meters = meters;
    }

    /**
     * The answer to a command that all have been given.
     *
     * @param form of it: a list of all sessions takes its time and memory in each
     */
    Answer answer(String command, List<String> arguments, Form form) {
        return switch (command) {
            case "status" -> {
                List<OfPortal<Status>> rows = rows(Status::read);
                yield listed(Status.textOfAll(rows), Status.scriptOfAll(rows));
            }
            case "sessions" -> {
                List<OfPortal<SessionRow>> rows = sessions();
                yield listed(
                        form == Form.JSON ? "" : SessionRow.textOfAll(rows),
                        form == Form.TEXT ? List.of() : SessionRow.scriptOfAll(rows));
            }
            case "bans" -> {
                List<OfPortal<Ban>> rows = rows(Ban::read);
                yield listed(Ban.textOfAll(rows), Ban.scriptOfAll(rows));
            }
            default -> done(command, arguments.isEmpty() ? "" : arguments.getFirst());
        };
    }

    private Answer listed(String text, Object json) {
        List<String> lacks = refusals();
        lacks.addAll(silence());
        return Answer.of(text, json).without(String.join(" ", lacks));
    }

    /** The rows of all; who has sent one that cannot be read has not answered. */
    private <T> List<OfPortal<T>> rows(PortalAnswer.Reader<T> reader) {
        List<OfPortal<T>> all = new ArrayList<>();
        for (PortalAnswer answer : answers) {
            try {
                all.addAll(answer.rows(reader));
            } catch (MalformedException e) {
                meters.malformed("portal_answer");
                log.debug("an answer of portal {}: {}", answer.portal(), e.getMessage());
                silent.add(answer.portal());
            }
        }
        return all;
    }

    /**
     * Each session once: the game's portal has those of others too, which count only where the
     * portal with the connection has not answered.
     */
    private List<OfPortal<SessionRow>> sessions() {
        List<OfPortal<SessionRow>> rows = rows(SessionRow::read);
        Set<Integer> answered = new HashSet<>();
        answers.forEach(answer -> answered.add(answer.portal()));
        answered.removeAll(silent);
        Map<Long, OfPortal<SessionRow>> sessions = new TreeMap<>();
        for (OfPortal<SessionRow> row : rows) {
            int owner = SessionNumber.portal(row.what().id());
            if (owner == row.portal()) {
                sessions.put(row.what().id(), row);
            } else if (!answered.contains(owner)) {
                sessions.putIfAbsent(row.what().id(), new OfPortal<>(owner, row.what()));
            }
        }
        return List.copyOf(sessions.values()); // ordered by number: the portal's comes first in it
    }

    /** What was done, and what was not. */
    private Answer done(String command, String what) {
        List<Integer> doneAt = portals(Outcome.DONE);
        if (doneAt.isEmpty()) {
            List<String> why =
                    portals(Outcome.REFUSED).isEmpty()
                            ? new ArrayList<>(List.of(absent(command, what)))
                            : refusals();
            why.addAll(silence());
            return Answer.refused(String.join(" ", why));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("portals", doneAt);
        return listed("", json);
    }

    private String absent(String command, String what) {
        String who =
                silent.isEmpty() && unfinished.isEmpty() ? "No portal" : "No portal that answered";
        return command.equals("kick")
                ? who + " has a session " + what + ": lychgate sessions --all lists them."
                : who + " has banned " + what + ": lychgate bans --all lists what is.";
    }

    /** Why it was not done, and where; once, if all say the same. */
    private List<String> refusals() {
        List<PortalAnswer> refused =
                answers.stream().filter(answer -> answer.outcome() == Outcome.REFUSED).toList();
        boolean allSame =
                refused.size() == answers.size()
                        && refused.stream().map(PortalAnswer::text).distinct().count() == 1;
        return new ArrayList<>(
                allSame
                        ? List.of(refused.getFirst().text())
                        : refused.stream()
                                .map(answer -> "Portal " + answer.portal() + ": " + answer.text())
                                .toList());
    }

    private List<Integer> portals(Outcome outcome) {
        return answers.stream()
                .filter(answer -> answer.outcome() == outcome)
                .map(PortalAnswer::portal)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** Who has not answered. */
    private List<String> silence() {
        List<String> sentences = new ArrayList<>();
        if (!silent.isEmpty()) {
            sentences.add(
                    "%s did not answer within %d s."
                            .formatted(named(silent), CommandsToAll.WITHIN.toSeconds()));
        }
        if (!unfinished.isEmpty()) {
            sentences.add(
                    "%s took the command, and did not finish within %d s."
                            .formatted(named(unfinished), Gathering.WORK.toSeconds()));
        }
        return sentences;
    }

    private static String named(SortedSet<Integer> portals) {
        List<String> numbers = portals.stream().map(String::valueOf).toList();
        int last = numbers.size() - 1;
        return last == 0
                ? "Portal " + numbers.getLast()
                : "Portals "
                        + String.join(", ", numbers.subList(0, last))
                        + " and "
                        + numbers.getLast();
    }
}
