package lychgate.admin.page;

import lychgate.admin.LinkStatus;
import lychgate.admin.NatsStatus;
import lychgate.admin.Operations;
import lychgate.admin.Operations.Players;
import lychgate.admin.PeerStatus;
import lychgate.admin.SessionDetails;
import lychgate.admin.SessionRow;
import lychgate.admin.Status;
import lychgate.session.Feature;

import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the page shows, as values for JSON. */
final class PageView {
    /** Rows that are sent at a time; the page has buttons for the others. */
    static final int MAX_ROWS = 100;

    private final Operations portal;
    private final Trends trends;
    private final LogTail log;
    private final String orderToken;

    PageView(Operations portal, Trends trends, LogTail log, String orderToken) {
        this.portal = portal;
        this.trends = trends;
        this.log = log;
        this.orderToken = orderToken;
    }

    /** What a path stands for; null for nothing. */
    @Nullable Object of(String path, Fields query) {
        return switch (path) {
            case "/page/state" -> state(number(query, "since"));
            case "/page/sessions" -> sessions(query);
            case "/page/session" -> session(number(query, "id"));
            default -> null;
        };
    }

    private record State(
            String version,
            long uptimeSeconds,
            int sessions,
            boolean linkUp,
            String link,
            @Nullable String draining,
            Map<String, Integer> services,
            @Nullable Nats nats,
            int pointSeconds,
            List<Trends.Point> points,
            List<LogTail.Line> log,
            List<String> bans,
            String token) {}

    /**
     * The realm.
     *
     * @param portal the number of this one
     * @param shard that it serves, or to which its sessions are brought first
     */
    private record Nats(
            boolean connected,
            String servers,
            @Nullable Integer portal,
            @Nullable String shard,
            boolean serves,
            List<PeerStatus> peers) {
        static @Nullable Nats of(@Nullable NatsStatus nats) {
            if (nats == null) {
                return null;
            }
            NatsStatus.Place place = nats.place();
            return new Nats(
                    nats.connected(),
                    nats.servers(),
                    place == null ? null : place.portal(),
                    place == null ? null : place.shard(),
                    place != null && place.serves(),
                    nats.peers());
        }
    }

    private State state(long since) {
        Status status = portal.status();
        LinkStatus link = status.link();
        return new State(
                status.version(),
                status.uptime().toSeconds(),
                status.sessions(),
                link.up(),
                link.text(),
                status.draining() == null ? null : status.draining().text(),
                status.services(),
                Nats.of(status.nats()),
                Trends.SECONDS,
                trends.points(),
                log.since(since),
                portal.bans().stream()
                        .map(ban -> ban.network().toString())
                        .limit(MAX_ROWS)
                        .toList(),
                orderToken);
    }

    private record Page(int total, int from, List<Row> rows) {}

    /**
     * A line of the table.
     *
     * @param id text: numbers of sessions are larger than JavaScript counts
     */
    private record Row(
            String id,
            String account,
            String transport,
            String address,
            String client,
            long idleSeconds,
            @Nullable Long awaySeconds,
            long unsent,
            @Nullable Integer latencyMillis) {
        static Row of(SessionRow row) {
            return new Row(
                    Long.toString(row.id()),
                    row.account(),
                    row.transport(),
                    row.address(),
                    row.client(),
                    row.idle().toSeconds(),
                    row.away() == null ? null : row.away().toSeconds(),
                    row.unsent(),
                    row.latencyMillis());
        }
    }

    private Page sessions(Fields query) {
        String find = text(query, "find").toLowerCase(Locale.ROOT);
        List<SessionRow> found =
                portal.sessions(Players.ALL).stream()
                        .filter(row -> find.isEmpty() || matches(row, find))
                        .sorted(order(text(query, "sort")))
                        .toList();
        int from = Math.clamp(number(query, "from"), 0, Math.max(0, found.size() - 1));
        return new Page(
                found.size(),
                from,
                found.stream().skip(from).limit(MAX_ROWS).map(Row::of).toList());
    }

    private static boolean matches(SessionRow row, String find) {
        return Long.toString(row.id()).equals(find)
                || row.account().toLowerCase(Locale.ROOT).contains(find)
                || row.address().contains(find)
                || row.transport().equals(find)
                || row.client().toLowerCase(Locale.ROOT).contains(find);
    }

    private static Comparator<SessionRow> order(String by) {
        return switch (by) {
            case "account" -> Comparator.comparing(SessionRow::account);
            case "transport" -> Comparator.comparing(SessionRow::transport);
            case "address" -> Comparator.comparing(SessionRow::address);
            case "client" -> Comparator.comparing(SessionRow::client);
            case "idle" -> Comparator.comparing(SessionRow::idle);
            case "unsent" -> Comparator.comparingLong(SessionRow::unsent).reversed();
            case "latency" ->
                    Comparator.comparing(
                            SessionRow::latencyMillis,
                            Comparator.nullsLast(Comparator.reverseOrder()));
            default -> Comparator.comparingLong(SessionRow::id);
        };
    }

    private record Session(Row row, Details details) {}

    private record Details(
            List<SessionDetails.Fact> facts,
            List<Feature> features,
            List<SessionDetails.Step> way) {}

    private @Nullable Session session(long id) {
        SessionDetails details = portal.details(id);
        return details == null
                ? null
                : new Session(
                        Row.of(details.row()),
                        new Details(details.facts(), details.features(), details.way()));
    }

    private static String text(Fields query, String name) {
        String value = query.getValue(name);
        return value == null ? "" : value.strip();
    }

    private static long number(Fields query, String name) {
        try {
            return Math.max(0, Long.parseLong(text(query, name)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
