package lychgate.transport.nats;

import lychgate.bus.ToPortal;
import lychgate.session.CommandTuple;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest output for a portal, as long as the game sends the same to one session after the
 * other: a text for many of its sessions travels once. Not thread safe.
 */
final class PendingOutput {
    /** Sessions in one message: their numbers fit into a frame beside a page of text. */
    static final int MAX_SESSIONS = 16_384;

    private final List<Long> sessids = new ArrayList<>();
    private List<CommandTuple> commands = List.of();

    /** Adds output for a session; what was pending before, if this is something else. */
    ToPortal.@Nullable Output add(long sessid, List<CommandTuple> output) {
        ToPortal.Output before = null;
        if (sessids.size() == MAX_SESSIONS || !commands.equals(output)) {
            before = take();
        }
        if (sessids.isEmpty()) {
            commands = output;
        }
        sessids.add(sessid);
        return before;
    }

    /** Takes what is pending; null if nothing is. */
    ToPortal.@Nullable Output take() {
        if (sessids.isEmpty()) {
            return null;
        }
        ToPortal.Output output = new ToPortal.Output(sessids, commands);
        clear();
        return output;
    }

    /** Drops what is pending. */
    void clear() {
        sessids.clear();
        commands = List.of();
    }
}
