package lychgate.admin;

import lychgate.address.Cidr;
import lychgate.session.Feature;
import lychgate.session.Trace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A portal that writes down what it is asked. */
public final class RecordingOperations implements Operations {
    /** Words at which it fails. */
    static final String FAULT = "fail";

    private final List<String> asked = new ArrayList<>();
    private final List<String> audited = new ArrayList<>();
    private volatile LinkStatus link = new LinkStatus(true, Duration.ZERO, 0, 0, 0);
    private final List<Ban> bans = new ArrayList<>();
    private final Map<Long, Trace> traces = new ConcurrentHashMap<>();
    private volatile @Nullable Draining draining;
    private volatile @Nullable NatsStatus nats;
    private volatile List<SessionRow> relayed = List.of();
    private volatile List<SessionRow> own =
            List.of(
                    new SessionRow(
                            7,
                            "rowan",
                            "telnet",
                            "192.0.2.7",
                            "TinTin++",
                            Duration.ZERO,
                            null,
                            0,
                            12),
                    new SessionRow(
                            9,
                            "",
                            "ssh",
                            "2001:db8::1",
                            "",
                            Duration.ofSeconds(61),
                            Duration.ofSeconds(40),
                            512,
                            null));

    /** Takes commands for it, and writes down who gave them. */
    public Commands commands() {
        return new Commands(this, this::record, () -> Instant.parse("2026-11-28T12:00:00Z"));
    }

    private synchronized void record(Operator who, String order, String result) {
        audited.add(who.name() + ": " + order + ": " + result);
    }

    /** What an audit log has of it. */
    public synchronized List<String> audited() {
        return List.copyOf(audited);
    }

    /** What it was asked to do, in order. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** Which sessions it has: its own, and those of other portals. */
    public void sessions(List<SessionRow> own, List<SessionRow> relayed) {
        this.own = own;
        this.relayed = relayed;
    }

    /** How its connection to NATS is. */
    public void nats(NatsStatus now) {
        nats = now;
    }

    /** How its link is. */
    public void link(LinkStatus status) {
        link = status;
    }

    @Override
    public Status status() {
        Map<String, Integer> services = new LinkedHashMap<>();
        services.put("telnet", 4000);
        services.put("admin", 4010);
        return new Status(
                "1.2.3",
                Instant.parse("2026-03-01T12:00:00Z"),
                Duration.ofSeconds(3_725),
                2,
                link,
                services,
                draining,
                nats);
    }

    @Override
    public List<SessionRow> sessions(Players of) {
        return of == Players.ALL ? Stream.concat(own.stream(), relayed.stream()).toList() : own;
    }

    @Override
    public synchronized boolean kick(long sessid, String reason) {
        asked.add("kick " + sessid + " " + reason);
        return sessid == 7;
    }

    @Override
    public synchronized void ban(Ban ban) {
        bans.add(ban);
    }

    @Override
    public synchronized boolean unban(Cidr network) {
        return bans.removeIf(ban -> ban.network().equals(network));
    }

    @Override
    public synchronized List<Ban> bans() {
        return List.copyOf(bans);
    }

    @Override
    public synchronized List<String> reload(Scope scope) throws IOException {
        if (scope == Scope.CONFIGURATION) {
            asked.add("reload --config");
            return List.of("[telnet]");
        }
        asked.add("reload");
        throw new IOException("It cannot be restarted.");
    }

    @Override
    public synchronized void say(String words, Players to) {
        if (words.equals(FAULT)) {
            throw new IllegalStateException("a fault of the portal");
        }
        asked.add("say " + words + (to == Players.ALL ? "" : " to its own"));
    }

    @Override
    public synchronized void drain(Duration timeout) {
        asked.add("drain " + timeout);
        draining = new Draining(Duration.ZERO, timeout.isZero() ? null : timeout);
    }

    /** Lets a session have a trace. */
    public void traces(long sessid, Trace trace) {
        traces.put(sessid, trace);
    }

    @Override
    public @Nullable SessionDetails details(long sessid) {
        return sessid == 7
                ? new SessionDetails(
                        sessions(Players.ALL).getFirst(),
                        List.of(new SessionDetails.Fact("client", "<b>TinTin++", "TTYPE")),
                        List.of(new Feature("GMCP", false, "refused by the client")),
                        List.of(new SessionDetails.Step("game", 0.5)))
                : null;
    }

    @Override
    public @Nullable Trace trace(long sessid) {
        return traces.get(sessid);
    }
}
