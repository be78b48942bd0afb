package lychgate.link;

import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The commands of one session on their way to a game that may go and come back: in order, and none
 * is lost. Not thread safe.
 *
 * <pre>
 *          hold              send             answered
 *     ───────────► held ───────────► sent ───────────────►
 *                   ▲                  │
 *                   └──────────────────┘
 *               lost: before all that came since
 * </pre>
 *
 * <p>How many there can be is bounded by whoever hands them over: a client whose commands are not
 * answered is not read.
 */
public final class HeldCommands {
    private final Deque<CommandTuple> held = new ArrayDeque<>();
    private final Deque<Sent> sent = new ArrayDeque<>();

    /** A command that the game has been sent and has not answered. Two are told by identity. */
    public static final class Sent {
        private final CommandTuple command;

        private Sent(CommandTuple command) {
            this.command = command;
        }

        /** What is to be sent. */
        public CommandTuple command() {
            return command;
        }
    }

    /** Holds commands, behind those that are held already. */
    public void hold(List<CommandTuple> commands) {
        held.addAll(commands);
    }

    /** Whether there is none, held or sent. */
    public boolean allAnswered() {
        return held.isEmpty() && sent.isEmpty();
    }

    /** Whether none is held. */
    public boolean isEmpty() {
        return held.isEmpty();
    }

    /** How many there are, held or sent. */
    public int size() {
        return held.size() + sent.size();
    }

    /** The next that is to be sent to the game, now; null: none is held. */
    public @Nullable Sent send() {
        CommandTuple next = held.poll();
        if (next == null) {
            return null;
        }
        Sent sending = new Sent(next);
        sent.add(sending);
        return sending;
    }

    /**
     * The game has answered.
     *
     * @return false if it was not waited for any more: the command has been held again
     */
    public boolean answered(Sent command) {
        return sent.remove(command);
    }

    /**
     * The game has answered the oldest commands that it was sent.
     *
     * @return how many of them were waited for
     */
    public int answered(long count) {
        int answered = 0;
        while (answered < count && sent.poll() != null) {
            answered++;
        }
        return answered;
    }

    /**
     * The game is gone, and who comes next is not to do what was meant for it: all is dropped.
     *
     * @return how many commands that are
     */
    public int drop() {
        int dropped = size();
        sent.clear();
        held.clear();
        return dropped;
    }

    /**
     * The game is gone: what it has not answered is held again.
     *
     * @return how many commands that are
     */
    public int lost() {
        int again = sent.size();
        while (!sent.isEmpty()) {
            held.addFirst(sent.removeLast().command);
        }
        return again;
    }
}
