package lychgate.transport;

import lychgate.plugin.PortalSessionHandler;
import lychgate.transport.Reading.Pause;

/** Reacts to the state of a conversation's send queue. */
final class QueueEvents implements SendQueue.Events {
    private final Conversation conversation;
    private final PortalSessionHandler sessions;

    QueueEvents(Conversation conversation, PortalSessionHandler sessions) {
        this.conversation = conversation;
        this.sessions = sessions;
    }

    @Override
    public void writable(boolean writable) {
        if (writable) { // what the client sent meanwhile comes after this
            sessions.writable(conversation, true);
            conversation.pause(Pause.BEHIND, false);
        } else {
            conversation.pause(Pause.BEHIND, true);
            sessions.writable(conversation, false);
        }
    }

    @Override
    public void overflowed(String limit) {
        conversation.mailbox().run(() -> conversation.cut(limit));
    }

    @Override
    public void drained() {
        conversation.endOutput();
    }
}
