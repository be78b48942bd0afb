package lychgate.portal;

import lychgate.admin.LinkStatus;
import lychgate.plugin.Limits;
import lychgate.plugin.PortalSessionHandler;
import lychgate.session.BrowserLogins;
import lychgate.session.ClientFacts;
import lychgate.session.Departure;
import lychgate.session.GameLink;
import lychgate.session.Meters;
import lychgate.session.PortalSide;
import lychgate.session.SessionSync;
import lychgate.session.Trace;
import lychgate.text.Markup;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/** The portal's real sessions in a test: what the test kit needs of this package. */
public final class TestedSessions {
    /** Unfinished commands of a session at which its client is not read any more. */
    public static final int MAX_COMMANDS = InputWindow.MAX_COMMANDS;

    private final GameLink link;
    private final PortalSessions sessions;
    private final AbsenceNotice absence;

    /**
     * @param nanoTime a clock that only goes forward
     */
    public TestedSessions(
            GameLink link,
            Limits limits,
            BrowserLogins browsers,
            Meters meters,
            LongSupplier nanoTime) {
        this.link = link;
        sessions =
                new PortalSessions(
                        link,
                        new SessionIds(Path.of("unopened")),
                        () -> limits,
                        browsers,
                        meters,
                        InstantSource.system(),
                        nanoTime);
        absence = new AbsenceNotice(sessions, link, nanoTime);
    }

    /** Sessions can be moved there from now on. */
    public void knowsShards(Set<String> shards) {
        sessions.shards(() -> shards);
    }

    /** As services see them. */
    public PortalSessionHandler handler() {
        return sessions;
    }

    /** As the link to the game sees them. */
    public PortalSide side() {
        return sessions;
    }

    /** What the game is told of them when it has been restarted. */
    public List<SessionSync> syncs() {
        return sessions.syncs();
    }

    /** Bytes that a session's client has not taken yet. */
    public long unsent(long sessid) {
        OpenSession session = sessions.get(sessid);
        return session == null ? 0 : session.connection().unsent();
    }

    /** What the wire of a session carries. */
    public Trace trace(long sessid) {
        OpenSession session = Objects.requireNonNull(sessions.get(sessid));
        return Objects.requireNonNull(session.connection().trace());
    }

    /** What is known of a session's client. */
    public ClientFacts facts(long sessid) {
        OpenSession session = sessions.get(sessid);
        return session == null ? ClientFacts.NONE : session.facts();
    }

    /** Ends a session as the portal does. */
    public void end(long sessid, String words, Departure why) {
        Objects.requireNonNull(sessions.get(sessid)).disconnect(Markup.literal(words), why);
    }

    /** Whether so much waits for the game that a session's client is not read. */
    public boolean isHeld(long sessid) {
        OpenSession session = sessions.get(sessid);
        return session != null && session.window().full();
    }

    /** The link as an operator sees it. */
    public LinkStatus linkStatus() {
        return new LinkReport(sessions, link).status();
    }

    /** Tells the players who have to know that the game is away. */
    public void lookAtLink() {
        absence.run();
    }
}
