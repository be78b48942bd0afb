package lychgate.admin.realm;

import lychgate.admin.Answer;
import lychgate.admin.Answer.Outcome;
import lychgate.admin.Fields;
import lychgate.admin.OfPortal;
import lychgate.oob.MalformedException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one portal has answered.
 *
 * @param text why it did not do it; empty if it has
 * @param rows its result for scripts: as many objects as there are sessions or bans, else one
 */
record PortalAnswer(int portal, Outcome outcome, String text, List<String> rows) {
    private static final String OUTCOME = "outcome";
    private static final String TEXT = "text";

    /** Reads one row. */
    interface Reader<T> {
        T read(Fields row) throws MalformedException;
    }

    static PortalAnswer of(int portal, Answer answer) {
        return new PortalAnswer(
                portal,
                answer.outcome(),
                answer.ok() ? "" : answer.text(),
                answer.json() instanceof List<?> rows
                        ? rows.stream().map(Answer::json).toList()
                        : Optional.ofNullable(answer.json()).map(Answer::json).stream().toList());
    }

    /** As text: a line that says how it went, then a line for each row. */
    byte[] toBytes() {
        StringBuilder lines =
                new StringBuilder(Answer.json(Map.of(OUTCOME, outcome.name(), TEXT, text)));
        rows.forEach(row -> lines.append('\n').append(row));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads such a text of a portal. */
    static PortalAnswer read(int portal, byte[] text) throws MalformedException {
        Iterator<String> lines = new String(text, StandardCharsets.UTF_8).lines().iterator();
        Fields head = Fields.read(lines.hasNext() ? lines.next() : "");
        List<String> rows = new ArrayList<>();
        lines.forEachRemaining(rows::add);
        return new PortalAnswer(portal, outcome(head.text(OUTCOME)), head.text(TEXT), rows);
    }

    private static Outcome outcome(String name) throws MalformedException {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equals(name)) {
                return outcome;
            }
        }
        throw new MalformedException("not an outcome: " + name);
    }

    /** The rows, each with the portal's number. */
    <T> List<OfPortal<T>> rows(Reader<T> reader) throws MalformedException {
        List<OfPortal<T>> read = new ArrayList<>(rows.size());
        for (String row : rows) {
            read.add(new OfPortal<>(portal, reader.read(Fields.read(row))));
        }
        return read;
    }
}
