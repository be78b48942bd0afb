package lychgate.admin;

import lychgate.oob.MalformedException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One session, as an operator sees it.
 *
 * @param id its number
 * @param account the account that is logged in; empty for none
 * @param transport the protocol
 * @param address the client's address
 * @param client the client program; empty if it is not known
 * @param idle time since the last input
 * @param away how long the client has been away; null if it is connected
 * @param unsent bytes that have not been sent to the client
 * @param latencyMillis the last measured round trip to the client; null if there is none
 */
public record SessionRow(
        long id,
        String account,
        String transport,
        String address,
        String client,
        Duration idle,
        @Nullable Duration away,
        long unsent,
        @Nullable Integer latencyMillis) {
    /** The same for scripts: null where nothing is known. */
    public record Script(
            long id,
            @Nullable String account,
            String transport,
            String address,
            @Nullable String client,
            long idleSeconds,
            @Nullable Long awaySeconds,
            long unsent) {}

    /** For scripts. */
    public Script script() {
        return new Script(
                id,
                account.isEmpty() ? null : account,
                transport,
                address,
                client.isEmpty() ? null : client,
                idle.toSeconds(),
                away == null ? null : away.toSeconds(),
                unsent);
    }

    /** For people: a table with headings. */
    static String text(List<SessionRow> rows) {
        int digits = digits(rows.stream());
        StringBuilder text = new StringBuilder(headings(digits));
        rows.forEach(row -> text.append(row.line(digits)));
        return text.toString();
    }

    /** The same for all portals of the realm, with the number of the portal first. */
    public static String textOfAll(List<OfPortal<SessionRow>> rows) {
        int digits = digits(rows.stream().map(OfPortal::what));
        StringBuilder text = new StringBuilder(OfPortal.heading() + headings(digits));
        rows.forEach(row -> text.append(row.start()).append(row.what().line(digits)));
        return text.toString();
    }

    /** The same for scripts. */
    public static List<OfPortal<?>> scriptOfAll(List<OfPortal<SessionRow>> rows) {
        return rows.stream().<OfPortal<?>>map(row -> row.with(row.what().script())).toList();
    }

    /** Reads what {@link #script} has become as JSON, at another portal. */
    public static SessionRow read(Fields row) throws MalformedException {
        Long away = row.optionalNumber("away_seconds");
        return new SessionRow(
                row.number("id"),
                row.optionalText("account"),
                row.text("transport"),
                row.text("address"),
                row.optionalText("client"),
                Duration.ofSeconds(row.number("idle_seconds")),
                away == null ? null : Duration.ofSeconds(away),
                row.number("unsent"),
                null);
    }

    private static String headings(int digits) {
        return line(digits, "id", "account", "transport", "address", "client", "idle", "unsent");
    }

    private String line(int digits) {
        return line(
                digits,
                Long.toString(id),
                orDash(account),
                transport,
                address,
                orDash(client).replace(' ', '_'), // a column is one word
                away == null ? brief(idle) : "away " + brief(away),
                Long.toString(unsent));
    }

    private static String brief(Duration time) {
        return Durations.text(time).replace(" ", "");
    }

    /** The width of the first column: numbers have up to 19 digits where there are more portals. */
    private static int digits(Stream<SessionRow> rows) {
        return rows.mapToInt(row -> Long.toString(row.id).length()).reduce(8, Math::max);
    }

    private static String line(int digits, String id, Object... columns) {
        return id
                + " ".repeat(digits - id.length())
                + String.format(Locale.ROOT, " %-24s %-10s %-39s %-20s %8s %8s%n", columns);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
