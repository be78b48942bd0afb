package lychgate.transport.web.session;

import lychgate.plugin.Admission;
import lychgate.plugin.Scheduler;
import lychgate.session.CommandTuple;
import lychgate.session.Meters.Return;
import lychgate.transport.Conversation;
import lychgate.transport.web.format.SessionMessage;
import lychgate.transport.web.resume.ResumeToken;
import lychgate.transport.web.resume.Ring;
import lychgate.transport.web.resume.TokenKeeper;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A session that outlives its connection. While the client is away, its outputs are kept; when it
 * comes back within the window, it is shown what it has missed.
 *
 * <pre>
 *            connection lost, given up                    window over, kick, limit
 *   HERE ──────────────────────────────► AWAY ────────────────────────────────────► over
 *    ▲ │ another connection with           │
 *    │ │ the token: 4001 to the first      │ the token
 *    └─┴───────────────────────────────────┘
 * </pre>
 *
 * <p>Everything happens on the mailbox of the conversation, except {@link #claim}.
 */
final class Resumable {
    private final Resumables all;
    private final Conversation conversation;
    private final FormatDialect dialect;
    private final TokenKeeper tokens = new TokenKeeper();
    private final Ring<Shown> ring = new Ring<>();
    private Admission.Place place;
    private @Nullable WebWire wire; // null: the client is away
    private Scheduler.Cancellable end = () -> {};
    private int absences;
    private long taken; // the highest number of an input
    private int counted; // bytes of the ring, as reported

    /**
     * @param wire the connection over which the client asks for it
     */
    Resumable(Resumables all, Conversation conversation, FormatDialect dialect, WebWire wire) {
        this.all = all;
        this.conversation = conversation;
        this.dialect = dialect;
        this.wire = wire;
        this.place = wire.seat().takeOver();
    }

    /** Tells the client how it can come back. */
    void begin() {
        all.add(this);
        dialect.tell(credentials(tokens.first()));
    }

    String id() {
        return tokens.id();
    }

    /** Whether the client is connected. */
    boolean isHere() {
        return wire != null;
    }

    // From the client.

    /** Whether an input is new; it is not if it was sent again though it had arrived. */
    boolean isNew(long number) {
        tokens.confirmed();
        if (number <= taken) {
            return false;
        }
        taken = number;
        return true;
    }

    /** The highest number of an input. */
    long taken() {
        return taken;
    }

    void acknowledged(long shown) {
        tokens.confirmed();
        ring.acknowledged(shown);
        count();
    }

    // To the client.

    /** Keeps an output until the client has acknowledged it; returns its number. */
    long keep(Shown output) {
        long number = ring.add(output, output.weight());
        count();
        return number;
    }

    private void count() {
        int bytes = ring.bytes();
        conversation.meters().resumeBytes(bytes - counted);
        conversation.retainedOutput(bytes);
        counted = bytes;
    }

    // Connections.

    /** The connection is lost, or must be given up: the session waits for its client. */
    void lost(WebWire lost) {
        if (!lost.equals(wire)) {
            return; // another one has taken its place
        }
        wire = null;
        ring.lost(conversation.detach(dialect));
        all.app().sessions().away(conversation);
        int absence = ++absences;
        try {
            end = all.app().scheduler().after(all.window(), () -> expire(absence));
        } catch (RejectedExecutionException e) {
            conversation.closed(); // the portal has stopped
        }
    }

    /** The connection takes no output. */
    void givenUp() {
        WebWire stuck = wire;
        if (stuck == null) {
            ring.lost(
                    conversation.detach(dialect)); // what was handed over before is still too much
        } else {
            lost(stuck);
            stuck.letGo(CloseCodes.LIMIT);
            stuck.close();
        }
    }

    private void expire(int absence) {
        conversation.runUnlessOver(
                () -> {
                    if (!isHere() && absence == absences) {
                        conversation.meters().returned(Return.NEVER);
                        conversation.closed("did not come back");
                    }
                });
    }

    /**
     * A client presents a token: if it is good, the client's connection is moved to this session.
     * Called on any thread.
     */
    void claim(ResumeToken token, long shown, Claimant claimant) {
        conversation
                .mailbox()
                .run(
                        () -> {
                            if (isOwn(token, shown)) {
                                claimant.yields(
                                        dialect,
                                        from ->
                                                conversation
                                                        .mailbox()
                                                        .run(() -> comesBack(from, token, shown)));
                            } else {
                                claimant.isTooLate();
                            }
                        });
    }

    private boolean isOwn(ResumeToken token, long shown) {
        return !conversation.isOver() && shown <= ring.last() && tokens.accepts(token);
    }

    private void comesBack(WebWire from, ResumeToken token, long shown) {
        if (!isOwn(token, shown)) {
            from.letGo(CloseCodes.TOO_LATE);
            return;
        }
        if (from.isGone()) {
            return;
        }
        WebWire before = wire;
        ring.lost(conversation.detach(dialect));
        if (before != null) {
            before.letGo(CloseCodes.CONTINUED_ELSEWHERE);
        }
        end.cancel();
        place.giveBack();
        place = from.seat().takeOver();
        place.cameBack();
        wire = from;
        dialect.readOnceDone();
        conversation.attach(from, dialect);
        all.app().sessions().back(conversation, from.transport(), from.address());
        showMissed(shown, token);
    }

    private void showMissed(long shown, ResumeToken presented) {
        Ring.Missed<Shown> missed = ring.after(shown);
        conversation.meters().returned(missed.gap() == 0 ? Return.WHOLE : Return.WITH_GAP);
        dialect.tell(
                credentials(tokens.next(presented))
                        .kwarg("resumed", true)
                        .kwarg("gap", missed.gap())
                        .kwarg("cseq", taken)
                        .kwarg("hidden", dialect.isHidden()));
        missed.outputs().forEach(each -> dialect.show(each.number(), each.value()));
    }

    private CommandTuple credentials(ResumeToken token) {
        return CommandTuple.of(SessionMessage.NAME)
                .kwarg("id", id())
                .kwarg("token", token.text())
                .kwarg("epoch", all.epoch())
                .kwarg("window", all.window().toSeconds());
    }

    /** The session is over. */
    void ended() {
        all.remove(this);
        end.cancel();
        place.giveBack();
        conversation.meters().resumeBytes(-counted);
        counted = 0;
    }

    /** A connection whose client says that it has come back. */
    interface Claimant {
        /**
         * The claim is good: the connection is to carry that session.
         *
         * @param then told once it does
         */
        void yields(FormatDialect to, Consumer<WebWire> then);

        /** The claim is not good: the connection begins a session of its own. */
        void isTooLate();
    }
}
