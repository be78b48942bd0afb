package lychgate.transport.web.session;

import lychgate.session.Meters.Return;
import lychgate.transport.Conversation;
import lychgate.transport.web.format.SessionMessage;
import lychgate.transport.web.resume.ResumeToken;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The beginning of a session: it is opened with its client's first message, or after a moment
 * without one; unless the client comes back to a session that it had, which then goes on over this
 * connection. For the mailbox, except as a {@link Resumable.Claimant}.
 */
final class Reception implements Resumable.Claimant {
    /**
     * Timeout for the first message of a client. One on a slow line that comes back later than that
     * is welcome all the same, only the game has heard of a session more.
     */
    static final Duration FIRST_MESSAGE = Duration.ofMillis(250);

    private final Conversation conversation;
    private final FormatDialect dialect;
    private final Resumables resumables;
    private final WebWire wire;
    private boolean opened;
    private Said said = Said.NOTHING;

    /** What the client has said so far. */
    private enum Said {
        NOTHING,
        /** A token, which is being checked: what else it says has to wait. */
        TOKEN,
        SOMETHING
    }

    Reception(
            Conversation conversation, FormatDialect dialect, Resumables resumables, WebWire wire) {
        this.conversation = conversation;
        this.dialect = dialect;
        this.resumables = resumables;
        this.wire = wire;
    }

    /** The connection is open. */
    void begin(boolean mayComeBack) {
        if (mayComeBack && resumables.areOn()) {
            conversation.later(FIRST_MESSAGE, this::openUnlessDeciding);
        } else {
            open();
        }
    }

    /** The client has said something that is for its session. */
    void hear() {
        said = Said.SOMETHING;
        open();
    }

    private void openUnlessDeciding() {
        if (said != Said.TOKEN) {
            open();
        }
    }

    private void open() {
        if (!opened) {
            opened = true;
            conversation.open();
            conversation.settled();
        }
    }

    /** Whether it is not decided yet which session the client has. */
    boolean isDeciding() {
        return said == Said.TOKEN;
    }

    /** The client wants a session back that it had: only its first message can say so. */
    void comesBack(SessionMessage.Returns claim) {
        if (said != Said.NOTHING) {
            conversation.meters().malformed("session");
            return;
        }
        said = Said.TOKEN;
        ResumeToken token = ResumeToken.parse(claim.token());
        Resumable session = token == null ? null : resumables.find(token, claim.epoch());
        if (token == null || session == null) {
            tooLate();
        } else {
            session.claim(token, claim.shown(), this);
        }
    }

    @Override
    public void yields(FormatDialect to, Consumer<WebWire> then) {
        conversation.runUnlessOver(
                () -> {
                    wire.carries(to);
                    conversation.detach();
                    conversation.closed("came back");
                    then.accept(wire);
                    dialect.closed();
                });
    }

    @Override
    public void isTooLate() {
        conversation.runUnlessOver(this::tooLate);
    }

    private void tooLate() {
        conversation.meters().returned(Return.TOO_LATE);
        dialect.beginsAnew();
        hear();
        dialect.processInput();
    }
}
