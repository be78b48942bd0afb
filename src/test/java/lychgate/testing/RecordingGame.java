package lychgate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lychgate.session.Claim;
import lychgate.session.ClientFacts;
import lychgate.session.CommandTuple;
import lychgate.session.GameLink;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.PortalSide;
import lychgate.session.SessionChange;
import lychgate.session.SessionSync;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A link whose game records what it is told, a line each, in order, and does what a test says:
 * {@code 1 connected}, {@code 1 text hello}, {@code 1 settled}, {@code 1 disconnected: …}.
 */
public final class RecordingGame implements GameLink {
    private final List<String> told = new ArrayList<>();
    private final Map<Long, String> addresses = new ConcurrentHashMap<>();
    private final Map<Long, String> lastFacts = new ConcurrentHashMap<>();
    private volatile @Nullable PortalSide portal;
    private volatile Consumer<String> onLine = _ -> {};
    private volatile long awayNanos;
    private volatile LongConsumer onConnected = _ -> {};
    private volatile LongConsumer onResumed = _ -> {};
    private volatile boolean consumes = true;
    private int seen;

    // What a test looks at.

    /** Everything so far. */
    public synchronized List<String> told() {
        return List.copyOf(told);
    }

    /** Everything of one kind so far: {@code text}, {@code connected}, … */
    public List<String> told(String kind) {
        return told().stream().filter(line -> line.split(" ", -1)[1].equals(kind)).toList();
    }

    /** The lines that were typed, in order, whoever typed them. */
    public List<String> lines() {
        return told("text").stream().map(line -> line.split(" ", 3)[2]).toList();
    }

    /** Exactly this is told next. */
    public RecordingGame hears(String... expected) {
        Await.until(List.of(expected) + " after " + told(), () -> told().size() >= until(expected));
        List<String> all = told();
        assertEquals(List.of(expected), all.subList(seen, until(expected)));
        seen = until(expected);
        return this;
    }

    /** Nothing more has been told. */
    public void hasHeardNothingMore() {
        List<String> all = told();
        assertEquals(List.of(), all.subList(seen, all.size()));
    }

    /** What has been told so far is not looked at by {@link #hears}. */
    public synchronized void forgets() {
        seen = told.size();
    }

    /** Waits until something has been told, whatever else was. */
    public RecordingGame awaits(String line) {
        Await.until(line, () -> told().contains(line));
        return this;
    }

    // What a test lets it do.

    /** Sends words. */
    public void text(long sessid, String markup) {
        send(sessid, CommandTuple.text(markup));
    }

    /** Sends a prompt. */
    public void prompt(long sessid, String markup) {
        send(sessid, CommandTuple.of(CommandTuple.PROMPT, markup));
    }

    /** Sends words or a prompt, and says whether what is typed next is to be seen. */
    public void send(long sessid, String name, String markup, boolean echo) {
        OutputOptions options = OutputOptions.NONE.with(OutputOption.ECHO, echo);
        send(sessid, CommandTuple.of(name, markup).kwarg(CommandTuple.OPTIONS, options.table()));
    }

    /** Sends commands. */
    public void send(long sessid, CommandTuple... commands) {
        portal().dataOut(sessid, List.of(commands));
    }

    /** Says something of a session's client. */
    public void says(long sessid, ClientFacts facts) {
        portal().sync(sessid, List.of(new SessionChange.FactsLearned(facts)));
    }

    /** Ends a session. */
    public void disconnect(long sessid, String reason) {
        portal().disconnect(sessid, reason);
    }

    /** Where a session's client is. */
    public String address(long sessid) {
        return addresses.getOrDefault(sessid, "unknown");
    }

    /** Where the game speaks. */
    public PortalSide portal() {
        PortalSide there = portal;
        if (there == null) {
            throw new IllegalStateException("the game has not been started");
        }
        return there;
    }

    /** Does something with each line that is typed, on the thread that brings it. */
    public void onLine(Consumer<String> does) {
        onLine = does;
    }

    /**
     * Does something with each session that connects or is resumed, on the thread that brings it.
     */
    public void onConnected(LongConsumer does) {
        onConnected = does;
    }

    /** The same with each that is resumed. */
    public void onResumed(LongConsumer does) {
        onResumed = does;
    }

    /** Takes commands without ever being done with one. */
    public void neverConsumes() {
        consumes = false;
    }

    // What the portal tells.

    @Override
    public void start(PortalSide side, List<SessionSync> sessions) {
        portal = side;
    }

    @Override
    public void stop() {}

    @Override
    public void reload(Supplier<List<SessionSync>> sessions) {
        PortalSide told = portal;
        if (told != null) {
            told.reloaded(awayNanos);
        }
    }

    @Override
    public boolean isInProcess() {
        return true;
    }

    @Override
    public State state() {
        return awayNanos == 0 ? State.UP : State.AWAY;
    }

    @Override
    public long awayNanos() {
        return awayNanos;
    }

    /** It is away for so long, and takes note only. */
    public void away(long nanos) {
        awayNanos = nanos;
    }

    @Override
    public void connected(SessionSync session) {
        addresses.put(session.sessid(), session.origin().address());
        Claim claim = session.origin().claim();
        String key = session.origin().csessid();
        tell(
                session.sessid()
                        + " connected"
                        + (claim == null ? "" : " " + claim)
                        + (key == null ? "" : " " + key + " of " + session.login().uid()));
        onConnected.accept(session.sessid());
    }

    @Override
    public void resumed(SessionSync session) {
        addresses.put(session.sessid(), session.origin().address());
        String account = session.loggedIn() ? " as " + session.login().uname() : "";
        tell(session.sessid() + " resumed" + account);
        onResumed.accept(session.sessid());
    }

    @Override
    public void arrived(SessionSync session) {
        addresses.put(session.sessid(), session.origin().address());
        tell(session.sessid() + " arrived as " + session.login().uname());
    }

    @Override
    public void factsChanged(long sessid, ClientFacts facts) {
        String shown = sessid + " facts " + facts;
        if (!shown.equals(lastFacts.put(sessid, shown)) && !facts.all().isEmpty()) {
            tell(shown);
        }
    }

    @Override
    public void settled(long sessid) {
        tell(sessid + " settled");
    }

    @Override
    public void dataIn(long sessid, List<CommandTuple> commands) {
        for (CommandTuple command : commands) {
            tell(sessid + " " + words(command));
            if (command.is(CommandTuple.TEXT)) {
                onLine.accept(String.valueOf(command.argument(0)));
            }
        }
        if (consumes) {
            portal().consumed(sessid, commands.size());
        }
    }

    @Override
    public void disconnected(long sessid, String reason) {
        tell(sessid + " disconnected: " + reason);
    }

    @Override
    public void writable(long sessid, boolean writable) {
        tell(sessid + (writable ? " writable" : " unwritable"));
    }

    private synchronized void tell(String line) {
        told.add(line);
    }

    private int until(String... expected) {
        return seen + expected.length;
    }

    private static String words(CommandTuple command) {
        return command.name().equals(CommandTuple.TEXT) && command.kwargs().isEmpty()
                ? "text " + command.argument(0)
                : command.name() + " " + command.args() + " " + command.kwargs();
    }
}
