package lychgate.admin;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

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
    record Script(
            long id,
            @Nullable String account,
            String transport,
            String address,
            @Nullable String client,
            long idleSeconds,
            @Nullable Long awaySeconds,
            long unsent) {}

    /** For scripts. */
    Script script() {
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
        StringBuilder text =
                new StringBuilder(
                        line("id", "account", "transport", "address", "client", "idle", "unsent"));
        for (SessionRow row : rows) {
            text.append(
                    line(
                            Long.toString(row.id),
                            orDash(row.account),
                            row.transport,
                            row.address,
                            orDash(row.client).replace(' ', '_'), // a column is one word
                            row.away == null ? brief(row.idle) : "away " + brief(row.away),
                            Long.toString(row.unsent)));
        }
        return text.toString();
    }

    private static String brief(Duration time) {
        return Durations.text(time).replace(" ", "");
    }

    private static String line(Object... columns) {
        return String.format(Locale.ROOT, "%-8s %-24s %-10s %-39s %-20s %8s %8s%n", columns);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
