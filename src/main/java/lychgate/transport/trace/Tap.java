package lychgate.transport.trace;

import lychgate.session.CommandTuple;
import lychgate.session.OutputOption;
import lychgate.session.OutputOptions;
import lychgate.session.Trace.Event;
import lychgate.session.Trace.Follower;
import lychgate.session.Trace.Kind;
import lychgate.session.Values;
import lychgate.transport.trace.TypedText.Seen;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Records what one session's wire carries: keeps the newest and hands it to whoever follows. What
 * must not be seen is taken out first.
 *
 * <p>Whether what is typed is a password is known only once the game has dealt with everything
 * typed before, since it may ask for one. What is typed ahead waits for that, and all events behind
 * it, so that the order stays.
 *
 * <p>For the session's mailbox, except {@link #hasWaiting}.
 */
public final class Tap {
    /**
     * Most events, and most bytes of them, that wait for the game; then what was typed is masked.
     */
    static final int MAX_WAITING = 64;

    static final int MAX_WAITING_BYTES = 8 << 10;

    /**
     * Bytes of an event that are looked at while nobody follows: what is kept, and words masked.
     */
    static final int HEAD = 1024;

    private final LongSupplier nanoTime;
    private final BooleanSupplier settled;
    private final EventRing ring;
    private final TypedText typed = new TypedText();
    private final Secrets secrets = new Secrets();
    private List<Follower> followers = List.of();
    private volatile @Nullable Deque<Draft> waiting; // null: none
    private int waitingBytes;
    private boolean loggedIn;
    private boolean hidden; // what is typed is not shown: the game has asked for a password
    private boolean echoes; // what is typed is sent back
    private boolean dealing;
    private boolean closed;

    /**
     * An event that waits.
     *
     * @param typed whether it was typed, or edits what was
     * @param masked shown instead of the payload if the game has asked for a password; null: if it
     *     was typed, all of it is masked
     */
    private record Draft(
            long nanoTime,
            boolean fromClient,
            Kind kind,
            byte[] payload,
            byte @Nullable [] masked,
            int left,
            boolean typed,
            Seen seen) {

        Draft unseen() {
            byte[] shown = masked == null ? payload : masked;
            int rest = masked == null ? left : 0;
            return new Draft(nanoTime, fromClient, kind, shown, null, rest, typed, Seen.NOTHING);
        }
    }

    /**
     * @param nanoTime a monotonic clock
     * @param settled whether the game has dealt with all input, and its output has come here
     */
    public Tap(LongSupplier nanoTime, TraceMemory memory, BooleanSupplier settled) {
        this.nanoTime = nanoTime;
        this.settled = settled;
        this.ring = new EventRing(memory, nanoTime.getAsLong());
    }

    // What decides what may be seen.

    /** An account has logged in: from now on, lines may be seen. */
    public void loggedIn() {
        loggedIn = true;
    }

    /** Sets whether what is typed is sent back, so that output holds it. */
    public void echoes(boolean on) {
        echoes = on;
    }

    /**
     * Commands of the game are about to be shown.
     *
     * @param alone whether their dialect does not record what it sends
     */
    public void handedOut(List<CommandTuple> commands, boolean alone) {
        for (CommandTuple command : commands) {
            if (!command.kwargs().isEmpty()) {
                noteHiding(
                        OutputOptions.of(command.kwargs().get(CommandTuple.OPTIONS))
                                .get(OutputOption.ECHO));
            }
        }
        if (alone || isMuted()) {
            for (CommandTuple command : commands) {
                said(command);
            }
        }
    }

    private void said(CommandTuple command) {
        StringBuilder words = new StringBuilder(command.name());
        command.args().forEach(argument -> words.append(' ').append(Values.text(argument)));
        add(false, Kind.MESSAGE, utf8(words.toString()));
    }

    private void noteHiding(@Nullable Boolean echo) {
        if (echo == null) {
            return;
        }
        hidden = !echo;
        Deque<Draft> drafts = waiting;
        if (drafts != null && hidden) { // any of them may be the password
            Deque<Draft> masked = new ArrayDeque<>();
            drafts.forEach(draft -> masked.add(draft.fromClient ? draft.unseen() : draft));
            waiting = masked;
        }
    }

    // What happens on the wire.

    /** Something happened, in words. */
    public void note(boolean fromClient, String words) {
        add(fromClient, Kind.NOTE, utf8(words));
    }

    /** Something that holds nothing that a player typed. */
    public void wire(boolean fromClient, Kind kind, byte... payload) {
        add(fromClient, kind, payload);
    }

    /**
     * A message that is not in-band was sent.
     *
     * @param left how many bytes more it had than {@link #wanted}
     */
    public void sent(byte[] message, int left) {
        add(false, Kind.MESSAGE, message, left);
    }

    /** Text was typed, in any portions. {@link #dealt} must follow. */
    public void typed(byte[] text) {
        settle();
        dealing = true;
        if (waiting == null && (hidden || settled.getAsBoolean())) {
            int end = firstLine(text);
            add(typedDraft(end == text.length ? text : Arrays.copyOf(text, end)));
            if (end < text.length) {
                await(typedDraft(Arrays.copyOfRange(text, end, text.length)));
            }
        } else {
            await(typedDraft(text));
        }
    }

    /** A line was entered. {@link #dealt} must follow. */
    public void entered(String line) {
        typed(utf8(line + "\n"));
    }

    /** A command of the protocol edited the line that is being typed. */
    public void edited(byte command) {
        settle();
        byte[] payload = {command};
        long when = nanoTime.getAsLong();
        Draft draft = new Draft(when, true, Kind.COMMAND, payload, null, 0, true, Seen.LINES);
        if (waiting == null) {
            add(draft);
        } else {
            await(draft);
        }
    }

    /**
     * The client sent an out-of-band command. {@link #dealt} must follow.
     *
     * @param name in any notation
     * @param payload the event, if the command may be seen
     * @param masked the event, if it may not
     */
    public void commanded(String name, Kind kind, Supplier<byte[]> payload, byte[] masked) {
        settle();
        dealing = true;
        boolean opening = Names.isOpening(name);
        boolean seen = !Names.isSecret(name) && (opening || (loggedIn && !hidden));
        byte[] shown = seen ? payload.get() : masked;
        byte[] head = head(shown);
        Draft draft =
                new Draft(
                        nanoTime.getAsLong(),
                        true,
                        kind,
                        head,
                        opening ? null : masked,
                        shown.length - head.length,
                        false,
                        Seen.LINES);
        if (waiting == null && (!seen || opening || settled.getAsBoolean())) {
            add(draft);
        } else {
            await(draft);
        }
    }

    /** The client sent an out-of-band command in no notation of its own. */
    public void commanded(CommandTuple command) {
        commanded(
                command.name(),
                Kind.MESSAGE,
                () -> utf8(command.toString()),
                utf8(command.name() + " ***"));
    }

    /** What was typed or commanded last has been passed to the game. */
    public void dealt() {
        dealing = false;
    }

    /** In-band output was sent. */
    public void shown(byte[] text) {
        shown(text, 0);
    }

    /**
     * In-band output was sent.
     *
     * @param left how many bytes more it had than {@link #wanted}
     */
    public void shown(byte[] text, int left) {
        if (!isMuted()) {
            add(false, Kind.DATA, text, left);
        }
    }

    /** How many bytes of an output are looked at. */
    public int wanted() {
        return followers.isEmpty()
                ? HEAD
                : waiting == null ? Integer.MAX_VALUE : MAX_WAITING_BYTES / 2;
    }

    private byte[] head(byte[] payload) {
        int wanted = wanted();
        return payload.length <= wanted ? payload : Arrays.copyOf(payload, wanted);
    }

    /** The session is closed. */
    public void closed(String why) {
        note(false, why.isEmpty() ? "closed" : "closed: " + why);
        release(true);
        closed = true;
        ring.clear();
        List<Follower> all = followers;
        followers = List.of();
        all.forEach(Follower::ended);
    }

    // Who looks at it.

    /** See {@link lychgate.session.Trace#follow}. */
    public void follow(Follower follower, boolean live) {
        settle();
        ring.forEach(follower::happened);
        if (live && !closed) {
            List<Follower> more = new ArrayList<>(followers);
            more.add(follower);
            followers = List.copyOf(more);
        } else {
            follower.ended();
        }
    }

    /** See {@link lychgate.session.Trace#leave}. */
    public void leave(Follower follower) {
        followers = followers.stream().filter(each -> !each.equals(follower)).toList();
    }

    /** Whether events wait, so that {@link #settle} is to be called. Any thread may call. */
    public boolean hasWaiting() {
        return waiting != null;
    }

    /** Records the events that wait, if the game has dealt with everything. */
    public void settle() {
        if (waiting != null && !dealing && settled.getAsBoolean()) {
            release(false);
        }
    }

    private void release(boolean unseen) {
        Deque<Draft> drafts = waiting;
        waiting = null;
        waitingBytes = 0;
        if (drafts != null) {
            drafts.forEach(draft -> add(unseen && draft.fromClient ? draft.unseen() : draft));
        }
    }

    /** Whether output may hold, letter by letter, what was typed and must not be seen. */
    private boolean isMuted() {
        return echoes && (hidden || !loggedIn || waiting != null || typed.hasMasked());
    }

    private Draft typedDraft(byte[] text) {
        Seen seen = hidden ? Seen.NOTHING : loggedIn ? Seen.LINES : Seen.FIRST_WORDS;
        return new Draft(nanoTime.getAsLong(), true, Kind.DATA, text, null, 0, true, seen);
    }

    private void add(boolean fromClient, Kind kind, byte[] payload) {
        add(fromClient, kind, payload, 0);
    }

    private void add(boolean fromClient, Kind kind, byte[] payload, int left) {
        byte[] head = head(payload);
        int rest = left + payload.length - head.length;
        long now = nanoTime.getAsLong();
        if (waiting == null) {
            record(now, fromClient, kind, head, rest);
        } else {
            await(new Draft(now, fromClient, kind, head, null, rest, false, Seen.LINES));
        }
    }

    private void await(Draft draft) {
        Deque<Draft> drafts = waiting;
        if (drafts == null) {
            drafts = new ArrayDeque<>();
            waiting = drafts;
        }
        drafts.add(draft);
        waitingBytes += draft.payload.length;
        if (drafts.size() > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES) {
            release(true);
        }
    }

    private void add(Draft draft) {
        byte[] payload = draft.payload;
        if (draft.kind == Kind.COMMAND && draft.typed) {
            typed.edited();
        } else if (draft.typed) {
            boolean seenWhole = draft.seen == Seen.LINES && !typed.hasMasked();
            payload = typed.mask(payload, draft.seen, secrets);
            if (payload.length == 0) {
                return; // more of what has its stars already
            }
            if (seenWhole && !typed.hasMasked() && endsLine(payload)) {
                secrets.forget();
            }
        }
        record(draft.nanoTime, draft.fromClient, draft.kind, payload, draft.left);
    }

    private void record(long when, boolean fromClient, Kind kind, byte[] payload, int left) {
        if (closed) {
            return;
        }
        byte[] safe = fromClient ? payload : secrets.mask(payload, left > 0);
        ring.add(when, fromClient, kind, safe, left);
        if (!followers.isEmpty()) {
            Event event = new Event(when, fromClient, kind, safe, left);
            followers.forEach(follower -> follower.happened(event));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean endsLine(byte[] text) {
        byte last = text[text.length - 1];
        return last == '\n' || last == '\r';
    }

    /** The length of the first line with its end, or of all if it does not end. */
    private static int firstLine(byte[] text) {
        int at = 0;
        while (at < text.length && text[at] != '\r' && text[at] != '\n') {
            at++;
        }
        while (at < text.length && (text[at] == '\r' || text[at] == '\n' || text[at] == 0)) {
            at++;
        }
        return at;
    }
}
